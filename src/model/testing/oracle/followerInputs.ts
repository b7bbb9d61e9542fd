import type { Exchange } from '../../network/exchange.ts';
import type {
  FollowerExchange,
  FollowerFetch,
  FollowerFetchItem,
  FollowerFetchResponse,
} from '../../replication/followerSession.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import type { Ground } from './ground.ts';
import type { PlainReply } from './plainBrokers.ts';
import { type Stamps, stamped } from './stamps.ts';

/** `replica.fetch.wait.max.ms`. */
const POLL_US = 500_000;

interface Poll {
  readonly broker: number;
  readonly request: FollowerFetch;
  readonly env: BrokerEnvironment;
  lastUs: number;
}

/** Followers fetch, are answered, and get the answers. */
export class FollowerInputs {
  readonly #ground: Ground;
  /** Long polls that a leader holds, by `broker/session`. */
  readonly #polls = new Map<string, Poll>();
  readonly #replies = new WeakMap<object, { readonly source: number; readonly replies: readonly PlainReply[] }>();
  readonly #held = new WeakSet<object>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  died(broker: number): void {
    for (const [key, poll] of this.#polls) if (poll.broker === broker) this.#polls.delete(key);
  }

  /** Long polls that nobody simulated are played now: each of a broker's parked sessions polled again and again. */
  playPolls(broker: number): void {
    for (const poll of this.#polls.values()) {
      if (poll.broker !== broker) continue;
      const { env, request } = poll;
      const silentUs = env.ctx.network.silence.sinceUs(env.process, env.brokerProcesses[request.follower]!);
      const untilUs = silentUs < 0 ? this.#ground.nowUs : Math.min(silentUs, this.#ground.nowUs);
      while (poll.lastUs + POLL_US <= untilUs) {
        poll.lastUs += POLL_US;
        this.#ground.brokers.renewed(broker, request.follower, request.sessionId, poll.lastUs);
      }
    }
  }

  parked(exchange: Exchange<unknown, unknown>, atUs: number): void {
    this.#held.add(exchange);
    const request = exchange.request as FollowerFetch;
    const env = this.#ground.brokerOf(exchange);
    if (env !== undefined)
      this.#polls.set(`${env.broker}/${request.sessionId}`, { broker: env.broker, request, env, lastUs: atUs });
  }

  followerFetched(env: BrokerEnvironment, exchange: FollowerExchange, stamps: Stamps): void {
    this.#ground.meet(env);
    const { request } = exchange;
    const positions = request.positions.map(({ partition, fetchOffset, currentLeaderEpoch, lastFetchedEpoch }) => ({
      partition,
      offset: fetchOffset,
      leaderEpoch: currentLeaderEpoch,
      lastEpoch: lastFetchedEpoch,
      brokerEpoch: request.brokerEpoch,
    }));
    // A session that begins is the end of the follower's former one, whose connection is gone.
    for (const [key, poll] of this.#polls)
      if (poll.broker === env.broker && poll.request.follower === request.follower) this.#polls.delete(key);
    const told = this.#ground.brokers.fetch(
      env.broker,
      request.follower,
      request.sessionId,
      positions,
      this.#ground.nowUs,
    );
    for (const replica of told) {
      this.#ground.brokers.advance(replica, stamped(this.#ground, replica, stamps));
      this.#ground.touch(replica);
    }
  }

  answered(exchange: FollowerExchange, response: FollowerFetchResponse): void {
    const env = this.#ground.brokerOf(exchange as unknown as Exchange<unknown, unknown>);
    if (env === undefined) return;
    const { sessionId } = exchange.request;
    this.#polls.delete(`${env.broker}/${sessionId}`);
    const replies: PlainReply[] = [];
    const items = new Map(response.items.map((item) => [item.partition, item]));
    this.#ground.expect(
      items.size === response.items.length,
      () => `broker ${env.broker} answers for a partition twice`,
    );
    const isHeld = this.#held.has(exchange);
    for (const position of this.#ground.brokers.positionsOf(env.broker, sessionId)) {
      const reply = this.#ground.brokers.reply(env.broker, exchange.request.follower, position, isHeld);
      const item = items.get(position.partition);
      // A long poll that has been held since tells an error or a divergence with its next round.
      const isNews =
        !this.#held.has(exchange) &&
        exchange.request.positions.some(({ partition }) => partition === position.partition);
      const saysSomething =
        reply.records.length > 0 || (isNews && (reply.error !== 'NONE' || reply.diverging !== null));
      const follows = this.#ground.brokers.follows(exchange.request.follower, env.broker, position);
      if (reply.error !== 'NONE' || !follows) this.#ground.brokers.forget(env.broker, sessionId, position.partition);
      if (item === undefined) {
        this.#ground.expect(
          !saysSomething || !follows,
          () =>
            `broker ${env.broker} tells a follower nothing of ${position.partition}: ${JSON.stringify({ ...reply, records: reply.records.length })}`,
        );
        continue;
      }
      this.#compareReply(env.broker, item, reply);
      replies.push(reply);
    }
    this.#replies.set(response, { source: env.broker, replies });
  }

  #compareReply(broker: number, item: FollowerFetchItem, reply: PlainReply): void {
    const mine = reply.error !== 'NONE' ? reply.error : reply.diverging !== null ? 'diverging' : 'records';
    const theirs = item.error !== 'NONE' ? item.error : item.divergingEndOffset >= 0 ? 'diverging' : 'records';
    const of = `broker ${broker} answers a fetch of partition ${item.partition}`;
    this.#ground.expect(mine === theirs, () => `${of} with ${theirs}, not with ${mine}`);
    if (reply.diverging !== null) {
      const { epoch, end } = reply.diverging;
      this.#ground.expect(
        item.divergingEpoch === epoch && item.divergingEndOffset === end,
        () => `${of}: epoch ${item.divergingEpoch} ends at ${item.divergingEndOffset}, not ${epoch} at ${end}`,
      );
    } else if (mine === 'records') {
      const end = reply.from + reply.records.length;
      this.#ground.expect(
        item.fetchOffset === reply.from,
        () => `${of} from ${item.fetchOffset}, not from ${reply.from}`,
      );
      this.#ground.expect(item.endOffset === end, () => `${of} up to ${item.endOffset}, not up to ${end}`);
      this.#ground.expect(
        item.highWatermark === reply.highWatermark,
        () => `${of} with the high watermark ${item.highWatermark}, not ${reply.highWatermark}`,
      );
    }
  }

  received(exchange: FollowerExchange, response: FollowerFetchResponse): void {
    const { follower } = exchange.request;
    const told = this.#replies.get(response);
    this.#ground.inputs++;
    if (told === undefined) return;
    for (const reply of told.replies) {
      this.#ground.brokers.receive(follower, told.source, reply);
      this.#ground.touch(this.#ground.brokers.replica(follower, reply.partition));
    }
  }
}
