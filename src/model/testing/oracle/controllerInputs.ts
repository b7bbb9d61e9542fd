import type { MetadataBatch, MetadataRecords, PartitionEntry } from '../../controller/metadataBatch.ts';
import type { Ground } from './ground.ts';
import type { PlainOutcome, PlainPartition } from './plainPartition.ts';
import { brokerOf, imageOf, newPartition, sameSet, show } from './plainText.ts';

/** The controller writes, commits, and falls. */
export class ControllerInputs {
  readonly #ground: Ground;
  readonly #unclean = new Set<number>();
  readonly #decided: PlainPartition[] = [];

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  registering(broker: number, clean: boolean): void {
    if (clean) this.#unclean.delete(broker);
    else this.#unclean.add(broker);
  }

  appended({ records }: MetadataBatch): void {
    this.#ground.inputs++;
    const { broker } = records;
    if (broker === null) {
      this.#appendedForPartitions(records);
      return;
    }
    const { broker: id, control } = broker.entry;
    const before = this.#ground.controller.current.brokers.get(id) ?? 'FENCED';
    const returnsUnclean = this.#unclean.has(id) && this.#ground.scenario.clusters[0]!.eligibleLeaderReplicas;
    const expected =
      control === 'UNFENCED'
        ? this.#ground.controller.withBroker(id)
        : broker.reason === 'registered'
          ? this.#ground.controller.withoutBroker(id, returnsUnclean)
          : before === 'UNFENCED'
            ? this.#ground.controller.withoutBroker(id, false)
            : [];
    this.compareEntries(`broker ${id}: ${before} to ${control} (${broker.reason})`, records.partitions, expected);
    this.write(records, expected);
  }

  #appendedForPartitions(records: MetadataRecords): void {
    const outcomes: PlainOutcome[] = [];
    for (const entry of records.partitions) {
      const before = this.#ground.controller.current.partitions.get(entry.partition);
      if (before === undefined) {
        outcomes.push({ partition: newPartition(imageOf(entry)), unclean: false });
        continue;
      }
      const outcome = this.#asAsked(entry, before);
      if (outcome === null) this.#ground.fail(`${entry.reason}: partition ${entry.partition} has no reason to change`);
      outcomes.push(outcome);
    }
    const [first] = records.partitions;
    if (first?.reason === 'preferredElection') this.#compareBalance(records.partitions);
    this.compareEntries(first?.reason ?? 'batch', records.partitions, outcomes);
    this.write(records, outcomes);
  }

  /** What somebody asked for is taken from the record; what becomes of it is not. */
  #asAsked(entry: PartitionEntry, before: PlainPartition): PlainOutcome | null {
    switch (entry.reason) {
      case 'preferredElection':
        return this.#ground.controller.change(before, { election: 'preferred' });
      case 'uncleanElection':
        return before.leader < 0 ? this.#ground.controller.change(before, { election: 'unclean' }) : null;
      case 'electLeaders':
        return this.#ground.controller.change(before, {
          election: before.leader < 0 && entry.unclean ? 'unclean' : 'preferred',
        });
      case 'configChanged':
        return { partition: { ...before, elr: [], lastKnown: [] }, unclean: false };
      default: {
        const { replicas, adding, removing } = entry.registration;
        return this.#ground.controller.change(before, { replicas, adding, removing });
      }
    }
  }

  /** Every partition whose preferred replica is active and in sync, and does not lead. */
  #compareBalance(entries: readonly PartitionEntry[]): void {
    const due = [...this.#ground.controller.current.partitions.values()].filter(
      ({ leader, replicas, isr }) =>
        leader !== replicas[0] && isr.includes(replicas[0]!) && this.#ground.controller.isActive(replicas[0]!),
    );
    const theirs = entries.map(({ partition }) => partition);
    this.#ground.expect(
      sameSet(
        due.map(({ partition }) => partition),
        theirs,
      ),
      () => `preferred leaders of ${theirs} are elected, due were ${due.map(({ partition }) => partition)}`,
    );
  }

  compareEntries(why: string, entries: readonly PartitionEntry[], expected: readonly PlainOutcome[]): void {
    for (const { partition, unclean } of expected) {
      const entry = entries.find((one) => one.partition === partition.partition);
      const of = `${why}: partition ${partition.partition}`;
      if (entry === undefined) this.#ground.fail(`${of} should become ${show(partition)}`);
      const mine = show(partition);
      const theirs = show(newPartition(imageOf(entry), entry));
      this.#ground.expect(mine === theirs, () => `${of} becomes\n  ${theirs}, not\n  ${mine}`);
      this.#ground.expect(entry.unclean === unclean, () => `${of}: unclean is ${entry.unclean}`);
    }
    const extra = entries.find(({ partition }) => !expected.some((one) => one.partition.partition === partition));
    if (extra !== undefined) this.#ground.fail(`${why}: partition ${extra.partition} changes without reason`);
  }

  write(records: MetadataRecords, outcomes: readonly PlainOutcome[]): void {
    this.#ground.controller.append({
      partitions: outcomes.map(({ partition }) => partition),
      broker: brokerOf(records),
      configs: records.configs,
    });
    for (const { partition } of outcomes) this.#decided.push(partition);
  }

  committed({ records }: MetadataBatch): void {
    this.#ground.inputs++;
    const partitions = records.partitions.map((entry) => {
      const { partition, registration } = entry;
      const decided = this.#decided.findLast(
        (one) =>
          one.partition === partition &&
          one.partitionEpoch === registration.partitionEpoch &&
          show(one) === show(newPartition(imageOf(entry), entry)),
      );
      if (decided === undefined) this.#ground.fail(`partition ${partition} commits what nobody decided`);
      return decided;
    });
    const broker = brokerOf(records);
    const batch = { partitions, broker, configs: records.configs };
    this.#ground.controller.commit(batch);
  }

  abandoned(): void {
    this.#ground.inputs++;
    this.#ground.controller.revert();
  }
}
