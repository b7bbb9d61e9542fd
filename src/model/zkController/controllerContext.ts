import type { PartitionEntry } from '../controller/metadataBatch.ts';
import type { BrokerImage } from '../metadata.ts';
import { ZkPartitionStates } from './partitionStateMachine.ts';
import { ZkReplicaStates } from './replicaStateMachine.ts';

/**
 * What one controller remembers besides what is in ZooKeeper: who lives, who shuts down, and the states of partitions and
 * replicas.
 *
 * Source: Kafka's `ControllerContext` (up to 3.9).
 */
export class ControllerContext {
  /** Live brokers and the epochs of their registrations. */
  readonly live = new Map<number, number>();
  readonly shuttingDown = new Set<number>();
  readonly partitions = new ZkPartitionStates();
  readonly replicas = new ZkReplicaStates();

  /** By live broker: partitions in log directories that it cannot use (replicasOnOfflineDirs). */
  readonly #offline = new Map<number, Set<number>>();

  readonly isLive = (broker: number): boolean => this.live.has(broker);

  /** Whether a broker's replica of the partition can be led or in the ISR. */
  onlineIn(partition: number): (broker: number) => boolean {
    return (broker) => this.live.has(broker) && !this.#offline.get(broker)?.has(partition);
  }

  takeOffline(broker: number, partitions: Iterable<number>): void {
    const offline = this.#offline.get(broker) ?? new Set();
    for (const partition of partitions) offline.add(partition);
    this.#offline.set(broker, offline);
  }

  started(broker: number, epoch: number, offline: Iterable<number>): void {
    this.live.set(broker, epoch);
    this.takeOffline(broker, offline);
  }

  failed(broker: number): void {
    this.live.delete(broker);
    this.shuttingDown.delete(broker);
    this.#offline.delete(broker);
  }

  /** What differs from the registrations; `back`: the same brokers under other epochs. */
  compare(registrations: ReadonlyMap<number, number>): { gone: number[]; fresh: number[]; back: number[] } {
    const known = [...this.live];
    return {
      gone: known.flatMap(([broker]) => (registrations.has(broker) ? [] : [broker])),
      fresh: [...registrations.keys()].filter((broker) => !this.live.has(broker)),
      back: known.flatMap(([broker, epoch]) => ((registrations.get(broker) ?? epoch) === epoch ? [] : [broker])),
    };
  }

  /** The states that a new controller gives to what it finds. */
  load({ partition, registration }: PartitionEntry): void {
    this.partitions.step(partition, 'created');
    this.partitions.step(partition, this.onlineIn(partition)(registration.leader) ? 'elected' : 'leader.failed');
    for (const replica of registration.replicas) {
      this.replicas.step(partition, replica, 'assigned');
      this.replicas.step(partition, replica, this.onlineIn(partition)(replica) ? 'started' : 'broker.failed');
    }
  }

  /** New, then Online, with an election of its own. */
  created({ partition, registration }: PartitionEntry): void {
    this.partitions.step(partition, 'created');
    this.partitions.step(partition, 'elected');
    for (const replica of registration.replicas) {
      this.replicas.step(partition, replica, 'assigned');
      if (this.isLive(replica)) this.replicas.step(partition, replica, 'started');
    }
  }

  /** The list of live brokers as UpdateMetadata carries it: those that are not in it count as dead. */
  brokerImages(brokers: Iterable<number>): BrokerImage[] {
    return [...brokers].map((broker) => {
      const epoch = this.live.get(broker);
      return {
        broker,
        brokerEpoch: epoch ?? -1,
        fenced: epoch === undefined,
        inControlledShutdown: false,
        isRegistered: true,
      };
    });
  }
}
