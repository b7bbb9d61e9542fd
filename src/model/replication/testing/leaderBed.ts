import { behaviourOf } from '../../../kafka/behaviour.ts';
import type { KafkaVersion } from '../../../kafka/versions.ts';
import { Kernel } from '../../../sim/index.ts';
import type { AlterPartitionItem, AlterPartitionResult, PartitionImage } from '../../metadata.ts';
import { Process } from '../../network/process.ts';
import { HighWatermarks } from '../highWatermarks.ts';
import { IsrMaintenance } from '../isrMaintenance.ts';
import { type FollowerProgress, LeaderState } from '../leaderState.ts';
import { type Replica, ReplicaTable } from '../replica.ts';
import type { BrokerEnvironment } from '../replicaManager.ts';

export const LAG_US = 30_000_000;
const LEADER = 0;

export interface LeaderBedOptions {
  readonly kafka?: KafkaVersion;
  readonly isr?: readonly number[];
  readonly replicas?: readonly number[];
  readonly minIsr?: number;
  /** Records that the leader held when its epoch began. */
  readonly logEnd?: number;
  readonly highWatermark?: number;
  /** When the leader was elected. */
  readonly electedUs?: number;
}

/** Broker 0 leads partition 0 in leader epoch 3; brokers 1 and 2 follow. The controller answers when the test says so. */
export class LeaderBed {
  readonly kernel = new Kernel('leader');
  readonly replica: Replica;
  readonly leader: LeaderState;
  readonly highWatermarks: HighWatermarks;
  readonly isr: IsrMaintenance;
  readonly inactive = new Set<number>();
  readonly brokerEpochs = [10, 11, 12];
  readonly #requests: {
    readonly items: readonly AlterPartitionItem[];
    readonly done: (results: readonly AlterPartitionResult[]) => void;
  }[] = [];

  constructor(options: LeaderBedOptions = {}) {
    const { isr = [0, 1, 2], replicas = [0, 1, 2], minIsr = 1, logEnd = 0, highWatermark = 0 } = options;
    const processes = replicas.map((id) => new Process(id, `broker ${id}`, 'broker', { region: 'r', zone: 'a' }));
    const table = new ReplicaTable();
    this.replica = table.getOrCreate(LEADER, 0, { minInsyncReplicas: minIsr } as never);
    this.replica.disk.dir = { nextCheckpointUs: () => Number.POSITIVE_INFINITY } as never;
    this.replica.log.beginEpoch(2);
    if (logEnd > 0) this.#append(logEnd);
    this.replica.log.beginEpoch(3);
    this.replica.highWatermark = highWatermark;
    const image = newImage(replicas, isr);
    this.replica.image = image;
    this.leader = new LeaderState(this.replica, image, options.electedUs ?? 0);
    this.replica.leading = this.leader;
    const env = {
      ctx: {
        kernel: this.kernel,
        recorder: { event: () => 0, highWatermark: () => {} },
        network: { silence: { sinceUs: () => -1 } },
      },
      broker: LEADER,
      process: processes[LEADER],
      brokerProcesses: processes,
      replicas: table,
      view: {
        configs: {
          number: (name: string) => (name === 'replica.lag.time.max.ms' ? LAG_US / 1000 : 500),
          behaviour: behaviourOf(options.kafka ?? '4.1'),
        },
        brokerEpoch: (broker: number) => this.brokerEpochs[broker],
        isIsrEligible: (broker: number, epoch: number) =>
          !this.inactive.has(broker) && (epoch < 0 || epoch === this.brokerEpochs[broker]),
      },
      controller: {
        alterPartition: (
          _broker: number,
          items: readonly AlterPartitionItem[],
          done: (results: readonly AlterPartitionResult[]) => void,
        ) => this.#requests.push({ items, done }),
      },
    } as unknown as BrokerEnvironment;
    this.highWatermarks = new HighWatermarks(env, () => ({ wake: () => {} }) as never);
    this.isr = new IsrMaintenance(env, this.highWatermarks);
  }

  get highWatermark(): number {
    return this.replica.highWatermark;
  }

  follower(broker: number): FollowerProgress {
    return this.leader.follower(broker)!;
  }

  /** Lets the clock go on to `us`; it stands where the last event was. */
  at(us: number): this {
    this.kernel.atControl(us, () => {});
    this.kernel.run(us);
    return this;
  }

  append(count: number): this {
    this.#append(count);
    this.highWatermarks.maybeAdvance(this.leader, this.kernel.nowUs);
    return this;
  }

  #append(count: number): void {
    this.replica.log.append(count, count * 100, 0, this.replica.log.logEndOffset, 0, 0, -1, -1, -1);
  }

  /** The follower asks for `offset`, as FollowerFetchPath hears it. */
  fetch(broker: number, offset: number, brokerEpoch = this.brokerEpochs[broker]!): this {
    const follower = this.follower(broker);
    follower.brokerEpoch = brokerEpoch;
    follower.fetched(offset, this.kernel.nowUs, this.replica.log.logEndOffset);
    this.isr.maybeExpand(this.leader, follower);
    this.highWatermarks.maybeAdvance(this.leader, this.kernel.nowUs);
    this.at(this.kernel.nowUs);
    return this;
  }

  scan(): this {
    this.isr.scan();
    return this.at(this.kernel.nowUs);
  }

  /** What the controller was asked and has not answered. */
  get asked(): readonly AlterPartitionItem[][] {
    return this.#requests.map(({ items }) => [...items]);
  }

  /** Answers the oldest request: with an error, or by committing what was asked. */
  answer(error = 'NONE'): this {
    const { items, done } = this.#requests.shift()!;
    done(items.map((item) => (error === 'NONE' ? { error, image: this.#committed(item) } : { error, image: null })));
    return this.at(this.kernel.nowUs);
  }

  #committed({ newIsr, partitionEpoch }: AlterPartitionItem): PartitionImage {
    return { ...this.leader.image, isr: newIsr, partitionEpoch: partitionEpoch + 1 };
  }
}

export function newImage(replicas: readonly number[], isr: readonly number[]): PartitionImage {
  return {
    partition: 0,
    replicas,
    isr,
    elr: [],
    adding: [],
    removing: [],
    leader: LEADER,
    leaderEpoch: 3,
    partitionEpoch: 7,
    recovering: false,
    reason: 'created',
    event: 0,
  };
}
