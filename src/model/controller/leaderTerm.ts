import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { EventId } from '../trace.ts';
import { MetadataBatch, type MetadataRecords, NO_RECORDS } from './metadataBatch.ts';
import type { Quorum } from './quorum.ts';
import type { Voter } from './voter.ts';

/** A voter's or leader's append and fsync of a metadata batch; an estimate for an SSD. */
const FSYNC_US = 2_000;
const FETCH_BYTES = 120;
const BYTES_PER_BATCH = 200;

/**
 * What a raft leader keeps while it leads: who has fetched how far, what is committed, what lingers.
 *
 * Followers pull. A fetch that finds nothing new is parked without costing an event; an append answers it. A follower's
 * next fetch, sent after its fsync, tells how far it is, and the high watermark is what a majority has.
 *
 * Source: `LeaderState`, `KafkaRaftClient`, `BatchAccumulator`.
 */
export class LeaderTerm {
  readonly epoch: number;
  readonly leader: Voter;
  isActive = false;
  isOver = false;
  readonly #quorum: Quorum;
  readonly #startLength: number;
  /** Batches each voter has on disk, by slot. */
  readonly #acknowledged: number[];
  readonly #isParked: boolean[];
  /** Voters that were told of this term over the present way to them. */
  readonly #isAnnounced: boolean[];
  #lingering: MetadataBatch[] = [];
  #lingerTimer: TimerHandle = NO_TIMER;
  #nextOffset: number;
  #quorumTimer: TimerHandle = NO_TIMER;
  #quorumDeadlineUs = -1;

  constructor(quorum: Quorum, leader: Voter) {
    this.#quorum = quorum;
    this.leader = leader;
    this.epoch = leader.epoch;
    this.#startLength = leader.log.length;
    this.#acknowledged = quorum.voters.map(() => 0);
    this.#isParked = quorum.voters.map(() => false);
    this.#isAnnounced = quorum.voters.map(() => false);
    this.#nextOffset = leader.endOffset + 1;
  }

  /** A cluster that has been running for long: everything committed, everybody parked. */
  bootstrap(batch: MetadataBatch): void {
    this.isActive = true;
    this.#nextOffset = batch.lastOffset + 1;
    for (const voter of this.#quorum.voters) {
      this.#acknowledged[voter.slot] = voter.log.length;
      this.#isParked[voter.slot] = true;
      this.#isAnnounced[voter.slot] = true;
    }
  }

  begin(): void {
    this.#append(NO_RECORDS, this.leader.cause, null);
    this.#drain();
    this.refresh();
  }

