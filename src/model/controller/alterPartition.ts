import type { Behaviour } from '../../kafka/behaviour.ts';
import { containsAll } from '../algorithms/partitionRegistration.ts';
import type { AlterPartitionItem, AlterPartitionResult } from '../metadata.ts';
import { NO_CAUSE } from '../trace.ts';
import { partitionImage } from './clusterState.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { PartitionEntry } from './metadataBatch.ts';
import type { PartitionChanges } from './partitionChanges.ts';

/**
 * A leader asks for another ISR. All items of a request that pass the checks are one batch; the answer follows its commit.
 *
 * Source: `ReplicationControlManager.alterPartition`, KIP-497, KIP-841, KIP-903.
 */
export function alterPartition(
  core: ControllerCore,
  changes: PartitionChanges,
  behaviour: Behaviour,
  broker: number,
  items: readonly AlterPartitionItem[],
  done: (results: readonly AlterPartitionResult[]) => void,
): void {
  const errors: string[] = [];
  const partitions: PartitionEntry[] = [];
  for (const item of items) {
    const entry = core.current.partitions.get(item.partition);
    const error = entry === undefined ? 'UNKNOWN_TOPIC_OR_PARTITION' : refusal(core, behaviour, broker, entry, item);
    errors.push(error);
    if (entry === undefined || error !== 'NONE') continue;
    const change = changes.change(
      entry,
      item.reason,
      { targetIsr: item.newIsr, targetLeaderRecoveryState: item.recovered ? 'RECOVERED' : undefined },
      item.cause,
    );
    if (change !== undefined) partitions.push(change);
  }
  const answer = (): void => done(items.map((item, index) => resultOf(core, broker, item, errors[index]!)));
  if (partitions.length === 0) core.whenCommitted(answer);
  else core.append({ partitions }, partitions[0]!.cause ?? NO_CAUSE, answer);
}

/** An ISR that completes a reassignment may take the leadership from the broker that asked for it. */
function resultOf(
  core: ControllerCore,
  broker: number,
  { partition }: AlterPartitionItem,
  error: string,
): AlterPartitionResult {
  if (error !== 'NONE') return { error, image: null };
  const image = partitionImage(core.committed.entry(partition));
  return image.leader === broker ? { error: 'NONE', image } : { error: 'NEW_LEADER_ELECTED', image: null };
}

/** The first check that fails, in the controller's order. */
function refusal(
  core: ControllerCore,
  behaviour: Behaviour,
  broker: number,
  { registration }: PartitionEntry,
  item: AlterPartitionItem,
): string {
  const { leader, leaderEpoch, partitionEpoch, replicas, leaderRecoveryState } = registration;
  if (item.leaderEpoch > leaderEpoch || item.partitionEpoch > partitionEpoch) return 'NOT_CONTROLLER';
  if (item.leaderEpoch < leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (broker !== leader) return 'INVALID_REQUEST';
  if (item.partitionEpoch < partitionEpoch) return 'INVALID_UPDATE_VERSION';
  if (!containsAll(replicas, item.newIsr) || !item.newIsr.includes(leader)) return 'INVALID_REQUEST';
  if (!item.recovered && (item.newIsr.length > 1 || leaderRecoveryState === 'RECOVERED')) return 'INVALID_REQUEST';
  return hasIneligible(core, behaviour, item) ? 'INELIGIBLE_REPLICA' : 'NONE';
}

/** A proposed member is not registered, fenced, stopping, or of an incarnation that registered later than the leader knows. */
function hasIneligible({ current }: ControllerCore, behaviour: Behaviour, item: AlterPartitionItem): boolean {
  return item.newIsr.some((replica, index) => {
    if (behaviour.isrRefusesFencedBrokers && !current.isActive(replica)) return true;
    const epoch = item.newIsrEpochs?.[index] ?? -1;
    return behaviour.isrChecksBrokerEpoch && epoch >= 0 && epoch !== current.brokers.get(replica)?.brokerEpoch;
  });
}
