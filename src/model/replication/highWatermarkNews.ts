import type { FollowerExchange, FollowerFetchItem, FollowerSession } from './followerSession.ts';
import type { FollowerProgress, LeaderState } from './leaderState.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

/**
 * How followers hear of a high watermark without records: with the next answer of their session, at the latest when the
 * long poll under way ends (`replica.fetch.wait.max.ms`). Kept only where consumers may read from followers; elsewhere
 * nobody looks, and the next records bring it.
 *
 * Source: FetchSession.CachedPartition.maybeUpdateResponseData, KIP-392.
 */
export class HighWatermarkNews {
  readonly #env: BrokerEnvironment;
  readonly #answer: (session: FollowerSession, exchange: FollowerExchange) => void;

  /** @param answer  ends the session's long poll with what there is */
  constructor(env: BrokerEnvironment, answer: (session: FollowerSession, exchange: FollowerExchange) => void) {
    this.#env = env;
    this.#answer = answer;
  }

  moved({ followers }: LeaderState): void {
    for (const follower of followers) {
      const { session } = follower;
      if (session === null || follower.owesHighWatermark) continue;
      follower.owesHighWatermark = true;
      session.owedHighWatermarks.push(follower);
      this.parked(session);
    }
  }

  /** The session's long poll waits, or there is more to tell: it ends with its round, once. */
  parked(session: FollowerSession): void {
    const { parked, owedHighWatermarks } = session;
    if (parked === null || owedHighWatermarks.length === 0 || session.newsFor === parked) return;
    session.newsFor = parked;
    const { ctx, view, process } = this.#env;
    const { incarnation } = process;
    const pollUs = view.configs.number('replica.fetch.wait.max.ms') * 1000;
    ctx.kernel.atControl(parked.pollEndUs(ctx.kernel.nowUs, pollUs), () =>
      process.run(() => {
        session.newsFor = null;
        if (incarnation !== process.incarnation || session.parked !== parked) return;
        if (this.#isHeard(session)) this.#answer(session, parked);
        else this.parked(session);
      }),
    );
  }

  /** Adds to an answer what its records do not tell. */
  tell(session: FollowerSession, items: FollowerFetchItem[]): void {
    for (const follower of session.owedHighWatermarks) {
      if (!follower.owesHighWatermark) continue;
      follower.owesHighWatermark = false;
      if (follower.session === session && follower.leader.replica.leading === follower.leader)
        items.push(news(follower));
    }
    session.owedHighWatermarks.length = 0;
  }

  #isHeard({ follower }: FollowerSession): boolean {
    const { ctx, process, brokerProcesses } = this.#env;
    return ctx.network.silence.sinceUs(process, brokerProcesses[follower]!) < 0;
  }
}

function news({ leader, toldEpoch }: FollowerProgress): FollowerFetchItem {
  const { partition, highWatermark, log } = leader.replica;
  return {
    partition,
    error: 'NONE',
    currentLeaderEpoch: toldEpoch,
    spans: [],
    fetchOffset: -1,
    endOffset: -1,
    bytes: 0,
    highWatermark,
    logStartOffset: log.logStartOffset,
    divergingEpoch: -1,
    divergingEndOffset: -1,
  };
}
