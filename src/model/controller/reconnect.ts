import type { RandomStream } from '../../sim/index.ts';
import { nextRetransmissionUs } from '../network/links.ts';

/** socket.connection.setup.timeout.ms and its maximum, as the brokers' own clients use them. */
const SETUP_TIMEOUT_US = 10_000_000;
const SETUP_TIMEOUT_MAX_US = 30_000_000;
const RECONNECT_BACKOFF_US = 50_000;
/** Linux repeats a lost SYN after 1 s, doubling. */
const SYN_OFFSETS_US: readonly number[] = [0, 1_000_000, 3_000_000, 7_000_000, 15_000_000];

/**
 * When a node that never stops trying gets through again after its way was cut in silence.
 *
 * Within the request's time-out TCP's retransmission does it. Later the connection is gone, and what counts is the next
 * SYN of the attempt then under way, so that a heal is noticed up to some 15 s late.
 *
 * Source: `NetworkClient`, `ClusterConnectionStates` (KIP-601); RFC 6298.
 */
export function reconnectedAtUs(
  brokenUs: number,
  healedUs: number,
  requestTimeoutUs: number,
  random: RandomStream,
): number {
  if (healedUs - brokenUs < requestTimeoutUs) return nextRetransmissionUs(brokenUs, healedUs);
  let attemptUs = brokenUs + requestTimeoutUs;
  let timeoutUs = SETUP_TIMEOUT_US;
  for (;;) {
    const setupUs = random.jitter(timeoutUs, 0.2);
    for (const offsetUs of SYN_OFFSETS_US) {
      if (offsetUs < setupUs && attemptUs + offsetUs >= healedUs) return attemptUs + offsetUs;
    }
    attemptUs += setupUs + RECONNECT_BACKOFF_US;
    timeoutUs = Math.min(2 * timeoutUs, SETUP_TIMEOUT_MAX_US);
  }
}
