import type { Behaviour } from '../../kafka/behaviour.ts';
import { changePartition, type PartitionChangeRequest } from '../algorithms/partitionChange.ts';
import { revertReassignment, startReassignment } from '../algorithms/partitionReassignment.ts';
import { without } from '../algorithms/partitionRegistration.ts';
import type { ConfigChange } from '../metadata.ts';
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
  readonly #versions: { readonly eligibleLeaderReplicas: boolean };

  constructor(
    state: () => ClusterState,
    behaviour: Behaviour,
    configs: EffectiveConfigs,
    versions: { readonly eligibleLeaderReplicas: boolean },
  ) {
    this.#state = state;
    this.#behaviour = behaviour;
    this.#configs = configs;
    this.#versions = versions;
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

  /** A log directory of the broker failed (KIP-858): its replicas there leave ISRs and lead nothing, the others stay. */
  withoutLogDir(broker: number, partitions: readonly number[]): PartitionEntry[] {
    const state = this.#state();
    const changed: PartitionEntry[] = [];
    for (const partition of partitions) {
      const entry = state.partitions.get(partition);
      if (entry === undefined) continue;
      const { isr, leader } = entry.registration;
      if (!isr.includes(broker) && leader !== broker) continue;
      const change = this.change(entry, 'logDirFailed', {
        isAcceptableLeader: (replica) => replica !== broker && state.isActive(replica),
        targetIsr: without(isr, [broker]),
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

  /** The partition moves to `target` (KIP-455). Completes at once when nothing has to be copied. */
  reassigned(entry: PartitionEntry, target: readonly number[]): PartitionEntry | undefined {
    const { replicas, adding, removing } = startReassignment(entry.registration.replicas, target);
    return this.change(entry, 'reassignment', {
      election: 'ONLINE',
      targetReplicas: replicas,
      // What a running move adds or removes is written anew only where the new target says so.
      targetAdding: adding.length > 0 ? adding : undefined,
      targetRemoving: removing.length > 0 ? removing : undefined,
    });
  }

  /** A running move is taken back; the caller has checked that this needs no unclean election, or that one is allowed. */
  cancelled(entry: PartitionEntry): PartitionEntry | undefined {
    const { replicas, isr } = revertReassignment(entry.registration);
    return this.change(entry, 'reassignmentCancelled', {
      targetReplicas: replicas,
      targetIsr: isr,
      targetAdding: [],
      targetRemoving: [],
    });
  }

  /**
   * Another min.insync.replicas voids what the ELR promised: a topic's for its partitions, the cluster's for all.
   * The epochs stay, as ClearElrRecord is no partition change.
   */
  clearedElrs(changes: readonly ConfigChange[]): PartitionEntry[] {
    if (!this.#versions.eligibleLeaderReplicas) return [];
    const state = this.#state();
    const touched = changes.filter(({ name }) => name === 'min.insync.replicas');
    const cleared: PartitionEntry[] = [];
    for (const entry of state.partitions.values()) {
      const { elr, lastKnownElr } = entry.registration;
      const topic = state.topicOf(entry.partition);
      if (elr.length + lastKnownElr.length === 0) continue;
      if (!touched.some((change) => change.topic === null || change.topic === topic)) continue;
      const registration = { ...entry.registration, elr: [], lastKnownElr: [] };
      cleared.push({
        ...entry,
        registration,
        reason: 'configChanged',
        unclean: false,
        cause: NO_CAUSE,
        event: NO_CAUSE,
        image: null,
      });
    }
    return cleared;
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
    const mayLead = request.isAcceptableLeader ?? ((replica: number) => state.isActive(replica));
    const change = changePartition(
      entry.registration,
      {
        election: this.#configs.isUncleanElectionEnabled(state, topic) ? 'UNCLEAN' : 'ONLINE',
        elrEnabled: this.#versions.eligibleLeaderReplicas,
        minIsr: this.#configs.minInsyncReplicas(state, topic),
        ...request,
        isAcceptableLeader: (replica) => mayLead(replica) && state.hasOnlineDir(replica, entry.partition),
      },
      this.#behaviour,
    );
    if (change === undefined) return undefined;
    const kind = change.election?.kind;
    const unclean = kind === 'unclean' || kind === 'lastKnownLeader';
    return {
      partition: entry.partition,
      registration: change.registration,
      reason: change.completesReassignment ? 'reassignmentCompleted' : reason,
      unclean,
      cause,
      event: NO_CAUSE,
      image: null,
    };
  }
}
