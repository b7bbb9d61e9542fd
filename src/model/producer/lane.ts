import type { RecordBatch } from '../protocol.ts';
import type { RecordSource } from './arrivals.ts';

/** A batch in the accumulator or on its way (ProducerBatch). */
export interface ProducerBatch extends RecordBatch {
  readonly owner: Lane;
  /** When it was made; linger.ms and delivery.timeout.ms count from here. */
  readonly createdUs: number;
  isClosed: boolean;
  /** A request with it was once written to a socket. */
  wasSent: boolean;
  attempts: number;
  notBeforeUs: number;
  /** Leader epoch known when it was last sent: a newer one cancels the backoff (KIP-951). */
  sentLeaderEpoch: number;
  /** The application has been told; late answers are ignored. */
  isDone: boolean;
  poolBytes: number;
}

/** One producer instance and one partition: its queue, its sequence numbers, its record numbers. */
export class Lane {
  readonly partition: number;
  /** Number in the cast; -1 before the first record. */
  number = -1;
  /** Null under the sticky partitioner: records come from the shared stream. */
  arrivals: RecordSource | null;
  /** Arrivals taken over so far (an index into `arrivals`). */
  admitted = 0;
  /** Records that were ever offered in this lane: the next record's number. */
  nextRecord = 0;
  readonly queue: ProducerBatch[] = [];
  /** With a sequence and not completed: in flight or waiting for a retry, ascending by sequence. */
  readonly sequenced: ProducerBatch[] = [];
  inFlight = 0;
  isMuted = false;
  producerEpoch = -1;
  nextSequence = 0;
  lastAckedSequence = -1;
  hasUnresolved = false;

  constructor(partition: number, arrivals: RecordSource | null) {
    this.partition = partition;
    this.arrivals = arrivals;
  }

  get head(): ProducerBatch | undefined {
    return this.queue[0];
  }

  get openBatch(): ProducerBatch | undefined {
    const last = this.queue[this.queue.length - 1];
    return last !== undefined && !last.isClosed ? last : undefined;
  }

  /** A failed batch goes back in sequence order, or to the head without sequences. */
  requeue(batch: ProducerBatch): void {
    let at = 0;
    if (batch.baseSequence >= 0) {
      while (
        at < this.queue.length &&
        this.queue[at]!.baseSequence >= 0 &&
        this.queue[at]!.baseSequence < batch.baseSequence
      )
        at++;
    }
    this.queue.splice(at, 0, batch);
  }

  /** Both halves of a batch, the second one right behind the first. */
  requeueSplit(first: ProducerBatch, second: ProducerBatch): void {
    this.requeue(first);
    this.queue.splice(this.queue.indexOf(first) + 1, 0, second);
    const at = this.sequenced.indexOf(first);
    if (at >= 0) this.sequenced.splice(at + 1, 0, second);
  }

  forgetSequence(batch: ProducerBatch): void {
    const at = this.sequenced.indexOf(batch);
    if (at >= 0) this.sequenced.splice(at, 1);
  }
}
