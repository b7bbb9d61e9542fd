import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster } from '../../scenario/scenario.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import type { ConfigChange, PartitionsRequest, ReassignmentRequest } from '../metadata.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { BrokerTransitions } from './brokerTransitions.ts';
import { creationConfigs, hasValidValues, refuseConfigs } from './configChanges.ts';
import type { Reply } from './controllerChannel.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { EffectiveConfigs } from './effectiveConfigs.ts';
import { elrSafetyRecords, refuseMetadataVersion } from './featureUpdates.ts';
import { electLeaders } from './leaderElections.ts';
import type { PartitionChanges } from './partitionChanges.ts';
import { alterReassignments } from './reassignments.ts';
import type { TopicCreator, TopicRequest } from './topicCreation.ts';

const INVALID_CONFIG = { error: 'INVALID_CONFIG', topic: null, partitions: [] } as const;

/** Takes a request to the active controller, for as long as brokers keep trying. */
export type Forward = (handle: (reply: Reply) => void, onTimeout: () => void) => void;

/**
 * Requests of administrators, which some broker forwards. Without an active controller they end in REQUEST_TIMED_OUT.
 *
 * Source: `ControllerApis`, `ForwardingManager`.
 */
export class AdminRequests {
  readonly #ctx: ModelContext;
  readonly #layout: ClusterLayout;
  readonly #cluster: Cluster;
  readonly #core: ControllerCore;
  readonly #changes: PartitionChanges;
  readonly #topics: TopicCreator;
  readonly #transitions: BrokerTransitions;
  readonly #configs: EffectiveConfigs;
  readonly #forward: Forward;

  constructor(
    ctx: ModelContext,
    layout: ClusterLayout,
    core: ControllerCore,
    changes: PartitionChanges,
    topics: TopicCreator,
    transitions: BrokerTransitions,
    configs: EffectiveConfigs,
    forward: Forward,
  ) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#cluster = layout.spec;
    this.#core = core;
    this.#changes = changes;
    this.#topics = topics;
    this.#transitions = transitions;
    this.#configs = configs;
    this.#forward = forward;
  }

  /** @param done partitions also for TOPIC_ALREADY_EXISTS: those of the committed topic */
  createTopic(
    request: TopicRequest,
    done: (error: string, partitions: readonly number[]) => void,
    cause: EventId = NO_CAUSE,
  ): void {
    this.#forward(
      (reply) => {
        const configs = creationConfigs(request);
        const version = this.#layout.versions.finalized;
        const { topic, partitions, error } = hasValidValues(version, configs)
          ? this.#topics.create(this.#core.current, request)
          : INVALID_CONFIG;
        if (topic !== null) {
          this.#core.append({ topics: [topic], partitions, configs }, cause, () =>
            reply(() => done('NONE', topic.partitions)),
          );
        } else if (error === 'TOPIC_ALREADY_EXISTS') {
          const existing = this.#core.committed.topics.get(request.name)?.partitions ?? [];
          reply(() => done(error, existing));
        } else reply(() => this.#creationFailed(request.name, error, done, cause));
      },
      () => this.#creationFailed(request.name, 'REQUEST_TIMED_OUT', done, cause),
    );
  }

  /** The topic, its partitions and its configs are gone with the commit; brokers delete files as they learn of it. */
  deleteTopic(name: string, done: (error: string) => void, cause: EventId): void {
    this.#forward(
      (reply) => {
        const topic = this.#core.current.topics.get(name);
        const isEnabled = this.#cluster.brokerConfigs.get('delete.topic.enable')?.value !== false;
        if (topic === undefined) reply(() => done('UNKNOWN_TOPIC_OR_PARTITION'));
        else if (!isEnabled) reply(() => done('TOPIC_DELETION_DISABLED'));
        else {
          this.#topics.forget(name);
          this.#core.append({ deleted: [topic] }, cause, () => reply(() => done('NONE')));
        }
      },
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  /** UpdateFeatures to the metadata.version, and the default feature levels, of a release. */
  updateFeatures(version: string, done: (error: string, reason: string) => void, cause: EventId): void {
    this.#forward(
      (reply) => {
        const { current } = this.#core;
        const reason = refuseMetadataVersion(this.#layout, current, version);
        if (reason !== null) reply(() => done('INVALID_UPDATE_VERSION', reason));
        else {
          const configs = elrSafetyRecords(this.#layout, current, this.#configs, version as KafkaVersion);
          this.#core.append({ metadataVersion: version, configs }, cause, () => reply(() => done('NONE', '')));
        }
      },
      () => done('REQUEST_TIMED_OUT', ''),
    );
  }

  #creationFailed(
    topic: string,
    error: string,
    done: (error: string, partitions: readonly number[]) => void,
    cause: EventId,
  ): void {
    const { recorder, kernel } = this.#ctx;
    const cluster = this.#cluster.name;
    recorder.event(kernel.nowUs, cause, { type: 'topic.createFailed', cluster, topic, error });
    done(error, []);
  }

  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#forward(
      (reply) =>
        electLeaders(this.#core, this.#changes, type, partitions, cause, (errors) => reply(() => done(errors))),
      () => done(partitions.map(() => 'REQUEST_TIMED_OUT')),
    );
  }

  alterReassignments(
    requests: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    if (!this.#layout.behaviour.partitionsMayChange) {
      done(requests.map(() => 'UNSUPPORTED_VERSION'));
      return;
    }
    this.#forward(
      (reply) =>
        alterReassignments(this.#core, this.#changes, this.#configs, requests, cause, (errors) =>
          reply(() => done(errors)),
        ),
      () => done(requests.map(() => 'REQUEST_TIMED_OUT')),
    );
  }

  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void {
    if (!this.#layout.behaviour.partitionsMayChange) {
      done('UNSUPPORTED_VERSION');
      return;
    }
    this.#forward(
      (reply) => {
        const { topic, partitions, error } = this.#topics.addPartitions(this.#core.current, request);
        if (topic === null) reply(() => done(error));
        else this.#core.append({ topics: [topic], partitions }, cause, () => reply(() => done('NONE')));
      },
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  unregisterBroker(broker: number, done: (error: string) => void, cause: EventId): void {
    this.#forward(
      (reply) => this.#transitions.unregister(broker, cause, (error) => reply(() => done(error))),
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  alterConfigs(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId): void {
    const finish = (error: string): void => {
      for (const change of changes) this.#record(change, error, cause);
      done(error);
    };
    this.#forward(
      (reply) => {
        const { finalized, eligibleLeaderReplicas } = this.#layout.versions;
        const error = refuseConfigs(this.#core.current, finalized, eligibleLeaderReplicas, changes);
        if (error !== 'NONE') {
          reply(() => finish(error));
          return;
        }
        const partitions = this.#changes.clearedElrs(changes);
        this.#core.append({ configs: changes, partitions }, cause, () => reply(() => finish('NONE')));
      },
      () => finish('REQUEST_TIMED_OUT'),
    );
  }

  #record({ topic, broker, name, value }: ConfigChange, error: string, cause: EventId): void {
    const { recorder, kernel, cast } = this.#ctx;
    const target = topic ?? (broker < 0 ? 'cluster' : `broker ${cast.brokers[broker]!.id}`);
    recorder.event(kernel.nowUs, cause, {
      type: 'config.altered',
      what: `${target}: ${name}=${value === null ? '(default)' : String(value)}`,
      error: error === 'NONE' ? null : error,
      ...(error === 'NONE' ? { change: { cluster: this.#cluster.name, topic, broker, name, value } } : {}),
    });
  }
}
