/**
 * Where the replicas of new partitions go when nobody says it: striped over the racks, leaders never on a fenced broker.
 *
 * Racks are walked in turn, one further with each partition. A rack gives its unfenced brokers in rotation first, then
 * its fenced ones. After as many partitions as there are unfenced brokers everything is shuffled, so that the same
 * neighbours do not share all partitions.
 *
 * Source: `StripedReplicaPlacer`. Brokers without a rack form one rack that sorts first. The randomness is the
 * caller's. Not modelled: cordoned log directories (leave such brokers out of `brokers`).
 */
import type { NextInt } from './stickyPartitioner.ts';

/** A registered broker that is not in controlled shutdown. */
export interface UsableBroker {
  id: number;
  /** Null without broker.rack. */
  rack: string | null;
  isFenced: boolean;
}

/** All reasons are INVALID_REPLICATION_FACTOR to the client. */
export type PlacementRefusal = 'notPositive' | 'allBrokersFenced' | 'tooFewBrokers';

export type Placement = { ok: true; replicas: number[][] } | { ok: false; reason: PlacementRefusal };

export interface PlacementRequest {
  brokers: readonly UsableBroker[];
  partitionCount: number;
  replicationFactor: number;
  /** The order in which racks draw their random numbers; rack order unless given (Kafka's is that of a Java hash map). */
  rackDrawOrder?: readonly (string | null)[];
}

/** Replica lists of the new partitions; the first replica of each is its preferred leader. */
export function placeReplicas(request: PlacementRequest, nextInt: NextInt): Placement {
  const { brokers, partitionCount, replicationFactor } = request;
  const unfencedCount = brokers.filter((broker) => !broker.isFenced).length;
  if (replicationFactor <= 0) return { ok: false, reason: 'notPositive' };
  if (unfencedCount === 0) return { ok: false, reason: 'allBrokersFenced' };
  if (replicationFactor > brokers.length) return { ok: false, reason: 'tooFewBrokers' };

  const racks = newRacks(brokers);
  const drawOrder = request.rackDrawOrder ?? racks.map((rack) => rack.name);
  const inDrawOrder = drawOrder.map((name) => racks.find((rack) => rack.name === name)!);
  for (const rack of inDrawOrder) {
    drawOffset(rack.fenced, nextInt);
    drawOffset(rack.unfenced, nextInt);
  }
  const striping: Striping = { racks, inDrawOrder, rackOffset: nextInt(racks.length), epoch: 0, unfencedCount };
  const replicas: number[][] = [];
  for (let partition = 0; partition < partitionCount; partition++) {
    replicas.push(placePartition(striping, replicationFactor, nextInt));
  }
  return { ok: true, replicas };
}

interface Striping {
  racks: Rack[];
  inDrawOrder: readonly Rack[];
  rackOffset: number;
  /** Partitions placed since the last shuffle. */
  epoch: number;
  unfencedCount: number;
}

interface Rack {
  name: string | null;
  fenced: Rotation;
  unfenced: Rotation;
}

/** A list that starts one broker further with each epoch, and ends after one round. */
interface Rotation {
  ids: number[];
  epoch: number;
  index: number;
  offset: number;
}

function newRacks(brokers: readonly UsableBroker[]): Rack[] {
  return [...new Set(brokers.map((broker) => broker.rack))].sort(compareRackNames).map((name) => ({
    name,
    fenced: newRotation(brokers.filter((broker) => broker.rack === name && broker.isFenced)),
    unfenced: newRotation(brokers.filter((broker) => broker.rack === name && !broker.isFenced)),
  }));
}

function newRotation(brokers: readonly UsableBroker[]): Rotation {
  return { ids: brokers.map((broker) => broker.id).sort((a, b) => a - b), epoch: 0, index: 0, offset: 0 };
}

function drawOffset(rotation: Rotation, nextInt: NextInt): void {
  if (rotation.ids.length > 0) rotation.offset = nextInt(rotation.ids.length);
}

/** The next broker of the list in this epoch; -1 after a full round. */
function takeNext(rotation: Rotation, epoch: number): number {
  const size = rotation.ids.length;
  if (size === 0) return -1;
  if (rotation.epoch !== epoch) {
    rotation.epoch = epoch;
    rotation.index = 0;
    rotation.offset = (rotation.offset + 1) % size;
  }
  if (rotation.index >= size) return -1;
  return rotation.ids[(rotation.index++ + rotation.offset) % size]!;
}

function placePartition(striping: Striping, replicationFactor: number, nextInt: NextInt): number[] {
  const { racks } = striping;
  if (striping.epoch === striping.unfencedCount && striping.unfencedCount > 1) shuffleAll(striping, nextInt);
  if (striping.rackOffset === racks.length) striping.rackOffset = 0;

  let leaderRack = striping.rackOffset;
  let leader = takeNext(racks[leaderRack]!.unfenced, striping.epoch);
  while (leader < 0) {
    leaderRack = (leaderRack + 1) % racks.length;
    leader = takeNext(racks[leaderRack]!.unfenced, striping.epoch);
  }
  const replicas = [leader];
  let skipLeaderRack = true;
  for (let cursor = striping.rackOffset; replicas.length < replicationFactor; cursor = (cursor + 1) % racks.length) {
    if (skipLeaderRack && cursor === leaderRack) {
      skipLeaderRack = false;
      continue;
    }
    const follower = takeFollower(racks[cursor]!, striping.epoch);
    if (follower >= 0) replicas.push(follower);
  }
  striping.epoch++;
  striping.rackOffset++;
  return replicas;
}

function takeFollower(rack: Rack, epoch: number): number {
  const unfenced = takeNext(rack.unfenced, epoch);
  return unfenced >= 0 ? unfenced : takeNext(rack.fenced, epoch);
}

function shuffleAll(striping: Striping, nextInt: NextInt): void {
  shuffle(striping.racks, nextInt);
  for (const rack of striping.inDrawOrder) {
    shuffle(rack.fenced.ids, nextInt);
    shuffle(rack.unfenced.ids, nextInt);
  }
  striping.epoch = 0;
}

/** From the end, as Java's `Collections.shuffle`. */
function shuffle<Item>(items: Item[], nextInt: NextInt): void {
  for (let size = items.length; size > 1; size--) {
    const drawn = nextInt(size);
    [items[size - 1], items[drawn]] = [items[drawn]!, items[size - 1]!];
  }
}

function compareRackNames(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
