import type { RandomStream } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import { nextRetransmissionUs } from '../network/links.ts';

/** socket.connection.setup.timeout.ms and its maximum, as the brokers' own clients use them. */
const SETUP_MS = [10_000, 30_000] as const;
const RECONNECT_BACKOFF_US = 50_000;
/** Linux repeats a lost SYN after 1 s, doubling. */
const SYN_OFFSETS_US: readonly number[] = [0, 1_000_000, 3_000_000, 7_000_000, 15_000_000, 31_000_000];

/**
 * When a node that never stops trying gets through again after its way was cut in silence.
 *
 * Within the request's time-out TCP's retransmission does it. Later the connection is gone, and what counts is the next
 * SYN of the attempt then under way. Attempts last 10, 20 and then 30 s with a jitter of 20 %, yet never longer than 30 s:
 * after a cut of a minute one begins about when the way heals, and the heal is noticed 0 to 9 s late.
 *
 * @param sentUs when the request was sent that got no answer
 *
 * Source: `NetworkClient`, `ClusterConnectionStates` (KIP-601), `ExponentialBackoff`; RFC 6298.
 */
export function reconnectedAtUs(
  sentUs: number,
  healedUs: number,
  requestTimeoutUs: number,
  random: RandomStream,
): number {
  if (healedUs - sentUs < requestTimeoutUs) return nextRetransmissionUs(sentUs, healedUs);
  let attemptUs = sentUs + requestTimeoutUs;
  for (let failures = 0; ; failures++) {
    const setupUs = 1000 * exponentialBackoffMs(failures, ...SETUP_MS, jitterFactor(random.next()));
    for (const offsetUs of SYN_OFFSETS_US) {
      if (offsetUs < setupUs && attemptUs + offsetUs >= healedUs) return attemptUs + offsetUs;
    }
    attemptUs += setupUs + RECONNECT_BACKOFF_US;
  }
}
