import type { Behaviour } from '../../kafka/behaviour.ts';
import type { Kernel } from '../../sim/index.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ClusterSettings } from './clusterSettings.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { EffectiveConfigs } from './effectiveConfigs.ts';
import { balancePreferredLeaders, electUncleanLeaders, hasImbalance, hasUncleanCandidate } from './leaderElections.ts';
import type { PartitionEntry } from './metadataBatch.ts';
import type { PartitionChanges } from './partitionChanges.ts';
import { PeriodicTask, type TaskKind } from './periodicTask.ts';

/**
 * What the active controller does by itself from time to time: give leaderships back to preferred replicas
 * (auto.leader.rebalance.enable), and try unclean elections again.
 *
 * Source: `QuorumController`, `PeriodicTaskControlManager`.
 */
export function controllerTasks(
  kernel: Kernel,
  core: ControllerCore,
  changes: PartitionChanges,
  configs: EffectiveConfigs,
  settings: ClusterSettings,
  behaviour: Behaviour,
): PeriodicTask[] {
  const isAble = (): boolean => core.term?.leader.isUp === true;
  const all = (): Iterable<PartitionEntry> => core.current.partitions.values();
  const tasks: PeriodicTask[] = [];
  if (settings.balancesPreferred) {
    const kind = (): TaskKind => {
      const { preferredBalance } = behaviour;
      return preferredBalance === 'zkPercentage' ? 'periodic' : preferredBalance;
    };
    const work = (): boolean => isAble() && balancePreferredLeaders(core, changes, NO_CAUSE);
    tasks.push(new PeriodicTask(kernel, settings.preferredBalanceIntervalUs, kind, all, hasImbalance, work));
  }
  const isNeeded = (partitions: Iterable<PartitionEntry>): boolean =>
    hasUncleanCandidate(partitions, core.current, configs);
  const work = (): boolean => isAble() && electUncleanLeaders(core, changes, configs, NO_CAUSE);
  const kind = (): TaskKind => behaviour.uncleanElectionRetry;
  tasks.push(new PeriodicTask(kernel, settings.uncleanRetryIntervalUs, kind, all, isNeeded, work));
  return tasks;
}
