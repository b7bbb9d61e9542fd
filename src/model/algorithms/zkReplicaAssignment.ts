/**
 * Where the replicas of a new topic go in a cluster that ZooKeeper coordinates. Only live brokers are candidates.
 *
 * Source: `AdminUtils.assignReplicasToBrokers` (KIP-36 for racks).
 */
export interface LiveBroker {
  readonly id: number;
  /** Given by all brokers or by none. */
  readonly rack: string | null;
}

/** @param random a whole number from 0 up to the bound, drawn twice: the first broker, and the shift of the followers */
export function assignReplicas(
  brokers: readonly LiveBroker[],
  partitionCount: number,
  replicationFactor: number,
  random: (bound: number) => number,
): number[][] {
  const racks = brokers.filter(({ rack }) => rack !== null).length;
  const list = racks === brokers.length ? alternatingRacks(brokers) : [...brokers].sort((a, b) => a.id - b.id);
  const count = list.length;
  const rackCount = racks === count ? new Set(list.map(({ rack }) => rack)).size : 0;
  const start = random(count);
  let shift = random(count);
  const assignment: number[][] = [];
  for (let partition = 0; partition < partitionCount; partition++) {
    if (partition > 0 && partition % count === 0) shift++;
    const first = (partition + start) % count;
    assignment.push(
      rackCount === 0
        ? plain(list, first, shift, replicationFactor)
        : rackAware(list, first, shift, replicationFactor, rackCount),
    );
  }
  return assignment;
}

function plain(list: readonly LiveBroker[], first: number, shift: number, replicationFactor: number): number[] {
  const replicas = [list[first]!.id];
  for (let follower = 0; follower < replicationFactor - 1; follower++)
    replicas.push(list[followerAt(first, shift, follower, list.length)]!.id);
  return replicas;
}

/** A rack gets a second replica, and a broker is looked at again, only when every other one has its share. */
function rackAware(
  list: readonly LiveBroker[],
  first: number,
  shift: number,
  replicationFactor: number,
  rackCount: number,
): number[] {
  const leader = list[first]!;
  const replicas = [leader.id];
  const racksUsed = new Set([leader.rack]);
  const brokersUsed = new Set([leader.id]);
  let probe = 0;
  while (replicas.length < replicationFactor) {
    const broker = list[followerAt(first, shift * rackCount, probe++, list.length)]!;
    const rackMayRepeat = racksUsed.size === rackCount;
    const brokerMayRepeat = brokersUsed.size === list.length;
    if (racksUsed.has(broker.rack) && !rackMayRepeat) continue;
    if (brokersUsed.has(broker.id) && !brokerMayRepeat) continue;
    replicas.push(broker.id);
    racksUsed.add(broker.rack);
    brokersUsed.add(broker.id);
  }
  return replicas;
}

function followerAt(first: number, shift: number, step: number, count: number): number {
  return (first + 1 + ((shift + step) % Math.max(1, count - 1))) % count;
}

/** The first broker of each rack in order of names, then the second ones, and so on. */
export function alternatingRacks(brokers: readonly LiveBroker[]): LiveBroker[] {
  const byRack = new Map<string, LiveBroker[]>();
  for (const broker of [...brokers].sort((a, b) => a.id - b.id)) {
    const rack = broker.rack ?? '';
    byRack.set(rack, [...(byRack.get(rack) ?? []), broker]);
  }
  const racks = [...byRack.keys()].sort((a, b) => (a < b ? -1 : 1));
  const list: LiveBroker[] = [];
  for (let round = 0; list.length < brokers.length; round++) {
    for (const rack of racks) {
      const broker = byRack.get(rack)![round];
      if (broker !== undefined) list.push(broker);
    }
  }
  return list;
}
