import type { EventId } from '../trace.ts';
import type { ControllerHost } from './controllerHost.ts';
import type { ZkController } from './zkController.ts';

/**
 * A broker told of a failed log directory by a node under /log_dir_event_notification: the controller asks it which
 * replicas are offline, elects where it led them, and takes them out of the ISRs.
 *
 * Source: `KafkaController.processLogDirEventNotification`, `onReplicasBecomeOffline` (KIP-112, up to 3.9).
 */
export function logDirFailed(
  host: ControllerHost,
  controller: ZkController,
  broker: number,
  partitions: readonly number[],
  cause: EventId,
): void {
  controller.add((done) => {
    const { context } = controller;
    const { committed } = host.store;
    const known = partitions.filter((partition) => committed.partitions.has(partition));
    context.takeOffline(broker, known);
    for (const partition of known)
      if (committed.entry(partition).registration.leader === broker)
        context.partitions.step(partition, 'leader.failed');
    controller.electLeaderless('logDirFailed', cause, () =>
      controller.replicasOffline([broker], 'logDirFailed', cause, done, new Set(known)),
    );
  });
}
