import { FETCH_REQUEST_US, pollAnsweredUs } from '../broker/serviceTimes.ts';
import type { ErrorName } from '../protocol.ts';
import { contactUs } from './contact.ts';
import type {
  FetchPosition,
  FollowerExchange,
  FollowerFetch,
  FollowerFetchItem,
  FollowerFetchResponse,
} from './followerSession.ts';
import { FollowerSession } from './followerSession.ts';
import { HighWatermarkNews } from './highWatermarkNews.ts';
import type { HighWatermarks } from './highWatermarks.ts';
import type { IsrMaintenance } from './isrMaintenance.ts';
import { type FollowerProgress, type LeaderState, LONG_AGO_US } from './leaderState.ts';
import type { Replica } from './replica.ts';
import type { BrokerEnvironment } from './replicaManager.ts';
import { isRackAwareSelector } from './replicaSelector.ts';
import type { ReplicationThrottles } from './replicationThrottles.ts';

const EMPTY: FollowerFetchResponse = { items: [] };
const NOTHING_READ = {
  spans: [],
  fetchOffset: -1,
  endOffset: -1,
  bytes: 0,
  highWatermark: -1,
  logStartOffset: -1,
  divergingEpoch: -1,
  divergingEndOffset: -1,
};

/**
 * The leader broker's side of replication: fetch positions in, records out, ISR and high watermark moved.
 *
 * A follower's long poll parks without an event; an append answers it. Source: ReplicaManager.fetchMessages,
 * Partition.fetchRecords, KIP-227 (sessions), KIP-595 style truncation on fetch.
 */
export class FollowerFetchPath {
  readonly #env: BrokerEnvironment;
  readonly #highWatermarks: HighWatermarks;
  /** Only where consumers may read from followers. */
  #news: HighWatermarkNews | null = null;
  readonly #isr: IsrMaintenance;
  readonly #sessions = new Map<number, FollowerSession>();
  /** By follower: the sessions that are in use. */
  readonly #latest = new Map<number, number[]>();
  readonly #maxBytes: number;
  readonly #maxPartitionBytes: number;
  readonly #throttles: ReplicationThrottles;
  readonly #pollUs: number;

  constructor(
    env: BrokerEnvironment,
    highWatermarks: HighWatermarks,
    isr: IsrMaintenance,
    throttles: ReplicationThrottles,
  ) {
    this.#env = env;
    this.#throttles = throttles;
    this.#pollUs = env.view.configs.number('replica.fetch.wait.max.ms') * 1000;
    this.#highWatermarks = highWatermarks;
    if (isRackAwareSelector(env.view.configs.broker('replica.selector.class'))) {
      const news = new HighWatermarkNews(env, (session, exchange) => {
        session.parked = null;
        this.#answer(session, exchange, [], env.ctx.kernel.nowUs);
      });
      highWatermarks.onMoved = (leader) => news.moved(leader);
      this.#news = news;
    }
    this.#isr = isr;
    this.#maxBytes = env.view.configs.number('replica.fetch.response.max.bytes');
    this.#maxPartitionBytes = env.view.configs.number('replica.fetch.max.bytes');
  }

