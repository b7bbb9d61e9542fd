import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { AlterPartitionItem, AlterPartitionResult, PartitionImage } from '../metadata.ts';
import type { FollowerSession } from './followerSession.ts';
import type { HighWatermarks } from './highWatermarks.ts';
import type { FollowerProgress, LeaderState } from './leaderState.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

/** Answers after which the leader gives its wish up and waits for metadata (AlterPartitionManager, Partition). */
const WAIT_FOR_METADATA = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_TOPIC_ID',
  'FENCED_LEADER_EPOCH',
  'INVALID_UPDATE_VERSION',
  'INVALID_REQUEST',
  'NEW_LEADER_ELECTED',
]);
/** Answers after which it goes back to the committed ISR and may try again. */
const REVERT = new Set(['OPERATION_NOT_ATTEMPTED', 'INELIGIBLE_REPLICA']);

/**
 * A leader's ISR: the lag scan that shrinks it, the catch-up that expands it, and the AlterPartition round trip
 * (one request in flight per broker, carrying all that is queued; KIP-497).
 */
export class IsrMaintenance {
  readonly #env: BrokerEnvironment;
  readonly #highWatermarks: HighWatermarks;
  readonly #lagUs: number;
  readonly #queue: { readonly leader: LeaderState; readonly item: AlterPartitionItem }[] = [];
  #inFlight = false;
  #life = 0;
  #scanTimer: TimerHandle = NO_TIMER;

  constructor(env: BrokerEnvironment, highWatermarks: HighWatermarks) {
    this.#env = env;
    this.#highWatermarks = highWatermarks;
    this.#lagUs = env.view.configs.number('replica.lag.time.max.ms') * 1000;
  }

