import type { EventId } from '../trace.ts';
import type { ClusterState } from './clusterState.ts';
import { isOffline } from './clusterState.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { EffectiveConfigs } from './effectiveConfigs.ts';
import type { PartitionEntry } from './metadataBatch.ts';
import type { PartitionChanges } from './partitionChanges.ts';

/** Elections that a person or a periodic task asks for, and that one event may make. */
export const MAX_ELECTIONS_PER_EVENT = 1000;

/**
 * The ElectLeaders API, for some partitions.
 *
 * Source: `ReplicationControlManager.electLeaders`, KIP-183, KIP-460.
 */
export function electLeaders(
  core: ControllerCore,
  changes: PartitionChanges,
  type: 'preferred' | 'unclean',
  partitions: readonly number[],
  cause: EventId,
  done: (errors: readonly string[]) => void,
): void {
  const changed: PartitionEntry[] = [];
  const errors = partitions.map((partition) => {
    const entry = core.current.partitions.get(partition);
    if (entry === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
    const { leader, replicas } = entry.registration;
    if (type === 'unclean' ? leader >= 0 : leader === replicas[0]) return 'ELECTION_NOT_NEEDED';
    const election = type === 'unclean' ? 'UNCLEAN' : 'PREFERRED';
    const change = changes.change(entry, 'electLeaders', { election });
    if (change === undefined || change.registration.leader < 0 || change.registration.leader === leader)
      return type === 'unclean' ? 'ELIGIBLE_LEADERS_NOT_AVAILABLE' : 'PREFERRED_LEADER_NOT_AVAILABLE';
    changed.push(change);
    return 'NONE';
  });
  const answer = (): void => done(errors);
  if (changed.length === 0) core.whenCommitted(answer);
  else core.append({ partitions: changed }, cause, answer);
}

/** Partitions whose preferred replica does not lead, whether it could or not. */
export function hasImbalance(partitions: Iterable<PartitionEntry>): boolean {
  for (const { registration } of partitions)
    if (registration.leader >= 0 && registration.leader !== registration.replicas[0]) return true;
  return false;
}

/**
 * Gives leaderships back to preferred replicas that are active and in the ISR; KRaft applies no percentage.
 * @returns whether the limit cut it short
 */
export function balancePreferredLeaders(core: ControllerCore, changes: PartitionChanges, cause: EventId): boolean {
  const changed: PartitionEntry[] = [];
  for (const entry of core.current.partitions.values()) {
    const { leader, replicas, isr } = entry.registration;
    const preferred = replicas[0]!;
    if (leader === preferred || !isr.includes(preferred) || !core.current.isActive(preferred)) continue;
    if (changed.length === MAX_ELECTIONS_PER_EVENT) break;
    // What made it possible, or necessary, is the partition's latest change.
    const change = changes.change(entry, 'preferredElection', { election: 'PREFERRED' }, entry.event);
    if (change !== undefined) changed.push(change);
  }
  if (changed.length > 0) core.append({ partitions: changed }, cause);
  return changed.length === MAX_ELECTIONS_PER_EVENT;
}

/** A leaderless partition whose topic allows unclean election. */
export function hasUncleanCandidate(
  partitions: Iterable<PartitionEntry>,
  state: ClusterState,
  configs: EffectiveConfigs,
): boolean {
  for (const entry of partitions)
    if (isOffline(entry) && configs.isUncleanElectionEnabled(state, state.topicOf(entry.partition))) return true;
  return false;
}

/**
 * Tries unclean elections again for leaderless partitions whose topics allow them.
 * @returns whether the limit cut it short
 */
export function electUncleanLeaders(
  core: ControllerCore,
  changes: PartitionChanges,
  configs: EffectiveConfigs,
  cause: EventId,
): boolean {
  const { current } = core;
  const changed: PartitionEntry[] = [];
  for (const entry of current.partitions.values()) {
    if (!isOffline(entry) || !configs.isUncleanElectionEnabled(current, current.topicOf(entry.partition))) continue;
    if (changed.length === MAX_ELECTIONS_PER_EVENT) break;
    const change = changes.change(entry, 'uncleanElection', { election: 'UNCLEAN' }, entry.event);
    if (change !== undefined) changed.push(change);
  }
  if (changed.length > 0) core.append({ partitions: changed }, cause);
  return changed.length === MAX_ELECTIONS_PER_EVENT;
}