  /** Followers' long polls in the purgatory; of a follower's sessions the latest count, which replaced the others. */
  get waitingCount(): number {
    let count = 0;
    for (const session of this.#sessions.values()) {
      if (session.parked === null || this.#env.brokerProcesses[session.follower]!.life === 'dead') continue;
      if (this.#latest.get(session.follower)!.includes(session.id)) count++;
    }
    return count;
  }

  handle(exchange: FollowerExchange): void {
    const { request } = exchange;
    const nowUs = this.#env.ctx.kernel.nowUs;
    const session = this.#session(request);
    session.lastFetchUs = nowUs;
    const servedUs = this.#env.machine.serve(nowUs, FETCH_REQUEST_US);
    const errors: FollowerFetchItem[] = [];
    for (const partition of request.forgotten) this.#forget(session, partition);
    for (const position of request.positions) this.#position(session, position, nowUs, servedUs, errors);
    this.#askedAgain(session, nowUs);
    this.#isr.checkOwed(session);
    this.#throttle(session, nowUs);
    if (errors.length === 0 && !session.hasWork && !request.isEmpty) {
      session.parked = exchange;
      session.parkedUs = nowUs;
      exchange.park(nowUs, () => this.#expire(session, exchange));
      if (session.withholds) this.#lookAgain(session, exchange);
      this.#news?.parked(session);
      return;
    }
    this.#answer(session, exchange, errors, servedUs);
  }

  /** A fetch asks for everything in its session: what the follower lacks and told no new position of, from where it was. */
  #askedAgain(session: FollowerSession, nowUs: number): void {
    for (const progress of session.dirty) {
      const { leader } = progress;
      if (progress.lastFetchUs === nowUs || leader.replica.leading !== leader || progress.session !== session) continue;
      progress.fetched(progress.logEndOffset, nowUs, leader.replica.log.logEndOffset);
      this.#isr.maybeExpand(leader, progress);
    }
  }

  /** The leader appended at `baseOffset`: every follower that follows is behind now. `answerParked` follows. */
  appended(leader: LeaderState, baseOffset: number, atUs: number): void {
    for (const follower of leader.followers) {
      const { session } = follower;
      if (session === null || follower.isDirty) continue;
      if (follower.isWithheld) {
        if (this.#throttles.leader.isExceeded(atUs)) continue;
        session.release();
        continue;
      }
      session.markDirty(follower, follower.logEndOffset >= baseOffset ? this.#caughtUpUs(session, atUs) : LONG_AGO_US);
    }
  }

  /** Answers the long polls of this leader's followers; after all appends of a request, as Kafka's action queue does. */
  answerParked(leader: LeaderState, atUs: number): void {
    for (const { session } of leader.followers) {
      const parked = session?.parked ?? null;
      if (session === null || parked === null || !session.hasWork) continue;
      if (leader.replica.isLeaderThrottled && !this.#mayAnswer(session, atUs)) continue;
      session.parked = null;
      this.#answer(session, parked, [], atUs);
    }
  }

  /** Throttled partitions alone do not end a long poll (DelayedFetch). */
  #mayAnswer(session: FollowerSession, atUs: number): boolean {
    this.#throttle(session, atUs);
    if (!session.hasWork && session.parked !== null) this.#lookAgain(session, session.parked);
    return session.hasWork;
  }

  /** Sets aside what the leader's throttle forbids: listed replicas outside the ISR, while the quota is exceeded. */
  #throttle(session: FollowerSession, nowUs: number): void {
    const { leader: quota } = this.#throttles;
    if (session.withholds) session.release();
    if (quota.bytesPerSec === Number.POSITIVE_INFINITY || !session.hasWork || !quota.isExceeded(nowUs)) return;
    session.withhold(({ leader, broker }) => leader.replica.isLeaderThrottled && !leader.committedIsr.includes(broker));
  }

  /** The poll ends after `replica.fetch.wait.max.ms`, with what the quota allows by then. */
  #lookAgain(session: FollowerSession, exchange: FollowerExchange): void {
    const { kernel } = this.#env.ctx;
    const { incarnation } = this.#env.process;
    const atUs = exchange.pollEndUs(kernel.nowUs, this.#pollUs);
    kernel.atControl(atUs, () =>
      this.#env.process.run(() => {
        if (incarnation !== this.#env.process.incarnation || session.parked !== exchange) return;
        this.#throttle(session, kernel.nowUs);
        session.parked = null;
        this.#answer(session, exchange, [], kernel.nowUs);
      }),
    );
  }

  #forget(session: FollowerSession, partition: number): void {
    const progress = this.#env.replicas.get(this.#env.broker, partition)?.leading?.follower(session.follower);
    if (progress?.session !== session) return;
    session.drop(progress);
    progress.session = null;
  }

  #expire(session: FollowerSession, exchange: FollowerExchange): void {
    if (session.parked !== exchange) return;
    session.parked = null;
    exchange.respond(EMPTY, 40, this.#env.ctx.kernel.nowUs);
  }

  #caughtUpUs(session: FollowerSession, nowUs: number): number {
    // What the long poll told so far is kept: the append ends it, and the next fetch may never come.
    if (session.parked !== null) session.lastFetchUs = contactUs(this.#env, session, nowUs);
    return session.lastFetchUs;
  }

  /** A follower has as many sessions as it has fetcher threads for this leader. */
  #remember({ follower, id }: FollowerSession): void {
    const latest = this.#latest.get(follower) ?? [];
    this.#latest.set(follower, latest);
    latest.push(id);
    while (latest.length > this.#env.view.configs.number('num.replica.fetchers')) latest.shift();
  }

  #session(request: FollowerFetch): FollowerSession {
    let session = this.#sessions.get(request.sessionId);
    if (session === undefined) {
      session = new FollowerSession(request.sessionId, request.follower);
      this.#sessions.set(request.sessionId, session);
      this.#remember(session);
    }
    session.brokerEpoch = request.brokerEpoch;
    return session;
  }

