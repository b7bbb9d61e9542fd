import type { MetadataDelta, PartitionImage } from '../../metadata.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import type { FollowerInputs } from './followerInputs.ts';
import { type Ground, name } from './ground.ts';
import type { PlainControl } from './plainController.ts';
import { newPartition } from './plainText.ts';
import type { LearnedPart } from './watch.ts';

/** Broker processes start, learn metadata and die. */
export class LifeInputs {
  readonly #ground: Ground;
  readonly #followers: FollowerInputs;
  /** Died, and not heard of since. */
  readonly #starting = new Set<number>();
  #isBootstrapped = false;

  constructor(ground: Ground, followers: FollowerInputs) {
    this.#ground = ground;
    this.#followers = followers;
  }

  learned(env: BrokerEnvironment, delta: MetadataDelta, part: LearnedPart): void {
    this.#ground.meet(env);
    if (part.isFirst) this.#beginToLearn(env.broker, delta);
    for (const image of part.partitions) this.#learnPartition(env.broker, image);
    if (!part.isLast) return;
    for (const replica of this.#ground.brokers.broker(env.broker).replicas.values()) {
      if (delta.brokers.length + delta.configs.length > 0) this.#ground.brokers.advance(replica, this.#ground.nowUs);
      this.#ground.touch(replica);
    }
  }

  #learnPartition(broker: number, image: PartitionImage): void {
    const known = this.#ground.controller.version(image.partition, image.partitionEpoch);
    if (known === undefined)
      this.#ground.fail(`broker ${broker} learns a version of a partition that was never committed`);
    this.#ground.brokers.learnPartition(broker, known, this.#ground.nowUs);
    this.#ground.touch(this.#ground.brokers.replica(broker, image.partition));
  }

  #beginToLearn(broker: number, delta: MetadataDelta): void {
    if (!this.#isBootstrapped) {
      this.#isBootstrapped = true;
      for (const one of delta.brokers)
        this.#bootBroker(one.broker, one.fenced ? 'FENCED' : 'UNFENCED', one.brokerEpoch);
      for (const image of delta.partitions) this.#ground.controller.begin(newPartition(image));
    }
    this.#followers.playPolls(broker);
    if (this.#starting.delete(broker)) this.#recover(broker);
    for (const one of delta.brokers)
      this.#ground.brokers.learnBroker(broker, one.broker, !one.fenced && !one.inControlledShutdown, one.brokerEpoch);
    for (const { topic, broker: of, name, value } of delta.configs)
      this.#ground.brokers.learnConfig(broker, topic, of, name, value);
  }

  #bootBroker(broker: number, control: PlainControl, epoch: number): void {
    const batch = { partitions: [], configs: [], broker: { broker, control, epoch } };
    this.#ground.controller.append(batch);
    this.#ground.controller.commit(batch);
  }

  died(env: BrokerEnvironment): void {
    this.#ground.meet(env);
    this.#ground.brokers.died(env.broker);
    this.#starting.add(env.broker);
    this.#followers.died(env.broker);
  }

  /** What the disk gives back is a prefix of what was there, and the high watermark at most what it was. */
  #recover(broker: number): void {
    for (const plain of this.#ground.brokers.broker(broker).replicas.values()) {
      const replica = this.#ground.modelReplica(broker, plain.partition);
      if (replica === undefined) continue;
      const { logEndOffset } = replica.log;
      this.#ground.expect(logEndOffset <= plain.end, () => `the log of ${name(plain)} grew while its broker was down`);
      plain.truncateTo(logEndOffset);
      this.#ground.expect(
        replica.highWatermark <= plain.highWatermark,
        () => `${name(plain)} came back with a higher mark`,
      );
      plain.highWatermark = replica.highWatermark;
    }
  }

  /** Everything once more, at the end of a run. */
  finish(): void {
    for (const broker of this.#starting) this.#recover(broker);
    for (const plain of this.#ground.brokers.replicas()) {
      if (!this.#starting.has(plain.broker)) this.#ground.compare(plain);
      this.#ground.compareAll(plain);
    }
  }
}
