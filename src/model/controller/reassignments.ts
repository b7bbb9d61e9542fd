import { isReassigning, revertReassignment } from '../algorithms/partitionReassignment.ts';
import type { ReassignmentRequest } from '../metadata.ts';
import type { EventId } from '../trace.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { EffectiveConfigs } from './effectiveConfigs.ts';
import type { PartitionEntry } from './metadataBatch.ts';
import type { PartitionChanges } from './partitionChanges.ts';

/**
 * The AlterPartitionReassignments API: begins, replaces or cancels moves of partitions. Each partition has its own
 * error; those that pass are one batch.
 *
 * A target may name fenced brokers, and then waits for them for as long as it takes. The last replica joins the ISR and
 * the move ends in one record, which `changePartition` makes whenever it is asked about a partition that moves.
 *
 * Source: `ReplicationControlManager.alterPartitionReassignments`, KIP-455.
 */
export function alterReassignments(
  core: ControllerCore,
  changes: PartitionChanges,
  configs: EffectiveConfigs,
  requests: readonly ReassignmentRequest[],
  cause: EventId,
  done: (errors: readonly string[]) => void,
): void {
  const changed: PartitionEntry[] = [];
  const errors = requests.map(({ partition, replicas }) => {
    const entry = core.current.partitions.get(partition);
    if (entry === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
    const error = replicas === null ? refuseCancel(core, configs, entry) : refuseTarget(core, replicas);
    if (error !== 'NONE') return error;
    const change = replicas === null ? changes.cancelled(entry) : changes.reassigned(entry, replicas);
    if (change !== undefined) changed.push(change);
    return 'NONE';
  });
  const answer = (): void => done(errors);
  if (changed.length === 0) core.whenCommitted(answer);
  else core.append({ partitions: changed }, cause, answer);
}

/** Every replica once, and a registered broker; whether it is fenced does not count (validateManualPartitionAssignment). */
function refuseTarget({ current }: ControllerCore, target: readonly number[]): string {
  const isLegal =
    target.length > 0 &&
    new Set(target).size === target.length &&
    target.every((broker) => current.brokers.has(broker));
  return isLegal ? 'NONE' : 'INVALID_REPLICA_ASSIGNMENT';
}

/** A way back on which no replica of the ISR would be left is an unclean election, and only open where those are allowed. */
function refuseCancel({ current }: ControllerCore, configs: EffectiveConfigs, entry: PartitionEntry): string {
  if (!isReassigning(entry.registration)) return 'NO_REASSIGNMENT_IN_PROGRESS';
  const { isUnclean } = revertReassignment(entry.registration);
  if (!isUnclean || configs.isUncleanElectionEnabled(current, current.topicOf(entry.partition))) return 'NONE';
  return 'INVALID_REPLICA_ASSIGNMENT';
}