  /** The scan runs from the broker's start every half `replica.lag.time.max.ms`; brokers that run from the beginning started before it. */
  start(): void {
    const { ctx, broker, process } = this.#env;
    const periodUs = Math.max(1, Math.floor(this.#lagUs / 2));
    const isRestart = process.incarnation > 0;
    const phaseUs = isRestart ? periodUs : ctx.kernel.random.stream(`isr-scan/${broker}`).uniformInt(0, periodUs);
    this.#schedule(ctx.kernel.nowUs + phaseUs);
  }

  stop(): void {
    this.#life++;
    this.#env.ctx.kernel.cancel(this.#scanTimer);
    this.#queue.length = 0;
    this.#inFlight = false;
  }

  #schedule(atUs: number): void {
    const { incarnation } = this.#env.process;
    this.#scanTimer = this.#env.ctx.kernel.atControl(atUs, () => {
      this.#env.process.run(() => {
        if (incarnation !== this.#env.process.incarnation) return;
        this.scan();
        this.#schedule(Math.max(atUs, this.#env.ctx.kernel.nowUs) + Math.floor(this.#lagUs / 2));
      });
    });
  }

  /** One pass over all that this broker leads; every half `replica.lag.time.max.ms`. */
  scan(): void {
    for (const replica of this.#env.replicas.of(this.#env.broker))
      if (replica.leading !== null) this.#maybeShrink(replica.leading);
  }

  #maybeShrink(leader: LeaderState): void {
    if (leader.pending !== null) return;
    const nowUs = this.#env.ctx.kernel.nowUs;
    const outOfSync = leader.followers.filter(
      (follower) => leader.committedIsr.includes(follower.broker) && this.#isOutOfSync(leader, follower, nowUs),
    );
    if (outOfSync.length === 0) return;
    const newIsr = leader.committedIsr.filter((broker) => !outOfSync.some((follower) => follower.broker === broker));
    this.#ask(leader, newIsr, 'isrShrink', this.#causeOf(leader, outOfSync[0]!));
  }

  /** Out of sync: not at the leader's end, and not caught up within `replica.lag.time.max.ms`. An idle partition never is. */
  #isOutOfSync(leader: LeaderState, follower: FollowerProgress, nowUs: number): boolean {
    if (follower.logEndOffset === leader.replica.log.logEndOffset) return false;
    return nowUs - follower.lastCaughtUpUs > this.#lagUs;
  }

  /** On every fetch of a follower outside the ISR (Partition.maybeExpandIsr): at or above the high watermark and this epoch's start. */
  maybeExpand(leader: LeaderState, follower: FollowerProgress): void {
    if (this.#mayExpand(leader, follower))
      this.#ask(leader, [...leader.committedIsr, follower.broker], 'isrExpand', this.#causeOf(leader, follower));
  }

  #mayExpand(leader: LeaderState, follower: FollowerProgress): boolean {
    const { pending, committedIsr, epochStartOffset, replica } = leader;
    const { broker, logEndOffset, brokerEpoch } = follower;
    if (pending !== null || committedIsr.includes(broker)) return false;
    if (logEndOffset < replica.highWatermark || logEndOffset < epochStartOffset) return false;
    return this.#env.view.isIsrEligible(broker, brokerEpoch);
  }

  adopt(leader: LeaderState, image: PartitionImage): void {
    if (image.partitionEpoch <= leader.image.partitionEpoch) return;
    leader.adopt(image);
    leader.pending = null;
    this.#highWatermarks.maybeAdvance(leader, this.#env.ctx.kernel.nowUs);
    this.#expandIdle(leader);
  }

  /** Brokers became eligible: followers that wait at the log's end may join now. */
  retryExpansions(): void {
    for (const { leading } of this.#env.replicas.of(this.#env.broker)) if (leading !== null) this.#expandIdle(leading);
  }

  /** Every fetch asks for every partition of its session; one that tells no new position of it too. */
  checkOwed(session: FollowerSession): void {
    if (!session.owesIsrCheck) return;
    session.owesIsrCheck = false;
    for (const { leading } of this.#env.replicas.of(this.#env.broker)) {
      const follower = leading?.follower(session.follower);
      if (leading && follower?.session === session && !follower.isDirty) this.maybeExpand(leading, follower);
    }
  }

  /** A follower whose long poll is parked fetches again within its round; only if it can still be heard. */
  #expandIdle(leader: LeaderState): void {
    for (const follower of leader.followers) {
      const { session } = follower;
      if (session === null || follower.isDirty || follower.toldEpoch !== leader.leaderEpoch) continue;
      if (session.owesIsrCheck || !this.#mayExpand(leader, follower)) continue;
      session.owesIsrCheck = true;
      this.#endRound(session);
    }
  }

  /** The long poll is renewed in thought only: this round ends for real, so that the follower asks again. */
  #endRound(session: FollowerSession): void {
    const { ctx, view } = this.#env;
    const { parked } = session;
    if (parked === null) return;
    const pollUs = view.configs.number('replica.fetch.wait.max.ms') * 1000;
    ctx.kernel.atControl(parked.pollEndUs(ctx.kernel.nowUs, pollUs), () => {
      if (session.parked !== parked || !session.owesIsrCheck) return;
      if (this.#isHeard(session.follower)) parked.expirePoll();
      else this.#endRound(session);
    });
  }

  #isHeard(broker: number): boolean {
    const { ctx, process, brokerProcesses } = this.#env;
    return ctx.network.silence.sinceUs(process, brokerProcesses[broker]!) < 0;
  }

  forget(leader: LeaderState): void {
    for (let i = this.#queue.length - 1; i >= 0; i--) if (this.#queue[i]!.leader === leader) this.#queue.splice(i, 1);
  }

  /** The follower's as it last told it; -1 for one that did not fetch from this leader yet (Partition.addBrokerEpochToIsr). */
  #brokerEpoch(leader: LeaderState, broker: number): number {
    if (broker === this.#env.broker) return this.#env.view.brokerEpoch(broker);
    return leader.follower(broker)?.brokerEpoch ?? -1;
  }

  /** Why a follower leaves or joins an ISR: what befell it or its leader last, or the reassignment that brings it. */
  #causeOf(leader: LeaderState, { broker }: FollowerProgress): number {
    const brought = leader.image.adding.includes(broker) ? leader.image.event : -1;
    return Math.max(brought, this.#env.brokerProcesses[broker]!.cause, this.#env.process.cause);
  }

  #ask(leader: LeaderState, newIsr: readonly number[], reason: 'isrShrink' | 'isrExpand', cause: number): void {
    const { image, leaderEpoch } = leader;
    const item: AlterPartitionItem = {
      partition: image.partition,
      leaderEpoch,
      partitionEpoch: image.partitionEpoch,
      newIsr,
      newIsrEpochs: newIsr.map((broker) => this.#brokerEpoch(leader, broker)),
      // A leader elected uncleanly needs no recovery of its own; the next change says so (KIP-704, Partition.makeLeader).
      recovered: true,
      reason,
      cause,
    };
    leader.pending = item;
    this.#queue.push({ leader, item });
    // Everything that asks at this instant goes with one request.
    if (this.#queue.length === 1 && !this.#inFlight)
      this.#env.ctx.kernel.atControl(this.#env.ctx.kernel.nowUs, () => this.#send());
  }

  #send(): void {
    if (this.#inFlight || this.#queue.length === 0) return;
    this.#inFlight = true;
    const sent = this.#queue.splice(0);
    const life = this.#life;
    this.#env.controller.alterPartition(
      this.#env.broker,
      sent.map(({ item }) => item),
      (results) => {
        if (life !== this.#life) return;
        this.#inFlight = false;
        for (const [i, result] of results.entries()) this.#answered(sent[i]!.leader, sent[i]!.item, result);
        this.#send();
      },
    );
  }

  #tellFailed({ partition, cause }: AlterPartitionItem, error: string): void {
    const { broker, ctx } = this.#env;
    ctx.recorder.event(ctx.kernel.nowUs, cause, { type: 'isr.updateFailed', partition, broker, error });
  }

  #answered(leader: LeaderState, item: AlterPartitionItem, result: AlterPartitionResult): void {
    if (leader.pending !== item || leader.replica.leading !== leader) return;
    if (result.error === 'NONE' && result.image !== null) {
      // The ISR completed a reassignment and with it began another leader epoch: metadata will tell.
      if (result.image.leaderEpoch !== leader.leaderEpoch) return;
      if (leader.replica.image !== null && result.image.partitionEpoch > leader.replica.image.partitionEpoch)
        leader.replica.image = result.image;
      this.adopt(leader, result.image);
      leader.pending = null;
      return;
    }
    this.#tellFailed(item, result.error);
    if (REVERT.has(result.error)) {
      leader.pending = null;
      this.#expandIdle(leader);
    } else if (!WAIT_FOR_METADATA.has(result.error)) {
      leader.pending = null;
      this.#ask(leader, item.newIsr, item.reason, item.cause);
    }
  }
}