  #position(
    session: FollowerSession,
    position: FetchPosition,
    nowUs: number,
    servedUs: number,
    errors: FollowerFetchItem[],
  ): void {
    const replica = this.#env.replicas.get(this.#env.broker, position.partition);
    const leader = replica?.leading ?? null;
    const refusal = this.#refusal(replica, position, session);
    const progress = leader?.follower(session.follower);
    if (leader === null || refusal !== 'NONE') {
      // Nothing is sent along with a refusal, and the next fetches do not ask for the partition.
      if (progress?.session === session) {
        session.drop(progress);
        progress.session = null;
      }
      errors.push({
        partition: position.partition,
        error: refusal,
        currentLeaderEpoch: position.currentLeaderEpoch,
        ...NOTHING_READ,
      });
      return;
    }
    if (progress === undefined) {
      // It knows of a reassignment that this leader has not heard of (Partition.followerReplicaOrThrow).
      errors.push({
        ...NOTHING_READ,
        partition: position.partition,
        error: 'UNKNOWN_LEADER_EPOCH',
        currentLeaderEpoch: position.currentLeaderEpoch,
      });
      return;
    }
    if (progress.session !== session) progress.isDirty = false;
    progress.session = session;
    progress.toldEpoch = leader.leaderEpoch;
    const { log } = leader.replica;
    if (position.fetchOffset < log.logStartOffset) {
      session.drop(progress);
      errors.push(outOfRange(leader));
      return;
    }
    const isOnTail = position.lastFetchedEpoch === log.lastEpoch && position.fetchOffset <= log.logEndOffset;
    const diverging = position.lastFetchedEpoch >= 0 && !isOnTail ? log.endOf(position.lastFetchedEpoch) : null;
    if (
      diverging !== null &&
      (diverging.endOffset < position.fetchOffset || diverging.leaderEpoch !== position.lastFetchedEpoch)
    ) {
      session.drop(progress);
      errors.push({
        ...NOTHING_READ,
        partition: position.partition,
        error: 'NONE',
        currentLeaderEpoch: leader.leaderEpoch,
        divergingEpoch: diverging.leaderEpoch,
        divergingEndOffset: diverging.endOffset,
        highWatermark: leader.replica.highWatermark,
      });
      return;
    }
    if (position.fetchOffset > log.logEndOffset) {
      session.drop(progress);
      errors.push(outOfRange(leader));
      return;
    }
    progress.brokerEpoch = session.brokerEpoch;
    progress.logStartOffset = position.logStartOffset;
    progress.fetched(position.fetchOffset, nowUs, log.logEndOffset);
    if (position.fetchOffset < log.logEndOffset) session.markDirty(progress, LONG_AGO_US);
    this.#isr.maybeExpand(leader, progress);
    this.#highWatermarks.maybeAdvance(leader, servedUs);
  }

  /** Epochs are compared before roles (Partition.getLocalLog), and a former incarnation's fetch is refused (KIP-903). */
  #refusal(
    replica: Replica | undefined,
    position: FetchPosition,
    { follower, brokerEpoch }: FollowerSession,
  ): ErrorName {
    const { view } = this.#env;
    if (replica === undefined || replica.image === null)
      return view.partition(position.partition) === undefined ? 'UNKNOWN_TOPIC_ID' : 'NOT_LEADER_OR_FOLLOWER';
    if (replica.isOffline) return 'KAFKA_STORAGE_ERROR';
    const error = epochError(position.currentLeaderEpoch, replica.image.leaderEpoch);
    if (error !== 'NONE') return error;
    const isStale = brokerEpoch >= 0 && view.brokerEpoch(follower) > brokerEpoch;
    return replica.leading === null || isStale ? 'NOT_LEADER_OR_FOLLOWER' : 'NONE';
  }

  #answer(session: FollowerSession, exchange: FollowerExchange, items: FollowerFetchItem[], atUs: number): void {
    let bytes = 0;
    let throttledBytes = 0;
    for (const progress of session.takeDirty()) {
      const { leader } = progress;
      if (leader.replica.leading !== leader || progress.session !== session) continue;
      if (progress.toldEpoch !== leader.leaderEpoch) {
        items.push(fenced(progress));
        continue;
      }
      if (bytes >= this.#maxBytes) {
        session.markDirty(progress, LONG_AGO_US);
        continue;
      }
      const item = this.#read(leader, progress);
      progress.owesHighWatermark = false;
      bytes += item.bytes;
      if (leader.replica.isLeaderThrottled) throttledBytes += item.bytes;
      items.push(item);
    }
    if (throttledBytes > 0) this.#throttles.leader.record(throttledBytes, this.#env.ctx.kernel.nowUs);
    this.#news?.tell(session, items);
    exchange.respond(
      items.length === 0 ? EMPTY : { items },
      40 + 40 * items.length + bytes,
      pollAnsweredUs(atUs, bytes),
    );
  }

  #read(leader: LeaderState, progress: FollowerProgress): FollowerFetchItem {
    const { replica } = leader;
    const { log } = replica;
    const from = progress.logEndOffset;
    const endOffset = log.readEnd(from, log.logEndOffset, this.#maxPartitionBytes);
    const bytes = Math.round(log.bytesBetween(from, endOffset));
    const { ctx, broker, brokerProcesses } = this.#env;
    const crosses = ctx.network.links.crossesZone(this.#env.process, brokerProcesses[progress.broker]!);
    ctx.recorder.fetched('follower', replica.partition, broker, crosses, bytes, 0, ctx.kernel.nowUs, progress.broker);
    return {
      partition: replica.partition,
      error: 'NONE',
      currentLeaderEpoch: leader.leaderEpoch,
      spans: log.spans(from, endOffset),
      fetchOffset: from,
      endOffset,
      bytes,
      highWatermark: replica.highWatermark,
      logStartOffset: log.logStartOffset,
      divergingEpoch: -1,
      divergingEndOffset: -1,
    };
  }
}

/** The follower cuts its log back to this leader's end, or starts anew at its start. */
function outOfRange({ replica: { partition, log }, leaderEpoch }: LeaderState): FollowerFetchItem {
  return {
    ...NOTHING_READ,
    partition,
    error: 'OFFSET_OUT_OF_RANGE',
    currentLeaderEpoch: leaderEpoch,
    logStartOffset: log.logStartOffset,
    endOffset: log.logEndOffset,
  };
}

/** The leader went on in a higher epoch than the follower named: it asks again once metadata has told it. */
function fenced(progress: FollowerProgress): FollowerFetchItem {
  progress.session = null;
  return {
    ...NOTHING_READ,
    partition: progress.leader.replica.partition,
    error: 'FENCED_LEADER_EPOCH',
    currentLeaderEpoch: progress.toldEpoch,
  };
}

function epochError(requested: number, current: number): 'NONE' | 'FENCED_LEADER_EPOCH' | 'UNKNOWN_LEADER_EPOCH' {
  if (requested === current) return 'NONE';
  return requested < current ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
}
