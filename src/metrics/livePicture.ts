import type { TraceEvent } from '../model/trace.ts';
import type { Collector } from './collector.ts';
import { brokerIds } from './names.ts';

/** One cluster at one moment, for people who watch; ids are node ids. */
export interface ClusterSnapshot {
  readonly name: string;
  readonly activeController: number | null;
  readonly brokers: readonly {
    readonly id: number;
    readonly zone: string;
    /** Kafka's broker state, or `FROZEN` for a process that does not run at all. */
    readonly state: string;
    readonly isFenced: boolean;
  }[];
  /** User topics only. */
  readonly partitions: readonly {
    readonly topic: string;
    readonly partition: number;
    readonly replicas: readonly number[];
    readonly leader: number | null;
    readonly isr: readonly number[];
  }[];
  /** Partitions in trouble, internal ones included. */
  readonly trouble: { readonly underReplicated: number; readonly underMinIsr: number; readonly offline: number };
}

export interface LiveCounters {
  readonly acknowledged: number;
  readonly failed: number;
  readonly delivered: number;
}

/** What can be told at any moment, in time proportional to the number of partitions. */
export class LivePicture {
  readonly #collector: Collector;
  readonly #frozen = new Set<number>();
  readonly #failures = new Map<number, string>();
  #acknowledged = 0;
  #failed = 0;
  #delivered = 0;

  constructor(collector: Collector) {
    this.#collector = collector;
    collector.listen({
      event: (event) => this.#hear(event),
      acknowledged: (_lane, _first, count) => {
        this.#acknowledged += count;
      },
      failed: (_lane, _first, count) => {
        this.#failed += count;
      },
      delivered: (_group, _client, _partition, _offset, count) => {
        this.#delivered += count;
      },
    });
  }

  /** Names of failures in force, in order of their beginning. */
  failuresInForce(): string[] {
    return [...this.#failures.values()];
  }

  counters(): LiveCounters {
    return { acknowledged: this.#acknowledged, failed: this.#failed, delivered: this.#delivered };
  }

  clusters(): ClusterSnapshot[] {
    const { cast, facts } = this.#collector;
    return cast.scenario.clusters.map(({ name }, index) => ({
      name,
      activeController: cast.controllers[facts.activeController[index]!]?.id ?? null,
      brokers: cast.brokers.flatMap(({ id, zone, cluster }, broker) => {
        if (cluster !== name) return [];
        const state = this.#frozen.has(broker) ? 'FROZEN' : facts.brokerState[broker]!;
        // Not bought yet, or given back: that is no broker that is down.
        if (state === 'NOT_RUNNING' && !facts.isRegistered[broker]) return [];
        return [{ id, zone, state, isFenced: facts.brokerControl[broker] === 'FENCED' }];
      }),
      partitions: this.#partitionsOf(name),
      trouble: this.#troubleOf(name),
    }));
  }

  #troubleOf(cluster: string): ClusterSnapshot['trouble'] {
    const trouble = { underReplicated: 0, underMinIsr: 0, offline: 0 };
    for (const topic of this.#collector.facts.topics.topics) {
      if (topic.cluster !== cluster) continue;
      trouble.underReplicated += topic.underReplicated;
      trouble.underMinIsr += topic.underMinIsr;
      trouble.offline += topic.offline;
    }
    return trouble;
  }

  #partitionsOf(cluster: string): ClusterSnapshot['partitions'] {
    const { cast, facts } = this.#collector;
    return cast.partitions.flatMap((found, partition) => {
      if (found.cluster !== cluster || found.internal || !facts.exists(partition)) return [];
      const leader = facts.leader[partition]!;
      return [
        {
          topic: found.topic,
          partition: found.partition,
          replicas: brokerIds(cast, facts.replicas[partition]!),
          leader: leader < 0 ? null : brokerIds(cast, [leader])[0]!,
          isr: brokerIds(cast, facts.isr[partition]!),
        },
      ];
    });
  }

  #hear(event: TraceEvent): void {
    switch (event.type) {
      case 'failure.began':
        this.#failures.set(event.failure, event.name);
        break;
      case 'failure.ended':
        this.#failures.delete(event.failure);
        break;
      case 'broker.frozen':
        this.#frozen.add(event.broker);
        break;
      case 'broker.resumed':
      case 'broker.killed':
      case 'broker.exited':
        this.#frozen.delete(event.broker);
    }
  }
}
