import type { Behaviour } from '../../kafka/behaviour.ts';
import type { EventId, PartitionChangeReason } from '../trace.ts';
import type { ClusterVersions } from '../versions/clusterVersions.ts';
import { type BrokerControlEvent, brokerControlTable } from './brokerControlMachine.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { BrokerEntry, PartitionEntry } from './metadataBatch.ts';
import type { MetadataFeed } from './metadataFeed.ts';
import type { PartitionChanges } from './partitionChanges.ts';
import type { Sessions } from './sessions.ts';

/**
 * What the active controller does with a broker: register, unfence, fence, let it go.
 *
 * Each of these is one batch: the partition changes first, then the broker's record.
 *
 * Source: `ClusterControlManager.registerBroker`, `ReplicationControlManager.processBrokerHeartbeat`, KIP-631, KIP-966.
 */
export class BrokerTransitions {
  readonly #core: ControllerCore;
  readonly #changes: PartitionChanges;
  readonly #sessions: Sessions;
  readonly #feed: MetadataFeed;
  readonly #behaviour: Behaviour;
  readonly #versions: Pick<ClusterVersions, 'eligibleLeaderReplicas' | 'mayRegister'>;
  /** Metadata offset that every active broker must have seen before a stopping broker may exit. */
  readonly #controlledShutdownOffsets = new Map<number, number>();

  constructor(
    core: ControllerCore,
    changes: PartitionChanges,
    sessions: Sessions,
    feed: MetadataFeed,
    behaviour: Behaviour,
    versions: Pick<ClusterVersions, 'eligibleLeaderReplicas' | 'mayRegister'>,
  ) {
    this.#core = core;
    this.#changes = changes;
    this.#sessions = sessions;
    this.#feed = feed;
    this.#behaviour = behaviour;
    this.#versions = versions;
  }

