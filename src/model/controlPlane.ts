import type { ControllerPort } from './metadata.ts';
import type { Process } from './network/process.ts';

/**
 * The control plane of one cluster, whoever keeps its metadata: a KRaft quorum (`controller/`), or ZooKeeper with a
 * controller among the brokers (`zkController/`).
 */
export interface ControlPlane extends ControllerPort {
  /** The steady cluster at time 0; every broker knows all metadata. */
  bootstrap(): void;
  /** The machine of this process lost power: what its quorum member had not flushed is gone. */
  losePower?(process: Process): void;
  /** The ZooKeeper server that leads the ensemble (index of the cast), or -1; absent with KRaft. */
  zooKeeperLeader?(): number;
}
