import type { Behaviour } from '../../kafka/behaviour.ts';
import { RESPONSE_PATH_US } from '../broker/serviceTimes.ts';
import type { FetchPath } from './fetchPath.ts';
import type { FollowerProgress, LeaderState } from './leaderState.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

/**
 * When a record counts as replicated.
 *
 * The high watermark is the smallest log end offset among the leader, the maximal ISR, and followers that are about
 * to join it (caught up within replica.lag.time.max.ms and eligible), so that a joining follower always satisfies the
 * condition to join. From 3.7 it stands still while the committed ISR is below min.insync.replicas (KAFKA-15583).
 * Source: Partition.maybeIncrementLeaderHW.
 */
export class HighWatermarks {
  readonly #env: BrokerEnvironment;
  readonly #fetchPath: () => FetchPath;
  readonly #lagUs: number;
  /** Where consumers may read from followers, those are told soon. */
  onMoved: ((leader: LeaderState) => void) | null = null;
  readonly #behaviour: Behaviour;

  constructor(env: BrokerEnvironment, fetchPath: () => FetchPath) {
    this.#env = env;
    this.#fetchPath = fetchPath;
    this.#lagUs = env.view.configs.number('replica.lag.time.max.ms') * 1000;
    this.#behaviour = env.view.configs.behaviour;
  }

  /** Moves the high watermark when it can, and answers whoever waited for it at `atUs`. */
  maybeAdvance(leader: LeaderState, atUs: number): void {
    const { replica } = leader;
    if (this.#behaviour.highWatermarkNeedsMinIsr && leader.committedIsr.length < leader.effectiveMinIsr) return;
    let highWatermark = replica.log.logEndOffset;
    for (const follower of leader.followers) {
      if (follower.logEndOffset < highWatermark && this.#counts(leader, follower, atUs))
        highWatermark = follower.logEndOffset;
    }
    if (highWatermark <= replica.highWatermark) return;
    replica.disk.highWatermarkMoves(atUs, replica.highWatermark);
    replica.highWatermark = highWatermark;
    this.#env.ctx.recorder.highWatermark(replica.partition, replica.broker, highWatermark, atUs);
    this.#answerProduces(leader, atUs);
    this.onMoved?.(leader);
    this.#fetchPath().wake(replica, atUs);
  }

  /** acks=all requests whose records are now replicated (DelayedProduce.tryComplete). */
  #answerProduces(leader: LeaderState, atUs: number): void {
    const { produces, replica } = leader;
    let done = 0;
    for (; done < produces.length; done++) {
      const produce = produces[done]!;
      if (produce.isDone) continue;
      const required = produce.requiredOn(leader);
      if (required > replica.highWatermark) break;
      const at = produce.leaders.indexOf(leader);
      produce.leaders[at] = null;
      produce.required[at] = -1;
      if (leader.maximalIsrSize < leader.effectiveMinIsr)
        produce.response.errors[at] = 'NOT_ENOUGH_REPLICAS_AFTER_APPEND';
      if (--produce.pendingCount === 0) {
        produce.isDone = true;
        produce.exchange.respond(produce.response, 60 * produce.response.errors.length, atUs + RESPONSE_PATH_US);
      }
    }
    if (done > 0) produces.splice(0, done);
  }

  #counts(leader: LeaderState, follower: FollowerProgress, nowUs: number): boolean {
    if (leader.isInMaximalIsr(follower.broker)) return true;
    return (
      follower.logEndOffset >= 0 &&
      nowUs - follower.lastCaughtUpUs <= this.#lagUs &&
      this.#env.view.isIsrEligible(follower.broker, follower.brokerEpoch)
    );
  }
}
