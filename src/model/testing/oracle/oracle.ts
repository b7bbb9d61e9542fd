import type { Scenario } from '../../../scenario/scenario.ts';
import type { MetadataBatch, MetadataRecords, PartitionEntry } from '../../controller/metadataBatch.ts';
import type { AlterPartitionItem, AlterPartitionResult, MetadataDelta, PartitionImage } from '../../metadata.ts';
import type { Exchange } from '../../network/exchange.ts';
import type { FetchResponse, ProduceRequest, ProduceResponse } from '../../protocol.ts';
import type {
  FollowerExchange,
  FollowerFetch,
  FollowerFetchItem,
  FollowerFetchResponse,
} from '../../replication/followerSession.ts';
import type { Replica } from '../../replication/replica.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import { PlainBrokers, type PlainReply, type SentBatch } from './plainBrokers.ts';
import { type PlainBatch, type PlainControl, PlainController } from './plainController.ts';
import type { PlainOutcome, PlainPartition } from './plainPartition.ts';
import type { PlainReplica } from './plainReplica.ts';
import type { InternalAnswer, LearnedPart, Stamps, Watcher } from './watch.ts';

type AnyExchange = Exchange<unknown, unknown>;

/** The model and the oracle do not agree. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

/** A produce request that waits for high watermarks. */
interface Waiting {
  readonly exchange: AnyExchange | InternalAnswer;
  readonly broker: number;
  readonly partitions: readonly number[];
  readonly required: readonly number[];
  readonly leaderEpochs: readonly number[];
}

interface Poll {
  readonly broker: number;
  readonly request: FollowerFetch;
  readonly env: BrokerEnvironment;
  lastUs: number;
}

/**
 * Replays what happens to a cluster into plain arrays and compares every log, high watermark, ISR and leader after each
 * input. The inputs are what the oracle cannot know: when a message arrived, when a process died or started, when a scan
 * began, which session ended. What follows from them it decides by itself.
 *
 * Not decided here: how much of a log a process finds after its start (it must be a prefix), where retention cuts (it may
 * not pass the high watermark), and which assignment an administrator asked for.
 */
export class Oracle implements Watcher {
  readonly brokers: PlainBrokers;
  readonly controller: PlainController;
  inputs = 0;
  readonly #scenario: Scenario;
  #envs = new Map<number, BrokerEnvironment>();
  #nowUs: () => number = () => 0;
  readonly #touched = new Set<string>();
  readonly #verifiedEnd = new Map<Replica, number>();
  readonly #polls = new Map<string, Poll>();
  readonly #replies = new WeakMap<object, { readonly source: number; readonly replies: readonly PlainReply[] }>();
  readonly #held = new WeakSet<object>();
  readonly #waiting: Waiting[] = [];
  readonly #answers = new Map<readonly AlterPartitionItem[], readonly string[]>();
  readonly #uncommitted = new Map<number, readonly PlainPartition[]>();
  readonly #unclean = new Set<number>();
  readonly #starting = new Set<number>();
  #isBootstrapped = false;

  constructor(scenario: Scenario, topicOf: (partition: number) => string) {
    this.#scenario = scenario;
    const [cluster] = scenario.clusters;
    if (cluster === undefined || scenario.clusters.length > 1) throw new Error('the oracle knows one cluster');
    this.brokers = new PlainBrokers(cluster, topicOf);
    this.controller = new PlainController(cluster, topicOf);
  }

