import type { Scenario } from '../../../scenario/scenario.ts';
import type { AlterPartitionItem } from '../../metadata.ts';
import type { Exchange } from '../../network/exchange.ts';
import type { Replica } from '../../replication/replica.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import { PlainBrokers } from './plainBrokers.ts';
import { PlainController } from './plainController.ts';
import type { PlainReplica } from './plainReplica.ts';
import { listed } from './plainText.ts';

/** The model and the oracle do not agree. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

/** The oracle's own brokers and controller, a look at the model's, and the comparison of the two. */
export class Ground {
  readonly scenario: Scenario;
  readonly brokers: PlainBrokers;
  readonly controller: PlainController;
  inputs = 0;
  readonly #envs = new Map<number, BrokerEnvironment>();
  readonly #touched = new Set<string>();
  readonly #verifiedEnd = new Map<Replica, number>();

  constructor(scenario: Scenario, topicOf: (partition: number) => string) {
    this.scenario = scenario;
    const [cluster] = scenario.clusters;
    if (cluster === undefined || scenario.clusters.length > 1) throw new Error('the oracle knows one cluster');
    this.brokers = new PlainBrokers(cluster, topicOf);
    this.controller = new PlainController(cluster, topicOf);
  }

  get nowUs(): number {
    for (const { ctx } of this.#envs.values()) return ctx.kernel.nowUs;
    return 0;
  }

  fail(what: string): never {
    throw new Disagreement(`at ${(this.nowUs / 1e6).toFixed(6)} s: ${what}`);
  }

  expect(isRight: boolean, what: () => string): void {
    if (!isRight) this.fail(what());
  }

  /** An input for the broker. */
  meet(env: BrokerEnvironment): void {
    this.#envs.set(env.broker, env);
    this.inputs++;
  }

  /** The replica is compared when all inputs of this instant are told. */
  touch(replica: PlainReplica | undefined): void {
    if (replica !== undefined) this.#touched.add(`${replica.broker}/${replica.partition}`);
  }

  modelReplica(broker: number, partition: number): Replica | undefined {
    return this.#envs.get(broker)?.replicas.get(broker, partition);
  }

  brokerOf(exchange: Exchange<unknown, unknown>): BrokerEnvironment | undefined {
    for (const env of this.#envs.values()) if (env.process === exchange.server) return env;
    return undefined;
  }

  compareTouched(): void {
    for (const key of this.#touched) {
      const [broker, partition] = key.split('/').map(Number);
      const plain = this.brokers.replica(broker!, partition!);
      if (plain !== undefined) this.compare(plain);
    }
    this.#touched.clear();
  }

  compare(plain: PlainReplica): void {
    const replica = this.modelReplica(plain.broker, plain.partition);
    if (replica === undefined) this.fail(`${name(plain)} is missing`);
    const { log, leading } = replica;
    const differs = (what: string, theirs: unknown, mine: unknown): void =>
      this.expect(theirs === mine, () => `${what} of ${name(plain)} is ${theirs}, not ${mine}`);
    differs('the role', leading !== null, plain.leader !== null);
    differs('the log end', log.logEndOffset, plain.end);
    if (log.logStartOffset > plain.logStart) {
      this.expect(
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
    this.expect(mine === theirs, () => `the pending ISR of ${name(plain)} is ${theirs}, not ${mine}`);
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
        this.expect(isSame, () => `the record at ${offset} of ${name(plain)} is another one`);
      }
    }
    this.expect(offset === plain.end, () => `${name(plain)} has records up to ${offset} only`);
  }

  /** The whole log and all its epochs. */
  compareAll(plain: PlainReplica): void {
    const replica = this.modelReplica(plain.broker, plain.partition);
    if (replica === undefined) return;
    this.#compareRecords(plain, replica, 0);
    for (const { epoch } of plain.epochs) {
      const mine = plain.endOfEpoch(epoch);
      const theirs = replica.log.endOf(epoch);
      this.expect(mine.end === theirs.endOffset, () => `epoch ${epoch} of ${name(plain)} ends at ${theirs.endOffset}`);
    }
  }
}

export function name({ broker, partition }: PlainReplica): string {
  return `partition ${partition} on broker ${broker}`;
}
