/**
 * How long a request handler thread is busy, in microseconds. Calibrated, not given by the protocol: chosen so that an
 * unloaded broker answers acks=1 in about a millisecond and a half and a follower round takes about one more, as
 * measured on small machines (evidence/lab/network.json).
 */
export const PRODUCE_REQUEST_US = 300;
export const PRODUCE_BATCH_US = 20;
export const FETCH_REQUEST_US = 150;
export const FOLLOWER_FETCH_REQUEST_US = 200;
/** The follower's own work between a response and its next fetch. */
export const FOLLOWER_APPEND_US = 200;
export const SMALL_REQUEST_US = 100;
/** Copying and checksumming. */
export const BYTES_PER_US = 500;

export function produceServiceUs(batches: number, bytes: number): number {
  return PRODUCE_REQUEST_US + PRODUCE_BATCH_US * batches + Math.round(bytes / BYTES_PER_US);
}

export function fetchServiceUs(bytes: number): number {
  return FETCH_REQUEST_US + Math.round(bytes / BYTES_PER_US);
}
