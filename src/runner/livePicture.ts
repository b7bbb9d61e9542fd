import type { Cast, TraceEvent } from '../model/trace.ts';
import type { BrokerPicture, ClusterPicture, PartitionPicture } from './progress.ts';

interface BrokerState {
  state: string;
  isFrozen: boolean;
  isFenced: boolean;
}

interface PartitionState {
  leader: number;
  isr: readonly number[];
}

/**
 * Keeps the last known state of brokers, controllers and partitions from control-plane facts, so that a picture
 * can be taken at any moment without asking the model.
 */
export class LivePicture {
  readonly #cast: Cast;
  readonly #brokers: BrokerState[];
  readonly #partitions = new Map<number, PartitionState>();
  readonly #activeController = new Map<string, number | null>();
  readonly #failures = new Map<number, string>();
  #applied = 0;

  constructor(cast: Cast) {
    this.#cast = cast;
    this.#brokers = cast.brokers.map(() => ({ state: 'NOT_RUNNING', isFrozen: false, isFenced: false }));
  }

  /** Names of failures in force, in order of their beginning. */
  get failuresInForce(): string[] {
    return [...this.#failures.values()];
  }

  /** Applies the events that came since the last call. */
  catchUp(events: { readonly length: number; get(id: number): TraceEvent | undefined }): void {
    for (; this.#applied < events.length; this.#applied++) this.#apply(events.get(this.#applied)!);
  }

  #apply(body: TraceEvent): void {
    switch (body.type) {
      case 'failure.began':
        this.#failures.set(body.failure, body.name);
        break;
      case 'failure.ended':
        this.#failures.delete(body.failure);
        break;
      case 'controller.active':
        this.#activeController.set(body.cluster, this.#cast.controllers[body.controller]?.id ?? null);
        break;
      case 'controller.none':
        this.#activeController.set(body.cluster, null);
        break;
      case 'partition.changed':
        this.#partitions.set(body.partition, { leader: body.leader, isr: body.isr });
        break;
      default:
        this.#applyToBroker(body);
    }
  }

  clusters(): ClusterPicture[] {
    return this.#cast.scenario.clusters.map(({ name }) => ({
      name,
      activeController: this.#activeController.get(name) ?? null,
      brokers: this.#brokersOf(name),
      partitions: this.#partitionsOf(name),
    }));
  }

  #applyToBroker(body: TraceEvent): void {
    if (!('broker' in body)) return;
    const broker = this.#brokers[body.broker];
    if (broker === undefined) return;
    switch (body.type) {
      case 'broker.state':
        broker.state = body.to;
        break;
      case 'broker.killed':
      case 'broker.exited':
        broker.state = 'NOT_RUNNING';
        broker.isFrozen = false;
        break;
      case 'broker.frozen':
        broker.isFrozen = true;
        break;
      case 'broker.resumed':
        broker.isFrozen = false;
        break;
      case 'broker.control':
        broker.isFenced = body.to === 'FENCED';
        break;
    }
  }

  #brokersOf(cluster: string): BrokerPicture[] {
    const pictures: BrokerPicture[] = [];
    for (const [index, broker] of this.#cast.brokers.entries()) {
      if (broker.cluster !== cluster) continue;
      const { state, isFrozen, isFenced } = this.#brokers[index]!;
      pictures.push({ id: broker.id, zone: broker.zone, state: isFrozen ? 'FROZEN' : state, isFenced });
    }
    return pictures;
  }

  #partitionsOf(cluster: string): PartitionPicture[] {
    const pictures: PartitionPicture[] = [];
    for (const [index, partition] of this.#cast.partitions.entries()) {
      const state = this.#partitions.get(index);
      if (partition.cluster !== cluster || partition.internal || state === undefined) continue;
      pictures.push({
        topic: partition.topic,
        partition: partition.partition,
        replicas: partition.replicas.map((broker) => this.#brokerId(broker)),
        leader: state.leader < 0 ? null : this.#brokerId(state.leader),
        isr: state.isr.map((broker) => this.#brokerId(broker)),
      });
    }
    return pictures;
  }

  #brokerId(index: number): number {
    return this.#cast.brokers[index]?.id ?? index;
  }
}
