import type { Scenario } from '../../../scenario/scenario.ts';
import type { MetadataBatch, MetadataRecords } from '../../controller/metadataBatch.ts';
import type { AlterPartitionItem, AlterPartitionResult, MetadataDelta } from '../../metadata.ts';
import type { Exchange } from '../../network/exchange.ts';
import type { FetchResponse, ProduceResponse } from '../../protocol.ts';
import type { FollowerExchange, FollowerFetchResponse } from '../../replication/followerSession.ts';
import type { Replica } from '../../replication/replica.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import { AppendInputs } from './appendInputs.ts';
import { ControllerInputs } from './controllerInputs.ts';
import { FollowerInputs } from './followerInputs.ts';
import { Ground } from './ground.ts';
import { IsrInputs } from './isrInputs.ts';
import { LifeInputs } from './lifeInputs.ts';
import type { Stamps } from './stamps.ts';
import type { InternalAnswer, LearnedPart, Watcher } from './watch.ts';

type AnyExchange = Exchange<unknown, unknown>;

/**
 * Replays what happens to a cluster into plain arrays and compares every log, high watermark, ISR and leader after each
 * input. The inputs are what the oracle cannot know: when a message arrived, when a process died or started, when a scan
 * began, which session ended. What follows from them it decides by itself.
 *
 * Not decided here: how much of a log a process finds after its start (it must be a prefix), where retention cuts (it may
 * not pass the high watermark), and which assignment an administrator asked for.
 */
export class Oracle implements Watcher {
  readonly #ground: Ground;
  readonly #followers: FollowerInputs;
  readonly #lives: LifeInputs;
  readonly #appends: AppendInputs;
  readonly #controller: ControllerInputs;
  readonly #isr: IsrInputs;

  constructor(scenario: Scenario, topicOf: (partition: number) => string) {
    this.#ground = new Ground(scenario, topicOf);
    this.#followers = new FollowerInputs(this.#ground);
    this.#lives = new LifeInputs(this.#ground, this.#followers);
    this.#appends = new AppendInputs(this.#ground, this.#followers);
    this.#controller = new ControllerInputs(this.#ground);
    this.#isr = new IsrInputs(this.#ground, this.#followers, this.#controller);
  }

  get inputs(): number {
    return this.#ground.inputs;
  }

  modelReplica(broker: number, partition: number): Replica | undefined {
    return this.#ground.modelReplica(broker, partition);
  }

  learned(env: BrokerEnvironment, delta: MetadataDelta, part: LearnedPart): void {
    this.#lives.learned(env, delta, part);
  }

  died(env: BrokerEnvironment): void {
    this.#lives.died(env);
    this.#appends.died(env.broker);
  }

  produced(env: BrokerEnvironment, exchange: AnyExchange, stamps: Stamps): void {
    this.#appends.produced(env, exchange, stamps);
  }

  wroteInternally(
    env: BrokerEnvironment,
    partition: number,
    bytes: number,
    answer: InternalAnswer,
    stamps: Stamps,
  ): void {
    this.#appends.wroteInternally(env, partition, bytes, answer, stamps);
  }

  parked(exchange: AnyExchange, atUs: number): void {
    if (exchange.api === 'FollowerFetch') this.#followers.parked(exchange, atUs);
  }

  answered(exchange: AnyExchange, response: unknown, atUs: number): void {
    if (exchange.api === 'FollowerFetch')
      this.#followers.answered(exchange as FollowerExchange, response as FollowerFetchResponse);
    else if (exchange.api === 'Produce') this.#appends.answered(exchange, response as ProduceResponse, atUs);
    else if (exchange.api === 'Fetch') this.#appends.read(exchange, response as FetchResponse);
  }

  followerFetched(env: BrokerEnvironment, exchange: FollowerExchange, stamps: Stamps): void {
    this.#followers.followerFetched(env, exchange, stamps);
  }

  followerReceived(exchange: FollowerExchange, response: FollowerFetchResponse): void {
    this.#followers.received(exchange, response);
  }

  scanned(env: BrokerEnvironment): void {
    this.#isr.scanned(env);
  }

  expandedIdle(env: BrokerEnvironment): void {
    this.#isr.expandedIdle(env);
  }

  asked(broker: number, items: readonly AlterPartitionItem[]): void {
    this.#isr.asked(broker, items);
  }

  handled(broker: number, items: readonly AlterPartitionItem[], records: MetadataRecords | null): void {
    this.#isr.handled(broker, items, records);
  }

  altered(broker: number, items: readonly AlterPartitionItem[], results: readonly AlterPartitionResult[]): void {
    this.#isr.altered(broker, items, results);
  }

  registering(broker: number, clean: boolean): void {
    this.#controller.registering(broker, clean);
  }

  appended(batch: MetadataBatch): void {
    this.#controller.appended(batch);
  }

  committed(batch: MetadataBatch): void {
    this.#controller.committed(batch);
  }

  abandoned(): void {
    this.#controller.abandoned();
  }

  settled(): void {
    this.#ground.compareTouched();
    this.#appends.requireAnswers();
  }

  finish(): void {
    this.#lives.finish();
  }
}
