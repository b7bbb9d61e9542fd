import type { VerdictStatus } from '../result/runResult.ts';

/** A picture of a run while it is going on, for people: sampled, never part of a result. */
export interface RunProgress {
  /** Which job of the invocation, in input order. */
  readonly job: number;
  readonly nowUs: number;
  readonly durationUs: number;
  /** Simulated events so far, and wall-clock time spent on them. */
  readonly events: number;
  readonly wallMs: number;
  readonly clusters: readonly ClusterPicture[];
  /** Names of failures in force, in order of their beginning. */
  readonly failuresInForce: readonly string[];
  readonly expectations: readonly { readonly name: string; readonly status: VerdictStatus | 'open' }[];
}

export interface ClusterPicture {
  readonly name: string;
  /** Node id of the active controller; null while there is none. */
  readonly activeController: number | null;
  readonly brokers: readonly BrokerPicture[];
  /** User topics only, by topic and partition in the order of the scenario. */
  readonly partitions: readonly PartitionPicture[];
  /** Partitions in trouble, internal ones included; absent where nobody counted. */
  readonly trouble?: { readonly underReplicated: number; readonly underMinIsr: number; readonly offline: number };
}

export interface BrokerPicture {
  readonly id: number;
  readonly zone: string;
  /** Kafka's broker state, or `FROZEN` for a process that does not run at all. */
  readonly state: string;
  /** The controller fenced it. */
  readonly isFenced: boolean;
}

export interface PartitionPicture {
  readonly topic: string;
  readonly partition: number;
  readonly replicas: readonly number[];
  /** Broker id; null while the partition is offline. */
  readonly leader: number | null;
  readonly isr: readonly number[];
}
