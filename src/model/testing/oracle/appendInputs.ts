import type { Exchange } from '../../network/exchange.ts';
import type { FetchResponse, ProduceRequest, ProduceResponse } from '../../protocol.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import type { FollowerInputs } from './followerInputs.ts';
import { type Ground, name } from './ground.ts';
import type { SentBatch } from './plainBrokers.ts';
import { type Stamps, stamped } from './stamps.ts';
import type { InternalAnswer } from './watch.ts';

type AnyExchange = Exchange<unknown, unknown>;

/** A produce request that waits for high watermarks. */
interface Waiting {
  readonly exchange: AnyExchange;
  readonly broker: number;
  readonly partitions: readonly number[];
  readonly required: readonly number[];
  readonly leaderEpochs: readonly number[];
}

interface Verdicts {
  readonly errors: readonly string[];
  readonly offsets: readonly number[];
}

/** Clients produce and consume. */
export class AppendInputs {
  readonly #ground: Ground;
  readonly #followers: FollowerInputs;
  readonly #waiting: Waiting[] = [];
  readonly #verdicts = new WeakMap<object, Verdicts>();

  constructor(ground: Ground, followers: FollowerInputs) {
    this.#ground = ground;
    this.#followers = followers;
  }

  died(broker: number): void {
    this.#dropWaiting((one) => one.broker === broker);
  }

  produced(env: BrokerEnvironment, exchange: AnyExchange, stamps: Stamps): void {
    this.#ground.meet(env);
    const { batches, acks } = exchange.request as ProduceRequest;
    this.#followers.playPolls(env.broker);
    const appends = batches.map((batch) => this.#ground.brokers.append(env.broker, batch as SentBatch, acks));
    this.#afterAppend(env.broker, batches, stamps);
    this.#verdicts.set(exchange, {
      errors: appends.map(({ error }) => error),
      offsets: appends.map((a) => a.baseOffset),
    });
    if (acks === -1) this.#wait(exchange, env.broker, batches, appends);
  }

  wroteInternally(
    env: BrokerEnvironment,
    partition: number,
    bytes: number,
    answer: InternalAnswer,
    stamps: Stamps,
  ): void {
    this.#ground.meet(env);
    this.#followers.playPolls(env.broker);
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
    const append = this.#ground.brokers.append(env.broker, batch, -1);
    this.#afterAppend(env.broker, [batch], stamps);
    if (append.error !== 'NONE')
      this.#ground.expect(
        answer.error === append.error,
        () => `a coordinator's record: ${answer.error}, not ${append.error}`,
      );
  }

  #afterAppend(broker: number, batches: readonly { readonly partition: number }[], stamps: Stamps): void {
    for (const { partition } of batches) {
      const replica = this.#ground.brokers.replica(broker, partition);
      if (replica === undefined) continue;
      this.#ground.brokers.advance(replica, stamped(this.#ground, replica, stamps));
      this.#ground.touch(replica);
    }
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
        ({ partition }) => this.#ground.brokers.replica(broker, partition)?.leader?.partition.leaderEpoch ?? -1,
      ),
    });
  }

  #dropWaiting(isOver: (one: Waiting) => boolean): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--) if (isOver(this.#waiting[i]!)) this.#waiting.splice(i, 1);
  }

  /** Whether the batch at `i` is replicated now as far as acks=all asks. */
  #isReplicated(one: Waiting, i: number): boolean {
    const replica = this.#ground.brokers.replica(one.broker, one.partitions[i]!);
    if (one.required[i]! < 0) return true;
    if (replica === undefined || replica.leader?.partition.leaderEpoch !== one.leaderEpochs[i]) return false;
    return replica.highWatermark >= one.required[i]!;
  }

  /** Nobody waits for what is replicated. */
  requireAnswers(): void {
    for (const waiting of this.#waiting)
      if (waiting.required.every((_, i) => this.#isReplicated(waiting, i)))
        this.#ground.fail('acks=all is not answered although its records are replicated');
  }

  answered(exchange: AnyExchange, response: ProduceResponse, atUs: number): void {
    const { acks, timeoutUs } = exchange.request as ProduceRequest;
    const waiting = this.#waiting.find((one) => one.exchange === exchange);
    const verdict = this.#verdicts.get(exchange);
    const env = this.#ground.brokerOf(exchange);
    this.#dropWaiting((one) => one.exchange === exchange);
    if (verdict === undefined || env === undefined) return;
    verdict.errors.forEach((expected, i) => {
      const error = response.errors[i]!;
      if (expected !== 'NONE' || acks !== -1) {
        this.#ground.expect(
          error === expected,
          () => `a produce request is answered with ${error}, not with ${expected}`,
        );
        return;
      }
      if (waiting === undefined) return;
      const replica = this.#ground.brokers.replica(env.broker, waiting.partitions[i]!);
      const leads = replica?.leader?.partition.leaderEpoch === waiting.leaderEpochs[i];
      const isReplicated = this.#isReplicated(waiting, i);
      if (error === 'NOT_LEADER_OR_FOLLOWER') this.#ground.expect(!leads, () => `a leader says that it is none`);
      else if (error === 'REQUEST_TIMED_OUT')
        this.#ground.expect(
          !isReplicated && atUs >= timeoutUs,
          () => `REQUEST_TIMED_OUT for records that are replicated`,
        );
      else if (leads)
        this.#ground.expect(
          isReplicated,
          () =>
            `acks=all is answered with ${error} at ${atUs}: ${waiting.partitions[i]} needs ${waiting.required[i]}, has ${replica?.highWatermark}`,
        );
    });
  }

  /** Nobody reads beyond the high watermark, and what is read is what is stored. */
  read(exchange: AnyExchange, response: FetchResponse): void {
    const env = this.#ground.brokerOf(exchange);
    if (env === undefined) return;
    for (const { partition, ranges, error } of response.partitions) {
      const replica = this.#ground.brokers.replica(env.broker, partition);
      if (error !== 'NONE' || ranges.length === 0) continue;
      if (replica === undefined)
        this.#ground.fail(`broker ${env.broker} serves partition ${partition} that it does not hold`);
      for (const { offset, count, lane, first } of ranges) {
        this.#ground.expect(
          offset + count <= replica.highWatermark,
          () => `a consumer reads ${name(replica)} up to ${offset + count}, above ${replica.highWatermark}`,
        );
        for (let i = 0; i < count; i++) {
          const record = replica.at(offset + i);
          this.#ground.expect(record.lane === lane, () => `a consumer reads another record at ${offset + i}`);
          if (lane >= 0)
            this.#ground.expect(record.number === first + i, () => `a consumer reads another record at ${offset + i}`);
        }
      }
    }
  }
}