  #fail(what: string): never {
    throw new Disagreement(`at ${(this.#nowUs() / 1e6).toFixed(6)} s: ${what}`);
  }

  #expect(isRight: boolean, what: () => string): void {
    if (!isRight) this.#fail(what());
  }

  #touch(replica: PlainReplica | undefined): void {
    if (replica !== undefined) this.#touched.add(`${replica.broker}/${replica.partition}`);
  }

  // ── brokers ───────────────────────────────────────────────────────────────────────────────────

  learned(env: BrokerEnvironment, delta: MetadataDelta, part: LearnedPart): void {
    this.#meet(env);
    if (part.isFirst) this.#beginToLearn(env.broker, delta);
    for (const image of part.partitions) this.#learnPartition(env.broker, image);
    if (!part.isLast) return;
    for (const replica of this.brokers.broker(env.broker).replicas.values()) {
      if (delta.brokers.length + delta.configs.length > 0) this.brokers.advance(replica, this.#nowUs());
      this.#touch(replica);
    }
  }

  #learnPartition(broker: number, image: PartitionImage): void {
    const known = this.controller.version(image.partition, image.partitionEpoch);
    if (known === undefined) this.#fail(`broker ${broker} learns a version of a partition that was never committed`);
    this.brokers.learnPartition(broker, known, this.#nowUs());
    this.#touch(this.brokers.replica(broker, image.partition));
  }

  #beginToLearn(broker: number, delta: MetadataDelta): void {
    if (!this.#isBootstrapped) {
      this.#isBootstrapped = true;
      for (const one of delta.brokers)
        this.#bootBroker(one.broker, one.fenced ? 'FENCED' : 'UNFENCED', one.brokerEpoch);
      for (const image of delta.partitions) this.controller.begin(newPartition(image));
    }
    this.#pollsOf(broker);
    if (this.#starting.delete(broker)) this.#recover(broker);
    for (const one of delta.brokers)
      this.brokers.learnBroker(broker, one.broker, !one.fenced && !one.inControlledShutdown, one.brokerEpoch);
    for (const { topic, broker: of, name, value } of delta.configs)
      this.brokers.learnConfig(broker, topic, of, name, value);
  }

  #bootBroker(broker: number, control: PlainControl, epoch: number): void {
    const batch = { partitions: [], configs: [], broker: { broker, control, epoch } };
    this.controller.append(batch);
    this.controller.commit(batch);
  }

  #meet(env: BrokerEnvironment): void {
    this.#envs.set(env.broker, env);
    this.#nowUs = () => env.ctx.kernel.nowUs;
    this.inputs++;
  }

  died(env: BrokerEnvironment): void {
    this.#meet(env);
    this.brokers.died(env.broker);
    this.#starting.add(env.broker);
    for (const [key, poll] of this.#polls) if (poll.broker === env.broker) this.#polls.delete(key);
    this.#dropWaiting((one) => one.broker === env.broker);
  }

  /** What the disk gives back is a prefix of what was there, and the high watermark at most what it was. */
  #recover(broker: number): void {
    for (const plain of this.brokers.broker(broker).replicas.values()) {
      const replica = this.modelReplica(broker, plain.partition);
      if (replica === undefined) continue;
      const { logEndOffset } = replica.log;
      this.#expect(logEndOffset <= plain.end, () => `the log of ${name(plain)} grew while its broker was down`);
      plain.truncateTo(logEndOffset);
      this.#expect(replica.highWatermark <= plain.highWatermark, () => `${name(plain)} came back with a higher mark`);
      plain.highWatermark = replica.highWatermark;
    }
  }

  modelReplica(broker: number, partition: number): Replica | undefined {
    return this.#envs.get(broker)?.replicas.get(broker, partition);
  }

  /** Long polls that nobody simulated are played now: each of a broker's parked sessions polled again and again. */
  #pollsOf(broker: number): void {
    for (const poll of this.#polls.values()) {
      if (poll.broker !== broker) continue;
      const { env, request } = poll;
      const waitUs = 500_000;
      const silentUs = env.ctx.network.silence.sinceUs(env.process, env.brokerProcesses[request.follower]!);
      const untilUs = silentUs < 0 ? this.#nowUs() : Math.min(silentUs, this.#nowUs());
      while (poll.lastUs + waitUs <= untilUs) {
        poll.lastUs += waitUs;
        this.brokers.renewed(broker, request.follower, request.sessionId, poll.lastUs);
      }
    }
  }

  produced(env: BrokerEnvironment, exchange: AnyExchange, stamps: Stamps): void {
    this.#meet(env);
    const { batches, acks } = exchange.request as ProduceRequest;
    this.#pollsOf(env.broker);
    const appends = batches.map((batch) => this.brokers.append(env.broker, batch as SentBatch, acks));
    this.#afterAppend(env.broker, batches, stamps);
    this.#verdicts.set(exchange, {
      errors: appends.map(({ error }) => error),
      offsets: appends.map((a) => a.baseOffset),
    });
    if (acks === -1) this.#wait(exchange, env.broker, batches, appends);
  }

  readonly #verdicts = new WeakMap<
    object,
    { readonly errors: readonly string[]; readonly offsets: readonly number[] }
  >();

  wroteInternally(
    env: BrokerEnvironment,
    partition: number,
    bytes: number,
    answer: InternalAnswer,
    stamps: Stamps,
  ): void {
    this.#meet(env);
    this.#pollsOf(env.broker);
    const batch: SentBatch = {
      partition,
      lane: -1,
      first: 0,
      count: 1,
      bytes,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
    };
    const append = this.brokers.append(env.broker, batch, -1);
    this.#afterAppend(env.broker, [batch], stamps);
    if (append.error !== 'NONE')
      this.#expect(answer.error === append.error, () => `a coordinator's record: ${answer.error}, not ${append.error}`);
  }

  #afterAppend(broker: number, batches: readonly { readonly partition: number }[], stamps: Stamps): void {
    for (const { partition } of batches) {
      const replica = this.brokers.replica(broker, partition);
      if (replica === undefined) continue;
      this.brokers.advance(replica, this.#stamped(replica, stamps));
      this.#touch(replica);
    }
  }

  #stamped({ broker, partition }: PlainReplica, stamps: Stamps): number {
    return stamps.get(`${broker}/${partition}`) ?? this.#nowUs();
  }

  #wait(
    exchange: AnyExchange,
    broker: number,
    batches: readonly { readonly partition: number }[],
    appends: readonly { readonly required: number }[],
  ): void {
    this.#waiting.push({
      exchange,
      broker,
      partitions: batches.map(({ partition }) => partition),
      required: appends.map(({ required }) => required),
      leaderEpochs: batches.map(
        ({ partition }) => this.brokers.replica(broker, partition)?.leader?.partition.leaderEpoch ?? -1,
      ),
    });
  }

  #dropWaiting(isOver: (one: Waiting) => boolean): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--) if (isOver(this.#waiting[i]!)) this.#waiting.splice(i, 1);
  }

  /** Whether the batch at `i` is replicated now as far as acks=all asks. */
  #isReplicated(one: Waiting, i: number): boolean {
    const replica = this.brokers.replica(one.broker, one.partitions[i]!);
    if (one.required[i]! < 0) return true;
    if (replica === undefined || replica.leader?.partition.leaderEpoch !== one.leaderEpochs[i]) return false;
    return replica.highWatermark >= one.required[i]!;
  }

  parked(exchange: AnyExchange, atUs: number): void {
    if (exchange.api !== 'FollowerFetch') return;
    this.#held.add(exchange);
    const request = exchange.request as FollowerFetch;
    const env = this.#brokerOf(exchange);
    if (env !== undefined)
      this.#polls.set(`${env.broker}/${request.sessionId}`, { broker: env.broker, request, env, lastUs: atUs });
  }

  #brokerOf(exchange: AnyExchange): BrokerEnvironment | undefined {
    for (const env of this.#envs.values()) if (env.process === exchange.server) return env;
    return undefined;
  }

  followerFetched(env: BrokerEnvironment, exchange: FollowerExchange, stamps: Stamps): void {
    this.#meet(env);
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
    const told = this.brokers.fetch(env.broker, request.follower, request.sessionId, positions, this.#nowUs());
    for (const replica of told) {
      this.brokers.advance(replica, this.#stamped(replica, stamps));
      this.#touch(replica);
    }
  }

  answered(exchange: AnyExchange, response: unknown, atUs: number): void {
    if (exchange.api === 'FollowerFetch')
      this.#followerAnswered(exchange as FollowerExchange, response as FollowerFetchResponse);
    else if (exchange.api === 'Produce') this.#produceAnswered(exchange, response as ProduceResponse, atUs);
    else if (exchange.api === 'Fetch') this.#consumerAnswered(exchange, response as FetchResponse);
  }

  #followerAnswered(exchange: FollowerExchange, response: FollowerFetchResponse): void {
    const env = this.#brokerOf(exchange as unknown as AnyExchange);
    if (env === undefined) return;
    const { sessionId } = exchange.request;
    this.#polls.delete(`${env.broker}/${sessionId}`);
    const replies: PlainReply[] = [];
    const items = new Map(response.items.map((item) => [item.partition, item]));
    this.#expect(items.size === response.items.length, () => `broker ${env.broker} answers for a partition twice`);
    const isHeld = this.#held.has(exchange);
    for (const position of this.brokers.positionsOf(env.broker, sessionId)) {
      const reply = this.brokers.reply(env.broker, exchange.request.follower, position, isHeld);
      const item = items.get(position.partition);
      // A long poll that has been held since tells an error or a divergence with its next round.
      const isNews =
        !this.#held.has(exchange) &&
        exchange.request.positions.some(({ partition }) => partition === position.partition);
      const saysSomething =
        reply.records.length > 0 || (isNews && (reply.error !== 'NONE' || reply.diverging !== null));
      const follows = this.brokers.follows(exchange.request.follower, env.broker, position);
      if (reply.error !== 'NONE' || !follows) this.brokers.forget(env.broker, sessionId, position.partition);
      if (item === undefined) {
        this.#expect(
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
    this.#expect(mine === theirs, () => `${of} with ${theirs}, not with ${mine}`);
    if (reply.diverging !== null) {
      const { epoch, end } = reply.diverging;
      this.#expect(
        item.divergingEpoch === epoch && item.divergingEndOffset === end,
        () => `${of}: epoch ${item.divergingEpoch} ends at ${item.divergingEndOffset}, not ${epoch} at ${end}`,
      );
    } else if (mine === 'records') {
      const end = reply.from + reply.records.length;
      this.#expect(item.fetchOffset === reply.from, () => `${of} from ${item.fetchOffset}, not from ${reply.from}`);
      this.#expect(item.endOffset === end, () => `${of} up to ${item.endOffset}, not up to ${end}`);
      this.#expect(
        item.highWatermark === reply.highWatermark,
        () => `${of} with the high watermark ${item.highWatermark}, not ${reply.highWatermark}`,
      );
    }
  }

  #produceAnswered(exchange: AnyExchange, response: ProduceResponse, atUs: number): void {
    const { acks, timeoutUs } = exchange.request as ProduceRequest;
    const waiting = this.#waiting.find((one) => one.exchange === exchange);
    const verdict = this.#verdicts.get(exchange);
    const env = this.#brokerOf(exchange);
    this.#dropWaiting((one) => one.exchange === exchange);
    if (verdict === undefined || env === undefined) return;
    verdict.errors.forEach((expected, i) => {
      const error = response.errors[i]!;
      if (expected !== 'NONE' || acks !== -1) {
        this.#expect(error === expected, () => `a produce request is answered with ${error}, not with ${expected}`);
        return;
      }
      if (waiting === undefined) return;
      const replica = this.brokers.replica(env.broker, waiting.partitions[i]!);
      const leads = replica?.leader?.partition.leaderEpoch === waiting.leaderEpochs[i];
      const isReplicated = this.#isReplicated(waiting, i);
      if (error === 'NOT_LEADER_OR_FOLLOWER') this.#expect(!leads, () => `a leader says that it is none`);
      else if (error === 'REQUEST_TIMED_OUT')
        this.#expect(!isReplicated && atUs >= timeoutUs, () => `REQUEST_TIMED_OUT for records that are replicated`);
      else if (leads)
        this.#expect(
          isReplicated,
          () =>
            `acks=all is answered with ${error} at ${atUs}: ${waiting.partitions[i]} needs ${waiting.required[i]}, has ${replica?.highWatermark}`,
        );
    });
  }

  /** Nobody reads beyond the high watermark, and what is read is what is stored. */
  #consumerAnswered(exchange: AnyExchange, response: FetchResponse): void {
    const env = this.#brokerOf(exchange);
    if (env === undefined) return;
    for (const { partition, ranges, error } of response.partitions) {
      const replica = this.brokers.replica(env.broker, partition);
      if (error !== 'NONE' || ranges.length === 0) continue;
      if (replica === undefined) this.#fail(`broker ${env.broker} serves partition ${partition} that it does not hold`);
      for (const { offset, count, lane, first } of ranges) {
        this.#expect(
          offset + count <= replica.highWatermark,
          () => `a consumer reads ${name(replica)} up to ${offset + count}, above ${replica.highWatermark}`,
        );
        for (let i = 0; i < count; i++) {
          const record = replica.at(offset + i);
          this.#expect(record.lane === lane, () => `a consumer reads another record at ${offset + i}`);
          if (lane >= 0)
            this.#expect(record.number === first + i, () => `a consumer reads another record at ${offset + i}`);
        }
      }
    }
  }

  followerReceived(exchange: FollowerExchange, response: FollowerFetchResponse): void {
    const { follower } = exchange.request;
    const told = this.#replies.get(response);
    this.inputs++;
    if (told === undefined) return;
    for (const reply of told.replies) {
      this.brokers.receive(follower, told.source, reply);
      this.#touch(this.brokers.replica(follower, reply.partition));
    }
  }

  // ── the ISR ───────────────────────────────────────────────────────────────────────────────────

  scanned(env: BrokerEnvironment): void {
    this.#meet(env);
    this.#pollsOf(env.broker);
    for (const replica of this.brokers.broker(env.broker).replicas.values()) {
      const { leader } = replica;
      if (leader === null) continue;
      const laggards = leader.laggards(this.#nowUs(), this.brokers.around(replica).lagUs);
      if (laggards.length > 0) {
        const isr = leader.partition.isr.filter((id) => !laggards.includes(id));
        leader.ask(isr, this.brokers.epochOf(env.broker, env.broker));
      }
      this.#touch(replica);
    }
  }

  expandedIdle(env: BrokerEnvironment): void {
    this.#meet(env);
    for (const replica of this.brokers.broker(env.broker).replicas.values())
      if (replica.leader !== null) this.#touch(replica);
  }

  asked(broker: number, items: readonly AlterPartitionItem[]): void {
    for (const item of items) {
      const pending = this.brokers.replica(broker, item.partition)?.leader?.pending ?? null;
      const of = `broker ${broker} asks for the ISR ${item.newIsr} of partition ${item.partition}`;
      if (pending === null) this.#fail(`${of}; nothing is pending`);
      this.#expect(sameSet(pending.isr, item.newIsr), () => `${of}, not for ${pending.isr}`);
      this.#expect(
        pending.leaderEpoch === item.leaderEpoch && pending.partitionEpoch === item.partitionEpoch,
        () => `${of} in epoch ${item.leaderEpoch}/${item.partitionEpoch}`,
      );
      const epochs = pending.epochs.join();
      this.#expect(
        epochs === item.newIsrEpochs?.join(),
        () => `${of} with the broker epochs ${item.newIsrEpochs}, not ${epochs}`,
      );
    }
  }

  handled(broker: number, items: readonly AlterPartitionItem[], records: MetadataRecords | null): void {
    this.inputs++;
    const errors: string[] = [];
    const changed: PlainOutcome[] = [];
    for (const item of items) {
      const { partition, newIsr: isr, newIsrEpochs: epochs = [], leaderEpoch, partitionEpoch } = item;
      const ask = { partition, isr, epochs, leaderEpoch, partitionEpoch };
      const { error, outcome } = this.controller.alter(broker, ask);
      errors.push(outcome !== null && outcome.partition.leader !== broker ? 'NEW_LEADER_ELECTED' : error);
      if (outcome !== null) changed.push(outcome);
    }
    this.#answers.set(items, errors);
    this.#compareEntries('AlterPartition', records?.partitions ?? [], changed);
    if (records !== null) this.#write(records, changed);
  }

  altered(broker: number, items: readonly AlterPartitionItem[], results: readonly AlterPartitionResult[]): void {
    this.inputs++;
    const expected = this.#answers.get(items);
    this.#pollsOf(broker);
    results.forEach((result, i) => {
      const item = items[i]!;
      const of = `AlterPartition for partition ${item.partition}`;
      this.#expect(result.error === expected?.[i], () => `${of} is answered ${result.error}, not ${expected?.[i]}`);
      const replica = this.brokers.replica(broker, item.partition);
      const leader = replica?.leader ?? null;
      if (replica === undefined || leader === null) return;
      this.#touch(replica);
      const { pending } = leader;
      const isSame =
        pending !== null &&
        pending.leaderEpoch === item.leaderEpoch &&
        pending.partitionEpoch === item.partitionEpoch &&
        sameSet(pending.isr, item.newIsr);
      if (!isSame) return;
      if (result.error === 'NONE') {
        const image = result.image!;
        const version = this.controller.version(item.partition, image.partitionEpoch);
        if (version === undefined) this.#fail(`${of} is answered with a version that was never committed`);
        // It began another leader epoch as well: metadata will tell.
        if (version.leaderEpoch !== leader.partition.leaderEpoch) return;
        if (version.partitionEpoch > leader.partition.partitionEpoch) {
          if (replica.known !== null && version.partitionEpoch > replica.known.partitionEpoch) replica.known = version;
          leader.adopt(version);
          this.brokers.advance(replica, this.#nowUs());
        }
        leader.pending = null;
      } else if (result.error === 'INELIGIBLE_REPLICA' || result.error === 'OPERATION_NOT_ATTEMPTED')
        leader.pending = null;
      else if (result.error === 'NOT_CONTROLLER') leader.ask(pending.isr, this.brokers.epochOf(broker, broker));
    });
  }

  // ── the controller ────────────────────────────────────────────────────────────────────────────

  registering(broker: number, clean: boolean): void {
    if (clean) this.#unclean.delete(broker);
    else this.#unclean.add(broker);
  }

  appended({ records }: MetadataBatch): void {
    this.inputs++;
    const { broker } = records;
    if (broker === null) {
      this.#appendedForPartitions(records);
      return;
    }
    const { broker: id, control } = broker.entry;
    const before = this.controller.current.brokers.get(id) ?? 'FENCED';
    const returnsUnclean = this.#unclean.has(id) && this.#scenario.clusters[0]!.eligibleLeaderReplicas;
    const expected =
      control === 'UNFENCED'
        ? this.controller.withBroker(id)
        : broker.reason === 'registered'
          ? this.controller.withoutBroker(id, returnsUnclean)
          : before === 'UNFENCED'
            ? this.controller.withoutBroker(id, false)
            : [];
    this.#compareEntries(`broker ${id}: ${before} to ${control} (${broker.reason})`, records.partitions, expected);
    this.#write(records, expected);
  }

  #appendedForPartitions(records: MetadataRecords): void {
    const outcomes: PlainOutcome[] = [];
    for (const entry of records.partitions) {
      const before = this.controller.current.partitions.get(entry.partition);
      if (before === undefined) {
        outcomes.push({ partition: newPartition(imageOf(entry)), unclean: false });
        continue;
      }
      const outcome = this.#asAsked(entry, before);
      if (outcome === null) this.#fail(`${entry.reason}: partition ${entry.partition} has no reason to change`);
      outcomes.push(outcome);
    }
    const [first] = records.partitions;
    if (first?.reason === 'preferredElection') this.#compareBalance(records.partitions);
    this.#compareEntries(first?.reason ?? 'batch', records.partitions, outcomes);
    this.#write(records, outcomes);
  }

  /** What somebody asked for is taken from the record; what becomes of it is not. */
  #asAsked(entry: PartitionEntry, before: PlainPartition): PlainOutcome | null {
    switch (entry.reason) {
      case 'preferredElection':
        return this.controller.change(before, { election: 'preferred' });
      case 'uncleanElection':
        return before.leader < 0 ? this.controller.change(before, { election: 'unclean' }) : null;
      case 'electLeaders':
        return this.controller.change(before, {
          election: before.leader < 0 && entry.unclean ? 'unclean' : 'preferred',
        });
      case 'configChanged':
        return { partition: { ...before, elr: [], lastKnown: [] }, unclean: false };
      default: {
        const { replicas, adding, removing } = entry.registration;
        return this.controller.change(before, { replicas, adding, removing });
      }
    }
  }

  /** Every partition whose preferred replica is active and in sync, and does not lead. */
  #compareBalance(entries: readonly PartitionEntry[]): void {
    const due = [...this.controller.current.partitions.values()].filter(
      ({ leader, replicas, isr }) =>
        leader !== replicas[0] && isr.includes(replicas[0]!) && this.controller.isActive(replicas[0]!),
    );
    const theirs = entries.map(({ partition }) => partition);
    this.#expect(
      sameSet(
        due.map(({ partition }) => partition),
        theirs,
      ),
      () => `preferred leaders of ${theirs} are elected, due were ${due.map(({ partition }) => partition)}`,
    );
  }

  #compareEntries(why: string, entries: readonly PartitionEntry[], expected: readonly PlainOutcome[]): void {
    for (const { partition, unclean } of expected) {
      const entry = entries.find((one) => one.partition === partition.partition);
      const of = `${why}: partition ${partition.partition}`;
      if (entry === undefined) this.#fail(`${of} should become ${show(partition)}`);
      const mine = show(partition);
      const theirs = show(newPartition(imageOf(entry), entry));
      this.#expect(mine === theirs, () => `${of} becomes\n  ${theirs}, not\n  ${mine}`);
      this.#expect(entry.unclean === unclean, () => `${of}: unclean is ${entry.unclean}`);
    }
    const extra = entries.find(({ partition }) => !expected.some((one) => one.partition.partition === partition));
    if (extra !== undefined) this.#fail(`${why}: partition ${extra.partition} changes without reason`);
  }

  #write(records: MetadataRecords, outcomes: readonly PlainOutcome[]): void {
    this.controller.append({
      partitions: outcomes.map(({ partition }) => partition),
      broker: brokerOf(records),
      configs: records.configs,
    });
    for (const { partition } of outcomes) this.#decided.push(partition);
  }

  readonly #decided: PlainPartition[] = [];

  committed({ records }: MetadataBatch): void {
    this.inputs++;
    const partitions = records.partitions.map((entry) => {
      const { partition, registration } = entry;
      const decided = this.#decided.findLast(
        (one) =>
          one.partition === partition &&
          one.partitionEpoch === registration.partitionEpoch &&
          show(one) === show(newPartition(imageOf(entry), entry)),
      );
      if (decided === undefined) this.#fail(`partition ${partition} commits what nobody decided`);
      return decided;
    });
    const broker = brokerOf(records);
    const batch = { partitions, broker, configs: records.configs };
    this.controller.commit(batch);
  }

  abandoned(): void {
    this.inputs++;
    this.controller.revert();
  }

  // ── comparison ────────────────────────────────────────────────────────────────────────────────

  settled(): void {
    for (const key of this.#touched) {
      const [broker, partition] = key.split('/').map(Number);
      const plain = this.brokers.replica(broker!, partition!);
      if (plain !== undefined) this.#compare(plain);
    }
    this.#touched.clear();
    for (const waiting of this.#waiting)
      if (waiting.required.every((_, i) => this.#isReplicated(waiting, i)))
        this.#fail(`acks=all is not answered although its records are replicated`);
  }

  #compare(plain: PlainReplica): void {
    const replica = this.modelReplica(plain.broker, plain.partition);
    if (replica === undefined) this.#fail(`${name(plain)} is missing`);
    const { log, leading } = replica;
    const differs = (what: string, theirs: unknown, mine: unknown): void =>
      this.#expect(theirs === mine, () => `${what} of ${name(plain)} is ${theirs}, not ${mine}`);
    differs('the role', leading !== null, plain.leader !== null);
    differs('the log end', log.logEndOffset, plain.end);
    if (log.logStartOffset > plain.logStart) {
      this.#expect(
        log.logStartOffset <= plain.highWatermark,
        () => `retention cuts ${name(plain)} at ${log.logStartOffset}, above ${plain.highWatermark}`,
      );
      plain.logStart = log.logStartOffset;
    }
    differs('the log start', log.logStartOffset, plain.logStart);
    differs('the last epoch', log.lastEpoch, plain.lastEpoch);
    differs('the high watermark', replica.highWatermark, plain.highWatermark);
    differs('the leader epoch', replica.image?.leaderEpoch, plain.known?.leaderEpoch);
    differs('the leader', replica.image?.leader, plain.known?.leader);
    differs('the ISR', listed(replica.image?.isr), listed(plain.known?.isr));
    if (leading !== null && plain.leader !== null) {
      differs('the committed ISR', listed(leading.committedIsr), listed(plain.leader.partition.isr));
      this.#comparePending(plain, leading.pending);
    }
    this.#compareRecords(plain, replica, Math.min(this.#verifiedEnd.get(replica) ?? 0, plain.end));
    this.#verifiedEnd.set(replica, plain.end);
  }

  #comparePending(plain: PlainReplica, pending: AlterPartitionItem | null): void {
    const leader = plain.leader!;
    const mine = leader.pending === null ? 'none' : listed(leader.pending.isr);
    const theirs = pending === null ? 'none' : listed(pending.newIsr);
    this.#expect(mine === theirs, () => `the pending ISR of ${name(plain)} is ${theirs}, not ${mine}`);
  }

  #compareRecords(plain: PlainReplica, { log }: Replica, from: number): void {
    const begin = Math.max(from, log.logStartOffset);
    if (begin >= plain.end) return;
    let offset = begin;
    for (const range of log.ranges(begin, plain.end)) {
      for (let i = 0; i < range.count; i++, offset++) {
        const record = plain.at(offset);
        const isSame =
          range.offset + i === offset &&
          record.epoch === range.leaderEpoch &&
          record.lane === range.lane &&
          (range.lane < 0 || record.number === range.first + i);
        this.#expect(isSame, () => `the record at ${offset} of ${name(plain)} is another one`);
      }
    }
    this.#expect(offset === plain.end, () => `${name(plain)} has records up to ${offset} only`);
  }

  /** Everything once more, at the end of a run. */
  finish(): void {
    for (const broker of this.#starting) this.#recover(broker);
    for (const plain of this.brokers.replicas()) {
      const replica = this.modelReplica(plain.broker, plain.partition);
      if (replica === undefined) continue;
      if (!this.#starting.has(plain.broker)) this.#compare(plain);
      this.#compareRecords(plain, replica, 0);
      for (const { epoch } of plain.epochs) {
        const mine = plain.endOfEpoch(epoch);
        const theirs = replica.log.endOf(epoch);
        this.#expect(
          mine.end === theirs.endOffset,
          () => `epoch ${epoch} of ${name(plain)} ends at ${theirs.endOffset}`,
        );
      }
    }
  }
}

