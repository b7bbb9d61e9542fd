import type { Behaviour } from '../../kafka/behaviour.ts';
import { changePartition, type PartitionChangeRequest } from '../algorithms/partitionChange.ts';
import { without } from '../algorithms/partitionRegistration.ts';
import type { EventId, PartitionChangeReason } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { type ClusterState, isOffline } from './clusterState.ts';
import type { EffectiveConfigs } from './effectiveConfigs.ts';
import type { PartitionEntry } from './metadataBatch.ts';

/**
 * The partition changes that one controller event asks for, decided on the controller's current state.
 *
 * Source: `ReplicationControlManager.generateLeaderAndIsrUpdates` and its callers.
 */
export class PartitionChanges {
  readonly #state: () => ClusterState;
  readonly #behaviour: Behaviour;
  readonly #configs: EffectiveConfigs;
  readonly #elrEnabled: boolean;

  constructor(state: () => ClusterState, behaviour: Behaviour, configs: EffectiveConfigs, elrEnabled: boolean) {
    this.#state = state;
    this.#behaviour = behaviour;
    this.#configs = configs;
    this.#elrEnabled = elrEnabled;
  }

  /**
   * The broker leaves every ISR (not the one where it is alone, without ELR) and leads nothing any more.
   * `unclean`: it came back without a clean shutdown, so that it leaves every ELR too.
   */
  withoutBroker(broker: number, reason: PartitionChangeReason, unclean = false): PartitionEntry[] {
    const state = this.#state();
    const changed: PartitionEntry[] = [];
    for (const entry of state.hostedBy(broker)) {
      const { isr, elr, leader } = entry.registration;
      if (!isr.includes(broker) && leader !== broker && !(unclean && elr.includes(broker))) continue;
      const change = this.change(entry, reason, {
        isAcceptableLeader: (replica) => replica !== broker && state.isActive(replica),
        targetIsr: without(isr, [broker]),
        uncleanShutdownReplicas: unclean ? [broker] : undefined,
      });
      if (change !== undefined) changed.push(change);
    }
    return changed;
  }

  /** The broker is unfenced: leaderless partitions where it may lead get a leader. ISRs stay. */
  withBroker(broker: number): PartitionEntry[] {
    const state = this.#state();
    const changed: PartitionEntry[] = [];
    for (const entry of state.hostedBy(broker)) {
      if (!isOffline(entry)) continue;
      const change = this.change(entry, 'unfenced', {
        isAcceptableLeader: (replica) => replica === broker || state.isActive(replica),
      });
      if (change !== undefined) changed.push(change);
    }
    return changed;
  }

  /** The record, or undefined when there is nothing to write. The election type defaults to what the topic's config says. */
  change(
    entry: PartitionEntry,
    reason: PartitionChangeReason,
    request: Partial<PartitionChangeRequest>,
    cause: EventId = NO_CAUSE,
  ): PartitionEntry | undefined {
    const state = this.#state();
    const topic = state.topicOf(entry.partition);
    const change = changePartition(
      entry.registration,
      {
        isAcceptableLeader: (replica) => state.isActive(replica),
        election: this.#configs.isUncleanElectionEnabled(state, topic) ? 'UNCLEAN' : 'ONLINE',
        elrEnabled: this.#elrEnabled,
        minIsr: this.#configs.minInsyncReplicas(state, topic),
        ...request,
      },
      this.#behaviour,
    );
    if (change === undefined) return undefined;
    const kind = change.election?.kind;
    const unclean = kind === 'unclean' || kind === 'lastKnownLeader';
    return { partition: entry.partition, registration: change.registration, reason, unclean, cause, event: NO_CAUSE };
  }
}
