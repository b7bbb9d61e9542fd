import type { Behaviour } from '../kafka/behaviour.ts';
import type { Cluster, Scenario } from '../scenario/scenario.ts';
import type { Kernel } from '../sim/index.ts';
import type { Network } from './network/network.ts';
import type { Process } from './network/process.ts';
import type { Cast, Recorder } from './trace.ts';
import type { ClusterVersions } from './versions/clusterVersions.ts';

/** What every part of the model may use. */
export interface ModelContext {
  readonly scenario: Scenario;
  readonly kernel: Kernel;
  readonly recorder: Recorder;
  readonly network: Network;
  readonly cast: Cast;
}

/** One cluster's fixed facts in dense indexes. */
export interface ClusterLayout {
  readonly spec: Cluster;
  /** Software of the nodes and what is finalized. */
  readonly versions: ClusterVersions;
  /** Of the active controller; live, as in `versions`. */
  readonly behaviour: Behaviour;
  /** Global broker indexes of this cluster, ascending by id. */
  readonly brokers: readonly number[];
  /** By global broker index. */
  readonly brokerProcesses: readonly Process[];
  /** Parallel to spec.controllers. */
  readonly controllerProcesses: readonly Process[];
  /** Global controller indexes, parallel to spec.controllers. */
  readonly controllers: readonly number[];
  /** Parallel to spec.zookeeper.nodes; empty with KRaft. */
  readonly zooKeeperProcesses: readonly Process[];
  /** Indexes of the cast, parallel to zooKeeperProcesses. */
  readonly zooKeepers: readonly number[];
}
