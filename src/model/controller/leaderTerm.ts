import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { EventId } from '../trace.ts';
import { MetadataBatch, type MetadataRecords, NO_RECORDS } from './metadataBatch.ts';
import type { Quorum } from './quorum.ts';
import type { Voter } from './voter.ts';

/**
 * One leader's epoch, as the controller on top sees it: what it appends lingers, is written, and commits.
 *
 * Source: `KafkaRaftClient.prepareAppend`, `BatchAccumulator`.
 */
export class LeaderTerm {
  readonly epoch: number;
  readonly leader: Voter;
  /** Its first record committed. */
  isActive = false;
  isOver = false;
  readonly #quorum: Quorum;
  #lingering: MetadataBatch[] = [];
  #lingerTimer: TimerHandle = NO_TIMER;
  #nextOffset: number;

  /** @param nextOffset behind the LeaderChange record */
  constructor(quorum: Quorum, leader: Voter, nextOffset: number) {
    this.#quorum = quorum;
    this.leader = leader;
    this.epoch = leader.node.epoch;
    this.#nextOffset = nextOffset;
  }

  /** The batch that stands for the LeaderChange record. */
  leaderChange(): MetadataBatch {
    return new MetadataBatch(this.epoch, this.#nextOffset - 1, NO_RECORDS, this.leader.cause);
  }

  /** Offset of the next record appended. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Appends a controller event's records; they are written `controller.quorum.append.linger.ms` after the first that waits. */
  append(records: MetadataRecords, cause: EventId, onCommitted: (() => void) | null): MetadataBatch {
    const batch = new MetadataBatch(this.epoch, this.#nextOffset, records, cause, onCommitted);
    this.#nextOffset = batch.lastOffset + 1;
    this.#lingering.push(batch);
    if (this.#lingerTimer === NO_TIMER) {
      const { kernel, settings } = this.#quorum;
      this.#lingerTimer = kernel.atControl(kernel.nowUs + settings.appendLingerUs, () => {
        this.leader.process.run(() => this.#drain());
      });
    }
    return batch;
  }

  #drain(): void {
    this.#lingerTimer = NO_TIMER;
    if (this.isOver) return;
    for (const batch of this.#lingering) this.#quorum.batches.add(batch);
    const written = this.#lingering.at(-1)!.lastOffset + 1;
    this.#lingering = [];
    this.leader.node.leading!.append(written);
    this.#quorum.listener.onAppended();
  }

  /** Deposed, resigned or dead. What did not commit gets no answer from here. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#quorum.kernel.cancel(this.#lingerTimer);
    this.#quorum.batches.forgetAnswers(this.epoch);
    this.leader.term = null;
    this.#quorum.listener.onTermEnded(this);
  }
}