  /** Offset of the next record appended. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Appends a controller event's records; they are written `controller.quorum.append.linger.ms` after the first that waits. */
  append(records: MetadataRecords, cause: EventId, onCommitted: (() => void) | null): MetadataBatch {
    const batch = this.#append(records, cause, onCommitted);
    if (this.#lingerTimer === NO_TIMER) {
      const { kernel, settings } = this.#quorum;
      this.#lingerTimer = kernel.atControl(kernel.nowUs + settings.appendLingerUs, () => {
        this.leader.process.run(() => this.#drain());
      });
    }
    return batch;
  }

  #append(records: MetadataRecords, cause: EventId, onCommitted: (() => void) | null): MetadataBatch {
    const batch = new MetadataBatch(this.epoch, this.#nextOffset, records, cause, onCommitted);
    this.#nextOffset = batch.lastOffset + 1;
    this.#lingering.push(batch);
    return batch;
  }

  #drain(): void {
    this.#lingerTimer = NO_TIMER;
    if (this.isOver) return;
    const { log } = this.leader;
    log.push(...this.#lingering);
    this.#lingering = [];
    const written = log.length;
    this.#quorum.afterFsync(this.leader, FSYNC_US, () => {
      if (this.isOver) return;
      this.#acknowledged[this.leader.slot] = written;
      this.#advance();
    });
    for (const voter of this.#quorum.voters) if (this.#isParked[voter.slot]) this.#answer(voter);
    this.#quorum.listener.onAppended();
  }

  // ── followers' fetches ────────────────────────────────────────────────────────────────────────

  onFetch(follower: Voter, epoch: number, length: number): void {
    if (this.isOver || epoch !== this.epoch) return;
    const { log } = this.leader;
    const matching = matchingLength(log, follower.log, length);
    this.#acknowledged[follower.slot] = matching;
    this.#isParked[follower.slot] = true;
    if (matching < log.length || length > matching) this.#answer(follower);
    else this.#quorum.send(this.leader, follower, FETCH_BYTES, () => this.#quorum.onFetched(follower, this.epoch));
    this.#advance();
  }

  /** Completes a parked fetch; the follower writes, and fetches again from where it then is. */
  #answer(follower: Voter): void {
    this.#isParked[follower.slot] = false;
    const from = this.#acknowledged[follower.slot]!;
    const batches = this.leader.log.slice(from);
    this.#quorum.send(this.leader, follower, FETCH_BYTES + BYTES_PER_BATCH * batches.length, () => {
      if (follower.state !== 'Follower' || follower.epoch !== this.epoch) return;
      if (follower.log.length < from) return;
      follower.log.length = from;
      follower.log.push(...batches);
      this.#quorum.onFetched(follower, this.epoch);
      this.#quorum.afterFsync(follower, FSYNC_US, () => this.#quorum.fetch(follower));
    });
  }

  /** The high watermark: what a majority holds, once it includes a batch of this epoch. */
  #advance(): void {
    const sorted = [...this.#acknowledged].sort((a, b) => b - a);
    const length = sorted[this.#quorum.majority - 1]!;
    if (length <= this.#startLength && !this.isActive) return;
    this.#quorum.commitUpTo(this.leader, length);
    if (this.isOver || this.isActive) return;
    this.isActive = true;
    this.#quorum.listener.onActive(this);
  }

  // ── losing the quorum ─────────────────────────────────────────────────────────────────────────

  /** To be called when the way to any voter, or its state, changed. */
  refresh(): void {
    if (this.isOver) return;
    this.#announce();
    const { voters, majority, kernel, settings } = this.#quorum;
    const inContact = voters.filter((v) => v === this.leader || (v.isInContact && v.epoch === this.epoch));
    if (inContact.length >= majority) {
      kernel.cancel(this.#quorumTimer);
      this.#quorumDeadlineUs = -1;
    } else if (this.#quorumDeadlineUs < 0) {
      const ageUs = this.isActive ? this.leader.random.uniformInt(0, settings.fetchCadenceUs) : 0;
      // Check-quorum allows one and a half fetch time-outs.
      this.#quorumDeadlineUs = kernel.nowUs - ageUs + Math.round(1.5 * settings.fetchTimeoutUs);
      this.#quorumTimer = kernel.atControl(this.#quorumDeadlineUs, () => this.checkQuorum());
    }
  }

  /** Resigns when no majority has fetched for too long; a frozen leader finds out when it resumes. */
  checkQuorum(): void {
    const { kernel } = this.#quorum;
    if (this.isOver || this.#quorumDeadlineUs < 0 || kernel.nowUs < this.#quorumDeadlineUs) return;
    if (this.leader.isUp) this.#quorum.resign(this.leader);
  }

  /** BeginQuorumEpoch to voters that do not follow (yet): at once when elected, then each half fetch time-out. */
  #announce(): void {
    const { kernel, settings, voters } = this.#quorum;
    for (const voter of voters) {
      if (voter === this.leader) continue;
      if (!this.#quorum.isConnected(this.leader, voter)) {
        this.#isAnnounced[voter.slot] = false;
        continue;
      }
      if (this.#isAnnounced[voter.slot]) continue;
      this.#isAnnounced[voter.slot] = true;
      const delayUs = this.isActive ? this.leader.random.uniformInt(0, Math.round(settings.fetchTimeoutUs / 2)) : 0;
      kernel.atControl(kernel.nowUs + delayUs, () => {
        if (!this.isOver && this.leader.isUp) this.#quorum.sendBeginQuorumEpoch(this.leader, voter);
      });
    }
  }

  /** The other voters, furthest first, as EndQuorumEpoch lists them. */
  successors(): Voter[] {
    return this.#quorum.voters
      .filter((voter) => voter !== this.leader)
      .sort((a, b) => this.#acknowledged[b.slot]! - this.#acknowledged[a.slot]! || a.slot - b.slot);
  }

  /** Deposed, resigned or dead. What did not commit gets no answer from here. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    const { kernel, committedCount } = this.#quorum;
    kernel.cancel(this.#lingerTimer);
    kernel.cancel(this.#quorumTimer);
    for (const batch of this.leader.log.slice(committedCount)) batch.onCommitted = null;
    this.leader.term = null;
    this.#quorum.listener.onTermEnded(this);
  }
}

/** Both logs are equal below it. Equal batches at one index have equal predecessors (the log matching property). */
function matchingLength(
  leaderLog: readonly MetadataBatch[],
  followerLog: readonly MetadataBatch[],
  length: number,
): number {
  let matching = Math.min(length, leaderLog.length, followerLog.length);
  while (matching > 0 && leaderLog[matching - 1] !== followerLog[matching - 1]) matching--;
  return matching;
}
