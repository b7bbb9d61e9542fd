import type { ClusterLayout, ModelContext } from './context.ts';
import { ControllerPlane } from './controller/controllerPlane.ts';
import type { ControlPlane } from './controlPlane.ts';
import type { BrokerPort } from './metadata.ts';
import { standAloneClusters } from './zkController/standAlone.ts';
import { ZkControlPlane } from './zkController/zkControlPlane.ts';

/** Brokers that belong together, and their control plane. */
export interface ClusterSide {
  readonly layout: ClusterLayout;
  readonly controller: ControlPlane;
}

export interface ClusterControl {
  readonly controller: ControlPlane;
  /** One, but for brokers that several stand-alone ZooKeepers made into several clusters. */
  readonly sides: readonly ClusterSide[];
}

/** The control plane that the cluster's coordination asks for. */
export function newControlPlane(ctx: ModelContext, layout: ClusterLayout, port: BrokerPort): ClusterControl {
  const { zookeeper } = layout.spec;
  if (zookeeper === null) return whole(layout, new ControllerPlane(ctx, layout, port));
  if (zookeeper.standAlone) return standAloneClusters(ctx, layout, port);
  const servers = zookeeper.nodes.map((_, slot) => slot);
  return whole(layout, new ZkControlPlane(ctx, layout, port, { servers, meetsOwnEnsemble: () => true }));
}

function whole(layout: ClusterLayout, controller: ControlPlane): ClusterControl {
  return { controller, sides: [{ layout, controller }] };
}
