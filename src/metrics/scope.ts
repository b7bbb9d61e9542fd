import type { Cast } from '../model/trace.ts';
import { brokerName, clientName, partitionName } from './names.ts';

export type ScopeKind = 'everything' | 'partition' | 'topic' | 'client' | 'group' | 'instance' | 'broker' | 'cluster';

/**
 * Whose numbers are asked for: what `of:` names. Each question answers whether samples of that thing count; a
 * question that the name says nothing about answers yes (a topic counts the samples of every client).
 */
export class Scope {
  readonly text: string;
  readonly kind: ScopeKind;
  readonly #cast: Cast;
  readonly #name: string;
  /** By lane: 0 not asked yet, 1 counts, 2 does not. */
  #lanes = new Uint8Array(64);

  constructor(cast: Cast, text: string | null) {
    this.#cast = cast;
    this.#name = text ?? '';
    this.text = text ?? 'everything';
    this.kind = text === null ? 'everything' : kindOf(cast, text);
  }

  partition(partition: number): boolean {
    const found = this.#cast.partitions[partition];
    switch (this.kind) {
      case 'partition':
        return partitionName(this.#cast, partition) === this.#name;
      case 'topic':
        return found?.topic === this.#name;
      case 'cluster':
        return found?.cluster === this.#name;
      default:
        return true;
    }
  }

  client(client: number): boolean {
    const found = this.#cast.clients[client];
    switch (this.kind) {
      case 'client':
      case 'group':
        return found?.name === this.#name;
      case 'instance':
        return clientName(this.#cast, client) === this.#name;
      default:
        return true;
    }
  }

  group(group: number): boolean {
    const found = this.#cast.groups[group];
    if (found === undefined) return false;
    switch (this.kind) {
      case 'client':
        return false;
      case 'group':
        return found.name === this.#name;
      case 'instance':
        return this.#name.startsWith(`${found.name}-`);
      case 'topic':
        return found.topics.includes(this.#name);
      case 'partition':
        return found.topics.some((topic) => this.#name.startsWith(`${topic}-`));
      case 'cluster':
        return found.cluster === this.#name;
      default:
        return true;
    }
  }

  broker(broker: number): boolean {
    if (this.kind === 'broker') return isBroker(this.#cast, broker, this.#name);
    return this.kind !== 'cluster' || this.#cast.brokers[broker]?.cluster === this.#name;
  }

  cluster(name: string): boolean {
    return this.kind !== 'cluster' || name === this.#name;
  }

  /** Whether the records of a lane count; asked with every batch, so answers are kept. */
  lane(lane: number): boolean {
    if (lane >= this.#lanes.length) {
      const grown = new Uint8Array(Math.max(lane + 1, this.#lanes.length * 2));
      grown.set(this.#lanes);
      this.#lanes = grown;
    }
    const known = this.#lanes[lane]!;
    if (known !== 0) return known === 1;
    const { client, partition } = this.#cast.lanes[lane]!;
    const counts = this.client(client) && this.partition(partition);
    this.#lanes[lane] = counts ? 1 : 2;
    return counts;
  }
}

/**
 * Partition before group before client before topic: `orders-0` is a partition even when a group is called so.
 * Topics are looked up in the scenario, since the model may create them later than this is asked.
 */
function kindOf(cast: Cast, text: string): ScopeKind {
  const topics = cast.scenario.clusters.flatMap((cluster) => cluster.topics);
  const [, topic, digits] = /^(.+)-(\d+)$/.exec(text) ?? [];
  if (topics.some(({ name, partitionCount }) => name === topic && Number(digits) < partitionCount)) return 'partition';
  if (cast.groups.some((group) => group.name === text)) return 'group';
  if (cast.clients.some((client) => client.name === text)) return 'client';
  if (topics.some(({ name }) => name === text)) return 'topic';
  if (cast.clients.some((_, client) => clientName(cast, client) === text)) return 'instance';
  if (cast.brokers.some((_, broker) => isBroker(cast, broker, text))) return 'broker';
  if (cast.scenario.clusters.some((cluster) => cluster.name === text)) return 'cluster';
  // What remains are internal topics and their partitions: `__consumer_offsets-17`.
  return topic === undefined ? 'topic' : 'partition';
}

/** `broker 2`, `eu/broker 2`, or the bare id. */
function isBroker(cast: Cast, broker: number, text: string): boolean {
  const { cluster, id } = cast.brokers[broker]!;
  return (
    text === brokerName(cast, broker) ||
    text === `broker ${id}` ||
    text === `${cluster}/broker ${id}` ||
    text === `${id}`
  );
}
