import type { ClusterLayout, ModelContext } from './context.ts';
import { ControllerPlane } from './controller/controllerPlane.ts';
import type { ControlPlane } from './controlPlane.ts';
import type { BrokerPort } from './metadata.ts';
import { ZkControlPlane } from './zkController/zkControlPlane.ts';

/** The control plane that the cluster's coordination asks for. */
export function newControlPlane(ctx: ModelContext, layout: ClusterLayout, port: BrokerPort): ControlPlane {
  const { zookeeper } = layout.spec;
  if (zookeeper === null) return new ControllerPlane(ctx, layout, port);
  const servers = zookeeper.nodes.map((_, slot) => slot);
  return new ZkControlPlane(ctx, layout, port, { servers, meetsOwnEnsemble: () => true });
}
