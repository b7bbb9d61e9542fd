/**
 * How Kafka's own tools spread partitions: `kafka-reassign-partitions --generate`, and topic creation in the ZooKeeper
 * era. Leaders go round the brokers; followers lie a shift further, which grows by one with every round.
 *
 * With racks the brokers are listed rack by rack in turn, and a follower skips brokers of racks that hold a replica
 * already as long as another rack holds none.
 *
 * Source: `AdminUtils.assignReplicasToBrokers`. The randomness is the caller's.
 */
import type { NextInt } from './stickyPartitioner.ts';

export interface RackedBroker {
  readonly id: number;
  /** Null without broker.rack. */
  readonly rack: string | null;
}

/** Why there is no assignment: `tooFewBrokers` is INVALID_REPLICATION_FACTOR, `someWithoutRack` an error of the tool. */
export type AdminUtilsRefusal = 'tooFewBrokers' | 'someWithoutRack';

export type AdminUtilsAssignment =
  | { readonly ok: true; readonly replicas: number[][] }
  | { readonly ok: false; readonly reason: AdminUtilsRefusal };

/** @param brokers live ones, ascending by id */
export function assignReplicasToBrokers(
  brokers: readonly RackedBroker[],
  partitionCount: number,
  replicationFactor: number,
  nextInt: NextInt,
): AdminUtilsAssignment {
  if (replicationFactor > brokers.length) return { ok: false, reason: 'tooFewBrokers' };
  const racked = brokers.filter(({ rack }) => rack !== null);
  if (racked.length === 0)
    return { ok: true, replicas: rackUnaware(brokers, partitionCount, replicationFactor, nextInt) };
  if (racked.length < brokers.length) return { ok: false, reason: 'someWithoutRack' };
  return { ok: true, replicas: rackAware(alternatedByRack(brokers), partitionCount, replicationFactor, nextInt) };
}

/** One broker of each rack in turn, racks by name, brokers by id. */
export function alternatedByRack(brokers: readonly RackedBroker[]): RackedBroker[] {
  const racks = new Map<string, RackedBroker[]>();
  for (const broker of brokers) racks.set(broker.rack!, [...(racks.get(broker.rack!) ?? []), broker]);
  const queues = [...racks.keys()].sort().map((rack) => racks.get(rack)!);
  const alternated: RackedBroker[] = [];
  for (let round = 0; alternated.length < brokers.length; round++)
    for (const queue of queues) if (round < queue.length) alternated.push(queue[round]!);
  return alternated;
}

function rackUnaware(
  brokers: readonly RackedBroker[],
  partitionCount: number,
  replicationFactor: number,
  nextInt: NextInt,
): number[][] {
  const count = brokers.length;
  const start = nextInt(count);
  let shift = nextInt(count);
  return Array.from({ length: partitionCount }, (_, partition) => {
    if (partition > 0 && partition % count === 0) shift++;
    const first = (partition + start) % count;
    const replicas = [brokers[first]!.id];
    for (let follower = 0; follower < replicationFactor - 1; follower++)
      replicas.push(brokers[replicaIndex(first, shift, follower, count)]!.id);
    return replicas;
  });
}

function rackAware(
  brokers: readonly RackedBroker[],
  partitionCount: number,
  replicationFactor: number,
  nextInt: NextInt,
): number[][] {
  const count = brokers.length;
  const rackCount = new Set(brokers.map(({ rack }) => rack)).size;
  const start = nextInt(count);
  let shift = nextInt(count);
  return Array.from({ length: partitionCount }, (_, partition) => {
    if (partition > 0 && partition % count === 0) shift++;
    const first = (partition + start) % count;
    const chosen = [brokers[first]!];
    const racks = new Set([brokers[first]!.rack]);
    for (let probe = 0; chosen.length < replicationFactor; probe++) {
      const broker = brokers[replicaIndex(first, shift * rackCount, probe, count)]!;
      const isRackTaken = racks.has(broker.rack) && racks.size < rackCount;
      if (isRackTaken || chosen.includes(broker)) continue;
      chosen.push(broker);
      racks.add(broker.rack);
    }
    return chosen.map(({ id }) => id);
  });
}

function replicaIndex(first: number, shift: number, follower: number, count: number): number {
  return (first + 1 + ((shift + follower) % (count - 1))) % count;
}
