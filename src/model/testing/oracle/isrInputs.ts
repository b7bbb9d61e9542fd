import type { MetadataRecords } from '../../controller/metadataBatch.ts';
import type { AlterPartitionItem, AlterPartitionResult } from '../../metadata.ts';
import type { BrokerEnvironment } from '../../replication/replicaManager.ts';
import type { ControllerInputs } from './controllerInputs.ts';
import type { FollowerInputs } from './followerInputs.ts';
import type { Ground } from './ground.ts';
import type { PlainOutcome } from './plainPartition.ts';
import { sameSet } from './plainText.ts';

/** Leaders scan, ask for another ISR, and are answered. */
export class IsrInputs {
  readonly #ground: Ground;
  readonly #followers: FollowerInputs;
  readonly #controller: ControllerInputs;
  readonly #answers = new Map<readonly AlterPartitionItem[], readonly string[]>();

  constructor(ground: Ground, followers: FollowerInputs, controller: ControllerInputs) {
    this.#ground = ground;
    this.#followers = followers;
    this.#controller = controller;
  }

  scanned(env: BrokerEnvironment): void {
    this.#ground.meet(env);
    this.#followers.playPolls(env.broker);
    for (const replica of this.#ground.brokers.broker(env.broker).replicas.values()) {
      const { leader } = replica;
      if (leader === null) continue;
      const laggards = leader.laggards(this.#ground.nowUs, this.#ground.brokers.around(replica).lagUs);
      if (laggards.length > 0) {
        const isr = leader.partition.isr.filter((id) => !laggards.includes(id));
        leader.ask(isr, this.#ground.brokers.epochOf(env.broker, env.broker));
      }
      this.#ground.touch(replica);
    }
  }

  expandedIdle(env: BrokerEnvironment): void {
    this.#ground.meet(env);
    for (const replica of this.#ground.brokers.broker(env.broker).replicas.values())
      if (replica.leader !== null) this.#ground.touch(replica);
  }

  asked(broker: number, items: readonly AlterPartitionItem[]): void {
    for (const item of items) {
      const pending = this.#ground.brokers.replica(broker, item.partition)?.leader?.pending ?? null;
      const of = `broker ${broker} asks for the ISR ${item.newIsr} of partition ${item.partition}`;
      if (pending === null) this.#ground.fail(`${of}; nothing is pending`);
      this.#ground.expect(sameSet(pending.isr, item.newIsr), () => `${of}, not for ${pending.isr}`);
      this.#ground.expect(
        pending.leaderEpoch === item.leaderEpoch && pending.partitionEpoch === item.partitionEpoch,
        () => `${of} in epoch ${item.leaderEpoch}/${item.partitionEpoch}`,
      );
      const epochs = pending.epochs.join();
      this.#ground.expect(
        epochs === item.newIsrEpochs?.join(),
        () => `${of} with the broker epochs ${item.newIsrEpochs}, not ${epochs}`,
      );
    }
  }

  handled(broker: number, items: readonly AlterPartitionItem[], records: MetadataRecords | null): void {
    this.#ground.inputs++;
    const errors: string[] = [];
    const changed: PlainOutcome[] = [];
    for (const item of items) {
      const { partition, newIsr: isr, newIsrEpochs: epochs = [], leaderEpoch, partitionEpoch } = item;
      const ask = { partition, isr, epochs, leaderEpoch, partitionEpoch };
      const { error, outcome } = this.#ground.controller.alter(broker, ask);
      errors.push(outcome !== null && outcome.partition.leader !== broker ? 'NEW_LEADER_ELECTED' : error);
      if (outcome !== null) changed.push(outcome);
    }
    this.#answers.set(items, errors);
    this.#controller.compareEntries('AlterPartition', records?.partitions ?? [], changed);
    if (records !== null) this.#controller.write(records, changed);
  }

  altered(broker: number, items: readonly AlterPartitionItem[], results: readonly AlterPartitionResult[]): void {
    this.#ground.inputs++;
    const expected = this.#answers.get(items);
    this.#followers.playPolls(broker);
    results.forEach((result, i) => {
      const item = items[i]!;
      const of = `AlterPartition for partition ${item.partition}`;
      this.#ground.expect(
        result.error === expected?.[i],
        () => `${of} is answered ${result.error}, not ${expected?.[i]}`,
      );
      const replica = this.#ground.brokers.replica(broker, item.partition);
      const leader = replica?.leader ?? null;
      if (replica === undefined || leader === null) return;
      this.#ground.touch(replica);
      const { pending } = leader;
      const isSame =
        pending !== null &&
        pending.leaderEpoch === item.leaderEpoch &&
        pending.partitionEpoch === item.partitionEpoch &&
        sameSet(pending.isr, item.newIsr);
      if (!isSame) return;
      if (result.error === 'NONE') {
        const image = result.image!;
        const version = this.#ground.controller.version(item.partition, image.partitionEpoch);
        if (version === undefined) this.#ground.fail(`${of} is answered with a version that was never committed`);
        // It began another leader epoch as well: metadata will tell.
        if (version.leaderEpoch !== leader.partition.leaderEpoch) return;
        if (version.partitionEpoch > leader.partition.partitionEpoch) {
          if (replica.known !== null && version.partitionEpoch > replica.known.partitionEpoch) replica.known = version;
          leader.adopt(version);
          this.#ground.brokers.advance(replica, this.#ground.nowUs);
        }
        leader.pending = null;
      } else if (result.error === 'INELIGIBLE_REPLICA' || result.error === 'OPERATION_NOT_ATTEMPTED')
        leader.pending = null;
      else if (result.error === 'NOT_CONTROLLER') leader.ask(pending.isr, this.#ground.brokers.epochOf(broker, broker));
    });
  }
}
