import { exponentialBackoffMs } from '../../model/algorithms/exponentialBackoff.ts';
import {
  checkSequence,
  duplicateBaseOffset,
  newProducerState,
  type ProducerState,
  recordBatch,
  rememberedBatches,
} from '../../model/algorithms/producerState.ts';
import {
  BATCH_HEADER_BYTES,
  batchSizeBytes,
  headersSizeBytes,
  recordSizeBytes,
  recordsThatFit,
  sizeUpperBoundBytes,
} from '../../model/algorithms/recordBatchSize.ts';
import { difference, firstOf, type VectorChecker } from '../checker.ts';

export const backoffChecker: VectorChecker = {
  file: 'exponential-backoff',
  check(vector) {
    const c = vector as { initialMs: number; multiplier: number; maxMs: number; valueByAttemptZeroJitter: number[] };
    const ours = c.valueByAttemptZeroJitter.map((_, attempt) => exponentialBackoffMs(attempt, c.initialMs, c.maxMs, 1));
    return firstOf([difference('multiplier', c.multiplier, 2), difference('delays', c.valueByAttemptZeroJitter, ours)]);
  },
};

interface BatchCase {
  keyBytes: number | null;
  valueBytes: number;
  records: number;
  timestampStepMs?: number;
  batchBytesUncompressed: number;
  estimateUpperBoundSingle?: number;
  headers?: string[];
}

export const batchSizeChecker: VectorChecker = {
  file: 'record-batch-sizes',
  check(vector) {
    const c = vector as unknown as BatchCase;
    const stepMs = c.timestampStepMs ?? 0;
    const headersBytes = headersSizeBytes((c.headers ?? []).map(headerBytes));
    const shape = { keyBytes: c.keyBytes ?? -1, valueBytes: c.valueBytes, headersBytes };
    const bytes = batchSizeBytes(c.records, shape, stepMs);
    let oneByOne = BATCH_HEADER_BYTES;
    for (let index = 0; index < c.records; index++) oneByOne += recordSizeBytes(shape, index, index * stepMs);
    return firstOf([
      difference('batch bytes', c.batchBytesUncompressed, bytes),
      difference('batch bytes, record by record', c.batchBytesUncompressed, oneByOne),
      difference('records that fit', c.records, recordsThatFit(c.batchBytesUncompressed, shape, stepMs)),
      c.estimateUpperBoundSingle === undefined
        ? undefined
        : difference('upper bound', c.estimateUpperBoundSingle, sizeUpperBoundBytes(shape)),
    ]);
  },
};

function headerBytes(header: string): [nameBytes: number, valueBytes: number] {
  const [name, value] = header.split('=') as [string, string];
  return [Buffer.byteLength(name), Buffer.byteLength(value)];
}

interface SequenceStep {
  epoch: number;
  baseSequence: number;
  lastSequence: number;
  records: number;
  result: string;
  baseOffset?: number;
  returnedBaseOffset?: number;
  retainedBatches?: [number, number][];
}

const VERDICTS = ['APPENDED', 'DUPLICATE', 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'INVALID_PRODUCER_EPOCH'];

export const sequenceChecker: VectorChecker = {
  file: 'idempotent-producer',
  check(vector) {
    const state = newProducerState();
    const log = { endOffset: 0 };
    const steps = vector.steps as SequenceStep[];
    return firstOf(steps.map((step, index) => checkStep(state, log, step, `step ${index}`)));
  },
};

function checkStep(
  state: ProducerState,
  log: { endOffset: number },
  step: SequenceStep,
  at: string,
): string | undefined {
  const { epoch, baseSequence, records } = step;
  const verdict = checkSequence(state, epoch, baseSequence, records);
  const answer: Record<string, unknown> = { result: VERDICTS[verdict] };
  if (verdict === 0) {
    answer.baseOffset = log.endOffset;
    recordBatch(state, epoch, baseSequence, records, log.endOffset);
    log.endOffset += records;
  }
  if (verdict === 1) answer.returnedBaseOffset = duplicateBaseOffset(state, epoch, baseSequence, records);
  if (step.retainedBatches) answer.retainedBatches = rememberedBatches(state);
  const { epoch: _epoch, baseSequence: _first, lastSequence: _last, records: _records, ...expected } = step;
  return difference(at, expected, answer);
}