function name({ broker, partition }: PlainReplica): string {
  return `partition ${partition} on broker ${broker}`;
}

function sameSet(a: readonly number[], b: readonly number[]): boolean {
  return listed(a) === listed(b);
}

function listed(ids: readonly number[] | undefined): string {
  return ids === undefined ? 'unknown' : [...ids].sort((a, b) => a - b).join(' ');
}

function brokerOf({ broker }: MetadataRecords): PlainBatch['broker'] {
  return broker && { broker: broker.entry.broker, control: broker.entry.control, epoch: broker.entry.brokerEpoch };
}

function imageOf({
  partition,
  registration,
}: PartitionEntry): Pick<
  PartitionImage,
  'partition' | 'replicas' | 'isr' | 'elr' | 'leader' | 'leaderEpoch' | 'partitionEpoch' | 'recovering'
> {
  return { ...registration, partition, recovering: registration.leaderRecoveryState === 'RECOVERING' };
}

function newPartition(image: ReturnType<typeof imageOf>, entry?: PartitionEntry): PlainPartition {
  const { partition, replicas, isr, elr, leader, leaderEpoch, partitionEpoch, recovering } = image;
  const lastKnown = entry?.registration.lastKnownElr ?? [];
  const adding = entry?.registration.adding ?? [];
  const removing = entry?.registration.removing ?? [];
  return {
    partition,
    replicas,
    isr,
    elr,
    lastKnown,
    adding,
    removing,
    leader,
    leaderEpoch,
    partitionEpoch,
    recovering,
  };
}

/** ISR and ELR are sets; replicas have an order. */
function show(partition: PlainPartition): string {
  const { replicas, adding, removing, isr, elr, lastKnown, leader, leaderEpoch, partitionEpoch, recovering } =
    partition;
  return (
    `leader ${leader} epoch ${leaderEpoch}/${partitionEpoch} replicas ${replicas} isr ${listed(isr)} elr ${listed(elr)} ` +
    `last known ${lastKnown} adding ${listed(adding)} removing ${listed(removing)}${recovering ? ' recovering' : ''}`
  );
}
