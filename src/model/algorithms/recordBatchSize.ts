/**
 * The bytes of a v2 record batch, uncompressed.
 *
 * A batch is 61 bytes of header and, per record, a length and a body of variable-length integers, key and value.
 * Offsets and timestamps are deltas from the batch's first record, so later records are a little longer.
 *
 * Source: `DefaultRecordBatch`, `DefaultRecord`, `AbstractRecords.estimateSizeInBytesUpperBound`.
 */
export const BATCH_HEADER_BYTES = 61;

/** The most that length, attributes, timestamp delta and offset delta of one record can take. */
const MAX_RECORD_OVERHEAD_BYTES = 21;

const ATTRIBUTES_BYTES = 1;

/** Sizes in bytes; a missing key or value is -1, which is not the same as an empty one. */
export interface RecordShape {
  keyBytes: number;
  valueBytes: number;
  /** From `headersSizeBytes`; 1 for a record without headers. */
  headersBytes: number;
}

/** Bytes of a zig-zag variable-length integer; exact for the safe integers. */
export function varintBytes(value: number): number {
  const magnitude = value < 0 ? -value - 1 : value;
  if (magnitude < 64) return 1;
  if (magnitude < 8192) return 2;
  if (magnitude < 1_048_576) return 3;
  if (magnitude < 134_217_728) return 4;
  let bytes = 5;
  for (let limit = 17_179_869_184; magnitude >= limit; limit *= 128) bytes++;
  return bytes;
}

/** Bytes of a record's headers, their count included; each is [bytes of the name, bytes of the value or -1]. */
export function headersSizeBytes(headers: readonly (readonly [nameBytes: number, valueBytes: number])[]): number {
  return headers.reduce(
    (sum, [nameBytes, valueBytes]) => sum + sizedFieldBytes(nameBytes) + sizedFieldBytes(valueBytes),
    varintBytes(headers.length),
  );
}

/** Bytes of one record, its length field included. */
export function recordSizeBytes(shape: RecordShape, offsetDelta: number, timestampDeltaMs: number): number {
  return withLength(payloadBytes(shape) + varintBytes(offsetDelta) + varintBytes(timestampDeltaMs));
}

/** What the producer reckons for one record before it knows its place; compared with max.request.size. */
export function sizeUpperBoundBytes(shape: RecordShape): number {
  return BATCH_HEADER_BYTES + MAX_RECORD_OVERHEAD_BYTES + payloadBytes(shape) - ATTRIBUTES_BYTES;
}

/**
 * Bytes of a batch of `count` equal records whose timestamps rise by `timestampStepMs` (may be a fraction) each.
 *
 * The cost does not depend on `count`: records are counted in the few stretches in which no delta changes its length.
 */
export function batchSizeBytes(count: number, shape: RecordShape, timestampStepMs = 0): number {
  const fixed = payloadBytes(shape);
  let total = BATCH_HEADER_BYTES;
  let index = 0;
  while (index < count) {
    const end = Math.min(count, stretchEnd(index, timestampStepMs));
    total += (end - index) * equalRecordBytes(fixed, index, timestampStepMs);
    index = end;
  }
  return total;
}

/**
 * How many equal records a batch of at most `limitBytes` takes; at least 1, since an empty batch takes any record.
 *
 * Source: `MemoryRecordsBuilder.hasRoomFor` without compression.
 */
export function recordsThatFit(limitBytes: number, shape: RecordShape, timestampStepMs = 0): number {
  const fixed = payloadBytes(shape);
  let room = limitBytes - BATCH_HEADER_BYTES;
  let index = 0;
  for (;;) {
    const each = equalRecordBytes(fixed, index, timestampStepMs);
    const end = stretchEnd(index, timestampStepMs);
    const fitting = Math.floor(Math.max(0, room) / each);
    if (fitting < end - index) return Math.max(1, index + fitting);
    room -= (end - index) * each;
    index = end;
  }
}

function equalRecordBytes(fixed: number, index: number, timestampStepMs: number): number {
  return withLength(fixed + varintBytes(index) + varintBytes(Math.floor(index * timestampStepMs)));
}

/** The first record after `index` whose offset or timestamp delta is longer than that of `index`. */
function stretchEnd(index: number, timestampStepMs: number): number {
  const byOffset = nextLongerValue(index);
  if (timestampStepMs === 0) return byOffset;
  const byTimestamp = Math.ceil(nextLongerValue(Math.floor(index * timestampStepMs)) / timestampStepMs);
  return Math.max(index + 1, Math.min(byOffset, byTimestamp));
}

function nextLongerValue(value: number): number {
  let limit = 64;
  while (value >= limit) limit *= 128;
  return limit;
}

function payloadBytes({ keyBytes, valueBytes, headersBytes }: RecordShape): number {
  return ATTRIBUTES_BYTES + sizedFieldBytes(keyBytes) + sizedFieldBytes(valueBytes) + headersBytes;
}

function sizedFieldBytes(bytes: number): number {
  return varintBytes(bytes) + Math.max(0, bytes);
}

function withLength(bodyBytes: number): number {
  return varintBytes(bodyBytes) + bodyBytes;
}
