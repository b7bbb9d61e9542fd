/**
 * What a partition remembers of one idempotent producer, and its verdict on each batch.
 *
 * Columns, one row per remembered batch (at most five, a ring):
 *   firstSequence, lastSequence   0 to 2^31 - 1, wrapping to 0
 *   baseOffset                    exact below 2^53
 *
 * Verdicts, in this order: a batch equal to a remembered one is a duplicate; an older epoch is refused; a new epoch
 * begins with sequence 0; else the first sequence follows the last one. A producer without state may begin anywhere.
 * A partial overlap is out of order, and so is a duplicate older than five batches.
 *
 * Source: `ProducerAppendInfo`, `ProducerStateEntry`. State lost through truncation is rebuilt by the owner, by
 * recording the log's remaining batches again. Not modelled: expiry after producer.id.expiration.ms.
 */
export const REMEMBERED_BATCHES = 5;
export const MAX_SEQUENCE = 2147483647;

export interface ProducerState {
  /** -1 while nothing is known of the producer. */
  producerEpoch: number;
  /** Remembered batches, 0 to 5. */
  batchCount: number;
  /** Ring row of the newest batch. */
  newest: number;
  readonly firstSequence: number[];
  readonly lastSequence: number[];
  readonly baseOffset: number[];
}

/** 0 append, 1 duplicate, and the two refusals. */
export type SequenceVerdict = 0 | 1 | 2 | 3;
export const APPEND: SequenceVerdict = 0;
export const DUPLICATE: SequenceVerdict = 1;
export const OUT_OF_ORDER_SEQUENCE_NUMBER: SequenceVerdict = 2;
export const INVALID_PRODUCER_EPOCH: SequenceVerdict = 3;

export function newProducerState(): ProducerState {
  return {
    producerEpoch: -1,
    batchCount: 0,
    newest: REMEMBERED_BATCHES - 1,
    firstSequence: [0, 0, 0, 0, 0],
    lastSequence: [0, 0, 0, 0, 0],
    baseOffset: [0, 0, 0, 0, 0],
  };
}

/** The sequence `count` records after `sequence`. */
export function addSequence(sequence: number, count: number): number {
  return sequence > MAX_SEQUENCE - count ? count - (MAX_SEQUENCE - sequence) - 1 : sequence + count;
}

/** The verdict on a batch of `count` records; changes nothing. */
export function checkSequence(
  state: ProducerState,
  producerEpoch: number,
  firstSequence: number,
  count: number,
): SequenceVerdict {
  if (state.producerEpoch < 0) return APPEND;
  if (duplicateRow(state, producerEpoch, firstSequence, count) >= 0) return DUPLICATE;
  if (producerEpoch < state.producerEpoch) return INVALID_PRODUCER_EPOCH;
  if (producerEpoch > state.producerEpoch) return firstSequence === 0 ? APPEND : OUT_OF_ORDER_SEQUENCE_NUMBER;
  // A marker with a higher epoch came since its last batch: what it writes in that epoch begins with 0.
  if (state.batchCount === 0) return firstSequence === 0 ? APPEND : OUT_OF_ORDER_SEQUENCE_NUMBER;
  const expected = addSequence(state.lastSequence[state.newest]!, 1);
  return firstSequence === expected ? APPEND : OUT_OF_ORDER_SEQUENCE_NUMBER;
}

/** The base offset that answers a duplicate; -1 when the batch is none. */
export function duplicateBaseOffset(
  state: ProducerState,
  producerEpoch: number,
  firstSequence: number,
  count: number,
): number {
  const row = duplicateRow(state, producerEpoch, firstSequence, count);
  return row < 0 ? -1 : state.baseOffset[row]!;
}

/** Remembers a batch that was appended; a new epoch forgets the batches of the old one. */
export function recordBatch(
  state: ProducerState,
  producerEpoch: number,
  firstSequence: number,
  count: number,
  baseOffset: number,
): void {
  if (producerEpoch !== state.producerEpoch) {
    state.producerEpoch = producerEpoch;
    state.batchCount = 0;
  }
  const row = (state.newest + 1) % REMEMBERED_BATCHES;
  state.newest = row;
  state.firstSequence[row] = firstSequence;
  state.lastSequence[row] = addSequence(firstSequence, count - 1);
  state.baseOffset[row] = baseOffset;
  if (state.batchCount < REMEMBERED_BATCHES) state.batchCount++;
}

/**
 * The producer's transaction ended with a marker of that epoch: a higher one than its batches fences those that come late
 * (ProducerAppendInfo.appendEndTxnMarker).
 */
export function recordMarker(state: ProducerState, producerEpoch: number): void {
  if (producerEpoch <= state.producerEpoch) return;
  state.producerEpoch = producerEpoch;
  state.batchCount = 0;
}

/** The remembered batches, oldest first, as [first sequence, last sequence]. */
export function rememberedBatches(state: ProducerState): [first: number, last: number][] {
  return Array.from({ length: state.batchCount }, (_, age) => {
    const row = rowOfAge(state, state.batchCount - 1 - age);
    return [state.firstSequence[row]!, state.lastSequence[row]!];
  });
}

function duplicateRow(state: ProducerState, producerEpoch: number, firstSequence: number, count: number): number {
  if (producerEpoch !== state.producerEpoch) return -1;
  const lastSequence = addSequence(firstSequence, count - 1);
  for (let age = 0; age < state.batchCount; age++) {
    const row = rowOfAge(state, age);
    if (state.firstSequence[row] === firstSequence && state.lastSequence[row] === lastSequence) return row;
  }
  return -1;
}

/** Age 0 is the newest batch. */
function rowOfAge(state: ProducerState, age: number): number {
  return (state.newest - age + REMEMBERED_BATCHES) % REMEMBERED_BATCHES;
}
