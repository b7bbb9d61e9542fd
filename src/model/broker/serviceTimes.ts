/**
 * What a request costs in a broker, in microseconds. Calibrated, not given by the protocol.
 *
 * Chosen so that replication adds 1.2 ms to an acknowledgement between neighbours (acks=all against acks=1, 3.4 and
 * 2.2 ms with 1 ms to the client) as measured on a small machine: evidence/lab, the case of distance between brokers.
 * Busy times hold a request handler thread; path times are waits between threads that hold nothing.
 */

/** From the socket to a request handler: network thread, request queue. */
export const REQUEST_PATH_US = 200;
/** From the handler back to the socket. */
export const RESPONSE_PATH_US = 150;
export const PRODUCE_REQUEST_US = 130;
export const PRODUCE_BATCH_US = 10;
export const FETCH_REQUEST_US = 100;
/** A long poll that an append completes: done by the thread that appended. */
export const COMPLETED_POLL_US = 50;
/** The follower's own work between a response and its next fetch. */
export const FOLLOWER_APPEND_US = 450;
export const SMALL_REQUEST_US = 100;
/** Copying and checksumming. */
export const BYTES_PER_US = 500;

export function produceServiceUs(batches: number, bytes: number): number {
  return PRODUCE_REQUEST_US + PRODUCE_BATCH_US * batches + Math.round(bytes / BYTES_PER_US);
}

export function fetchServiceUs(bytes: number): number {
  return FETCH_REQUEST_US + Math.round(bytes / BYTES_PER_US);
}

/** When the answer to a completed long poll is on the socket. */
export function pollAnsweredUs(completedUs: number, bytes: number): number {
  return completedUs + COMPLETED_POLL_US + Math.round(bytes / BYTES_PER_US) + RESPONSE_PATH_US;
}
