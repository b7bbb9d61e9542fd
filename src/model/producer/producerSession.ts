import { compileMachine } from '../../machines/compileMachine.ts';
import type { Recorder } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { Lane, ProducerBatch } from './lane.ts';
import { type ProducerSessionEvent, producerSessionMachine } from './producerSessionMachine.ts';

const machine = compileMachine(producerSessionMachine);
const MAX_EPOCH = 32_767;
const MAX_SEQUENCE = 2_147_483_647;

/** What transactions go through all the time; only what leads out of it is told. */
const ROUTINE: ReadonlySet<string> = new Set([
  'READY',
  'IN_TRANSACTION',
  'COMMITTING_TRANSACTION',
  'ABORTING_TRANSACTION',
]);

/** Producer id, epoch, sequence numbers and state of one instance (TransactionManager). */
export class ProducerSession {
  readonly #recorder: Recorder;
  readonly #client: number;
  #state = machine.initial;
  /** The producer has a transactional.id: a gap in its sequence numbers ends the transaction, and the coordinator bumps its epoch. */
  onGap: (() => void) | null = null;
  producerId = -1;
  producerEpoch = -1;

  constructor(recorder: Recorder, client: number) {
    this.#recorder = recorder;
    this.#client = client;
  }

  get state(): string {
    return this.#state;
  }

  /** There is a producer id to send with. */
  get isReady(): boolean {
    return ROUTINE.has(this.#state) || this.#state === 'ABORTABLE_ERROR';
  }

  get isInitializing(): boolean {
    return this.#state === 'INITIALIZING';
  }

  step(event: ProducerSessionEvent['type'], atUs: number): void {
    const from = this.#state;
    this.#state = machine.step(from, event);
    if (from !== this.#state && !(ROUTINE.has(from) && ROUTINE.has(this.#state)))
      this.#recorder.event(atUs, NO_CAUSE, { type: 'producer.session', client: this.#client, from, to: this.#state });
  }

  adopt(producerId: number, producerEpoch: number, atUs: number): void {
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
    this.step('initProducerId.answered', atUs);
  }

  /** What the coordinator says the next transaction is written with (version 2). */
  renew(producerId: number, producerEpoch: number): void {
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
  }

  /** A batch is drained for the first time: it gets its sequence, which it keeps through retries. */
  assign(lane: Lane, batch: ProducerBatch): void {
    if (lane.producerEpoch !== this.producerEpoch && lane.sequenced.length === 0) this.#restart(lane);
    batch.producerId = this.producerId;
    batch.producerEpoch = lane.producerEpoch;
    batch.baseSequence = lane.nextSequence;
    lane.nextSequence = after(lane.nextSequence, batch.count);
    lane.sequenced.push(batch);
  }

  /** Whether the queue's head must wait (TransactionManager.shouldStopDrainBatchesForPartition). */
  mustWait(lane: Lane, head: ProducerBatch): boolean {
    if (head.baseSequence < 0) return lane.hasUnresolved;
    return lane.sequenced[0] !== head;
  }

  completed(lane: Lane, batch: ProducerBatch): void {
    lane.lastAckedSequence = Math.max(lane.lastAckedSequence, batch.baseSequence + batch.count - 1);
    lane.forgetSequence(batch);
  }

  /** Nothing of the lane is open any more: was there a gap? Then its numbers start again in a new epoch. */
  resolve(lane: Lane, atUs: number): void {
    if (!lane.hasUnresolved || lane.sequenced.length > 0) return;
    lane.hasUnresolved = false;
    if (lane.lastAckedSequence + 1 === lane.nextSequence) return;
    if (this.onGap === null) this.bumpEpoch(lane, atUs);
    else this.onGap();
  }

  /** KIP-360: the same id, the next epoch; the lane's open batches are numbered again from 0. */
  bumpEpoch(lane: Lane, atUs: number): void {
    if (this.producerEpoch >= MAX_EPOCH) {
      this.step('epoch.exhausted', atUs);
      return;
    }
    this.producerEpoch++;
    this.step('epoch.bumped', atUs);
    this.#restart(lane);
    for (const batch of lane.sequenced) {
      batch.producerEpoch = lane.producerEpoch;
      batch.baseSequence = lane.nextSequence;
      lane.nextSequence = after(lane.nextSequence, batch.count);
    }
  }

  /** The process ended: the next one has a session of its own. */
  reset(): void {
    this.producerId = -1;
    this.producerEpoch = -1;
    this.#state = machine.initial;
  }

  #restart(lane: Lane): void {
    lane.producerEpoch = this.producerEpoch;
    lane.nextSequence = 0;
    lane.lastAckedSequence = -1;
  }
}

function after(sequence: number, count: number): number {
  return sequence > MAX_SEQUENCE - count ? count - (MAX_SEQUENCE - sequence) - 1 : sequence + count;
}
