import type { ConfigValue } from './scenario.ts';

/** What people and automation do: one verb with its parameters. */
export type OperationVerb =
  | {
      readonly verb: 'rollingRestart';
      readonly cluster: string;
      readonly pauseUs: number | null;
      readonly waitForInSync: boolean;
      readonly graceful: boolean;
    }
  /** `instances` of the named client from then on. */
  | { readonly verb: 'scale'; readonly client: string; readonly instances: number; readonly graceful: boolean }
  | {
      readonly verb: 'alterConfig';
      readonly cluster: string;
      readonly scope:
        | { readonly kind: 'topic'; readonly topic: string }
        | { readonly kind: 'clusterWide' }
        | { readonly kind: 'broker'; readonly id: number };
      readonly set: readonly { readonly name: string; readonly value: ConfigValue }[];
    }
  /** Rolls all nodes to another release, then raises (or lowers) metadata.version when `finalize`. */
  | {
      readonly verb: 'upgrade';
      readonly cluster: string;
      readonly to: string;
      readonly first: 'controllers' | 'brokers';
      readonly finalize: boolean;
      readonly pauseUs: number | null;
      readonly waitForInSync: boolean;
    }
  /** partitionCount and replicationFactor -1: the cluster's defaults. */
  | {
      readonly verb: 'createTopic';
      readonly cluster: string;
      readonly topic: string;
      readonly partitionCount: number;
      readonly replicationFactor: number;
      readonly assignment: readonly (readonly number[])[] | null;
      readonly set: readonly { readonly name: string; readonly value: ConfigValue }[];
    }
  | { readonly verb: 'deleteTopic'; readonly cluster: string; readonly topic: string }
  | {
      readonly verb: 'electLeaders';
      readonly cluster: string;
      readonly type: 'preferred' | 'unclean';
      readonly topic: string | null;
      readonly partition: number | null;
    }
  /** kafka-reassign-partitions, KIP-455 and KIP-73. */
  | {
      readonly verb: 'reassign';
      readonly cluster: string;
      readonly plan: ReassignmentPlan;
      /** Bytes per second of each broker, as leader and as follower; null: unthrottled. */
      readonly throttleBytesPerSec: number | null;
      /** Nobody runs --verify: throttles stay when the moves are done. */
      readonly keepsThrottle: boolean;
      /** False: it ends with the controller's answer; throttles stay. */
      readonly waits: boolean;
    }
  /** Starts brokers that were not part of the cluster so far (`BrokerNode.joinsLater`). */
  | { readonly verb: 'addBrokers'; readonly cluster: string; readonly ids: readonly number[] }
  | {
      readonly verb: 'removeBroker';
      readonly cluster: string;
      readonly id: number;
      /** Its replicas are moved elsewhere first. */
      readonly drains: boolean;
      readonly throttleBytesPerSec: number | null;
    }
  | {
      readonly verb: 'createPartitions';
      readonly cluster: string;
      readonly topic: string;
      /** Of the whole topic afterwards. */
      readonly partitionCount: number;
      /** Broker ids of the new partitions only; null: Kafka's placer decides. */
      readonly assignment: readonly (readonly number[])[] | null;
    };

export type ReassignmentPlan =
  | {
      readonly kind: 'explicit';
      readonly topic: string;
      readonly moves: readonly { readonly partition: number; readonly replicas: readonly number[] }[];
    }
  /** As --generate proposes. */
  | {
      readonly kind: 'generated';
      /** null: all user topics. */
      readonly topics: readonly string[] | null;
      /** null: all brokers that are registered then. */
      readonly brokers: readonly number[] | null;
      readonly isRackAware: boolean;
      /** null: as each topic has it. */
      readonly replicationFactor: number | null;
    }
  | { readonly kind: 'cancel'; readonly topics: readonly string[] | null };
