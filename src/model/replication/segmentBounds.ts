import type { Replica } from './replica.ts';

export interface SegmentBound {
  readonly endOffset: number;
  readonly bytes: number;
  /** Creation time of its newest record. */
  readonly newestUs: number;
  /** The one that is still written. */
  readonly isActive: boolean;
}

/**
 * The segments of a replica's log from its start, as rolling would have cut them: a batch goes into a new segment when
 * the old one would exceed `segment.bytes`, or when it is `segment.ms` younger than the segment's first record (record
 * time). Walks batch by batch, so it is called by the retention pass only. Source: LogSegment.shouldRoll.
 */
export function* segmentEnds(replica: Replica): Generator<SegmentBound> {
  const { log, limits } = replica;
  let firstUs = -1;
  let newestUs = -1;
  let bytes = 0;
  let end = log.logStartOffset;
  for (const range of log.ranges(log.logStartOffset, log.logEndOffset)) {
    const isFull = bytes > limits.segmentBytes - range.bytes;
    const isOld = firstUs >= 0 && range.createdToUs - firstUs > limits.segmentUs;
    if (bytes > 0 && (isFull || isOld)) {
      yield { endOffset: end, bytes, newestUs, isActive: false };
      bytes = 0;
      firstUs = -1;
    }
    if (firstUs < 0) firstUs = range.createdFromUs;
    newestUs = Math.max(newestUs, range.createdToUs);
    bytes += range.bytes;
    end = range.offset + range.count;
  }
  if (bytes > 0) yield { endOffset: end, bytes, newestUs, isActive: true };
}
