import type { Exchange } from './exchange.ts';

/** `fetch.max.wait.ms` and `replica.fetch.wait.max.ms` have the same default; a long poll is renewed that often. */
const LONG_POLL_US = 500_000;

type AnyExchange = Exchange<unknown, unknown>;

/**
 * When a request times out. A long poll that is renewed in thought never does; once silence began, its last round's
 * time-out counts.
 *
 * @param silentUs  since when the two ends hear nothing of each other; -1: they do
 */
export function requestDeadlineUs(exchange: AnyExchange, silentUs: number, nowUs: number): number {
  if (exchange.parkedUs < 0) return exchange.deadlineUs;
  const timeoutUs = exchange.deadlineUs - exchange.sentAtUs;
  if (silentUs < 0) return nowUs + timeoutUs;
  const rounds = Math.max(0, Math.floor((silentUs - exchange.parkedUs) / LONG_POLL_US));
  return exchange.parkedUs + rounds * LONG_POLL_US + timeoutUs;
}

/** When to look at it again: early enough to notice a silence that begins right after this look. */
export function nextLookUs(exchange: AnyExchange, silentUs: number, nowUs: number): number {
  const deadlineUs = requestDeadlineUs(exchange, silentUs, nowUs);
  if (exchange.parkedUs < 0 || silentUs >= 0) return Math.max(deadlineUs, nowUs);
  return Math.max(nowUs + 1, deadlineUs - LONG_POLL_US);
}
