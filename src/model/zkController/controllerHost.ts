import type { Behaviour } from '../../kafka/behaviour.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { ModelContext } from '../context.ts';
import type { ControllerCore } from '../controller/controllerCore.ts';
import type { EffectiveConfigs } from '../controller/effectiveConfigs.ts';
import type { TopicCreator } from '../controller/topicCreation.ts';
import type { MetadataDelta } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import type { ZkSettings } from './zkSettings.ts';

/** What a controller works with: ZooKeeper behind its broker's session, and the brokers. */
export interface ControllerHost {
  readonly ctx: ModelContext;
  readonly cluster: string;
  readonly behaviour: Behaviour;
  readonly version: KafkaVersion;
  readonly settings: ZkSettings;
  /** What is in ZooKeeper: topics, partition states, configs, and the brokers that are registered. */
  readonly store: ControllerCore;
  readonly configs: EffectiveConfigs;
  readonly topics: TopicCreator;
  readonly processes: ReadonlyMap<number, Process>;
  /** The epoch in /controller_epoch, which every write of a controller checks. */
  currentEpoch(): number;
  /** A request of the broker's ZooKeeper client; lost when its session ends. */
  submit(broker: number, workUs: number, apply: () => void, answered: () => void): void;
  /** /brokers/ids: brokers with the epoch (czxid) of their registration. */
  registrations(): ReadonlyMap<number, number>;
  /** Why a registration went or came, for those that act on it. */
  registrationCause(broker: number): EventId;
  /** Partitions in log directories that the broker cannot use, as its answers to LeaderAndIsr say. */
  offlinePartitions(broker: number): ReadonlySet<number>;
  applyAt(broker: number, controllerEpoch: number, delta: MetadataDelta): void;
  /** It has read everything: brokers' requests reach it from now on. */
  loaded(controller: { readonly broker: number; readonly epoch: number }): void;
}