  /**
   * A new incarnation registers: fenced, whatever the old one was.
   * @param clean the former incarnation left a clean-shutdown file
   * @param offlinePartitions  their log directories cannot be used by the new incarnation
   * @param done  NONE after the commit, or at once DUPLICATE_BROKER_REGISTRATION, or UNSUPPORTED_VERSION when its
   *              software does not know the finalized metadata.version
   */
  register(
    broker: number,
    incarnation: number,
    clean: boolean,
    cause: EventId,
    done: (error: string) => void,
    offlinePartitions?: ReadonlySet<number>,
  ): void {
    const before = this.#core.current.brokers.get(broker);
    if (before?.incarnation === incarnation) {
      // The answer to its first request was lost.
      this.#core.whenCommitted(() => done('NONE'));
      return;
    }
    if (before !== undefined && this.#holdsSession(before)) {
      done('DUPLICATE_BROKER_REGISTRATION');
      return;
    }
    if (!this.#versions.mayRegister('broker', broker)) {
      done('UNSUPPORTED_VERSION');
      return;
    }
    const unclean = this.#versions.eligibleLeaderReplicas && !clean;
    const partitions = this.#changes.withoutBroker(broker, 'brokerRestarted', unclean);
    const entry: BrokerEntry = {
      broker,
      brokerEpoch: this.#core.nextOffset + partitions.length,
      incarnation,
      control: brokerControlTable.step(before?.control ?? 'FENCED', 'registered'),
      inControlledShutdown: false,
      ...(this.#behaviour.logDirFailureReported && offlinePartitions?.size ? { offlinePartitions } : {}),
    };
    this.#controlledShutdownOffsets.delete(broker);
    this.#sessions.touch(broker);
    this.#append(entry, 'registered', partitions, cause, () => done('NONE'));
  }

  #holdsSession({ broker, control }: BrokerEntry): boolean {
    if (!this.#sessions.isValid(broker)) return false;
    const isFenced = control === 'FENCED' || control === 'SHUTDOWN_NOW';
    return !isFenced || this.#behaviour.registrationRefusedUntilSessionEnds === 'always';
  }

  /** A fenced broker's heartbeat wants it unfenced. */
  unfence(broker: number, reason: string, cause: EventId, done: () => void = () => {}): void {
    const before = this.#core.current.brokers.get(broker)!;
    if (before.control !== 'FENCED') {
      this.#core.whenCommitted(done);
      return;
    }
    this.#step(before, 'caughtUp', reason, this.#changes.withBroker(broker), cause, done);
  }

  /**
   * The broker leaves the cluster: out of every ISR (but the one where it is alone, without ELR) and every ELR. Its
   * places in replica lists stay; only a reassignment fills them with others (`handleBrokerUnregistered`).
   * @param done NONE after the commit, or BROKER_ID_NOT_REGISTERED at once
   */
  unregister(broker: number, cause: EventId, done: (error: string) => void): void {
    if (!this.#core.current.brokers.has(broker)) {
      done('BROKER_ID_NOT_REGISTERED');
      return;
    }
    const partitions = this.#changes.withoutBroker(broker, 'brokerUnregistered', true);
    this.#controlledShutdownOffsets.delete(broker);
    this.#core.append({ partitions, unregistered: [broker] }, cause, () => done('NONE'));
  }

  /** A heartbeat names a failed log directory (`handleDirectoriesOffline`, KIP-858), here by its partitions. */
  logDirFailed(broker: number, partitions: readonly number[], cause: EventId, done: () => void): void {
    const before = this.#core.current.brokers.get(broker);
    if (before === undefined || !this.#behaviour.logDirFailureReported) {
      done();
      return;
    }
    this.#sessions.touch(broker);
    const changes = this.#changes.withoutLogDir(broker, partitions);
    const offlinePartitions = new Set([...(before.offlinePartitions ?? []), ...partitions]);
    this.#append({ ...before, offlinePartitions }, 'log directory offline', changes, cause, done);
  }

  /** Its session ended. */
  fence(broker: number, cause: EventId): void {
    const before = this.#core.current.brokers.get(broker)!;
    this.#leave(before, 'session.expired', 'session expired', 'fenced', cause, () => {});
  }

  /**
   * A heartbeat that wants to shut down.
   * @param done whether the broker may exit now
   */
  requestShutdown(broker: number, cause: EventId, done: (granted: boolean) => void): void {
    const before = this.#core.current.brokers.get(broker)!;
    this.#sessions.touch(broker);
    const grant = (): void => done(true);
    switch (before.control) {
      case 'FENCED':
        this.#step(before, 'shutdown.granted', 'fenced broker stops', [], cause, grant);
        return;
      case 'SHUTDOWN_NOW':
        this.#core.whenCommitted(grant);
        return;
      case 'UNFENCED':
        if (this.#core.current.leadsAny(broker)) this.#beginControlledShutdown(before, cause, done);
        else this.#leave(before, 'shutdown.granted', 'leads nothing', 'controlledShutdown', cause, grant);
        return;
      case 'CONTROLLED_SHUTDOWN':
        if (this.#mayExit(broker)) this.#step(before, 'shutdown.granted', 'everybody knows', [], cause, grant);
        else done(false);
        return;
    }
  }

  #beginControlledShutdown(before: BrokerEntry, cause: EventId, done: (granted: boolean) => void): void {
    const partitions = this.#changes.withoutBroker(before.broker, 'controlledShutdown');
    const control = brokerControlTable.step(before.control, 'shutdown.requested');
    const entry = { ...before, control, inControlledShutdown: true };
    const batch = this.#append(entry, 'controlled shutdown', partitions, cause, () => done(false));
    this.#controlledShutdownOffsets.set(before.broker, batch.lastOffset);
  }

  /** It leads nothing, and the last heartbeat of every active broker reported that offset. */
  #mayExit(broker: number): boolean {
    const { current } = this.#core;
    if (current.leadsAny(broker)) return false;
    // A controller that took over in between asks for what it knows to be committed.
    const offset = this.#controlledShutdownOffsets.get(broker) ?? this.#core.committedOffset;
    for (const { broker: other, control } of current.brokers.values()) {
      if (control !== 'UNFENCED') continue;
      if (this.#feed.appliedOffsetAt(other, this.#sessions.lastContactUs(other)) < offset) return false;
    }
    return true;
  }

  #leave(
    before: BrokerEntry,
    event: BrokerControlEvent['type'],
    reason: string,
    partitionReason: PartitionChangeReason,
    cause: EventId,
    done: () => void,
  ): void {
    this.#step(before, event, reason, this.#changes.withoutBroker(before.broker, partitionReason), cause, done);
  }

  #step(
    before: BrokerEntry,
    event: BrokerControlEvent['type'],
    reason: string,
    partitions: readonly PartitionEntry[],
    cause: EventId,
    done: () => void,
  ): void {
    const control = brokerControlTable.step(before.control, event);
    this.#append({ ...before, control }, reason, partitions, cause, done);
  }

  #append(
    entry: BrokerEntry,
    reason: string,
    partitions: readonly PartitionEntry[],
    cause: EventId,
    done: () => void,
  ): { readonly lastOffset: number } {
    return this.#core.append({ partitions, broker: { entry, reason } }, cause, done);
  }
}
