import type { Exchange } from '../network/exchange.ts';
import type { ProduceRequest, ProduceResponse } from '../protocol.ts';
import type { LeaderState } from './leaderState.ts';

/**
 * An acks=all request in the produce purgatory: it is answered when every partition's high watermark has passed its
 * records, or with REQUEST_TIMED_OUT. Source: DelayedProduce.
 */
export class DelayedProduce {
  readonly exchange: Exchange<ProduceRequest, ProduceResponse>;
  readonly response: ProduceResponse;
  readonly deadlineUs: number;
  /** Parallel to the request's batches: the high watermark that each waits for; -1 when it is already answered. */
  readonly required: number[];
  readonly leaders: (LeaderState | null)[];
  pendingCount = 0;
  isDone = false;
  /** It waits in the purgatory, or did. */
  isParked = false;

  constructor(exchange: Exchange<ProduceRequest, ProduceResponse>, response: ProduceResponse, deadlineUs: number) {
    this.exchange = exchange;
    this.response = response;
    this.deadlineUs = deadlineUs;
    const count = response.errors.length;
    this.required = new Array<number>(count).fill(-1);
    this.leaders = new Array<LeaderState | null>(count).fill(null);
  }

  wait(i: number, leader: LeaderState, requiredOffset: number): void {
    this.required[i] = requiredOffset;
    this.leaders[i] = leader;
    this.pendingCount++;
    const { produces } = leader;
    let at = produces.length;
    // A duplicate waits for an offset below those of batches that came before it.
    while (at > 0 && produces[at - 1]!.requiredOn(leader) > requiredOffset) at--;
    if (at === produces.length) produces.push(this);
    else produces.splice(at, 0, this);
  }

  /** The offset this request waits for on `leader`, or -1. */
  requiredOn(leader: LeaderState): number {
    const at = this.leaders.indexOf(leader);
    return at < 0 ? -1 : this.required[at]!;
  }
}
