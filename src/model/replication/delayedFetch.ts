import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { Exchange } from '../network/exchange.ts';
import type { FetchRequest, FetchResponse } from '../protocol.ts';
import type { Replica } from './replica.ts';

/**
 * A consumer's long poll. While nothing new becomes readable it costs no event: the empty answers and new fetches that
 * would have passed every `fetch.max.wait.ms` are arithmetic. Its watch keys are the partitions that it reads. Source: DelayedFetch.
 */
export class DelayedFetch {
  readonly exchange: Exchange<FetchRequest, FetchResponse>;
  readonly replicas: readonly Replica[];
  readonly parkedUs: number;
  timer: TimerHandle = NO_TIMER;
  isDone = false;

  constructor(exchange: Exchange<FetchRequest, FetchResponse>, replicas: readonly Replica[], parkedUs: number) {
    this.exchange = exchange;
    this.replicas = replicas;
    this.parkedUs = parkedUs;
    for (const replica of replicas) {
      replica.fetches ??= new Set();
      replica.fetches.add(this);
    }
  }

  finish(): void {
    this.isDone = true;
    for (const { fetches } of this.replicas) fetches?.delete(this);
  }

  /** When the poll that is under way at `nowUs` would end. */
  expiryUs(nowUs: number): number {
    const waitUs = Math.max(1, this.exchange.request.maxWaitUs);
    const rounds = Math.floor((nowUs - this.parkedUs) / waitUs) + 1;
    return this.parkedUs + rounds * waitUs;
  }
}
