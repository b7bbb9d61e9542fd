import admin from './tables/admin.json' with { type: 'json' };
import broker from './tables/broker.json' with { type: 'json' };
import connect from './tables/connect.json' with { type: 'json' };
import consumer from './tables/consumer.json' with { type: 'json' };
import group from './tables/group.json' with { type: 'json' };
import mirror from './tables/mirror.json' with { type: 'json' };
import producer from './tables/producer.json' with { type: 'json' };
import streams from './tables/streams.json' with { type: 'json' };
import topic from './tables/topic.json' with { type: 'json' };
import type { KafkaVersion } from './versions.ts';

/** Which of Kafka's config definitions a name belongs to; `connect` is the distributed worker, `mirror` MirrorMaker 2. */
export type ConfigKind =
  | 'broker'
  | 'topic'
  | 'producer'
  | 'consumer'
  | 'group'
  | 'admin'
  | 'streams'
  | 'connect'
  | 'mirror';

export type ConfigType = 'boolean' | 'short' | 'int' | 'long' | 'double' | 'string' | 'list' | 'password' | 'class';

/** A native value; a long beyond 2^53 is its decimal digits in a string. */
export type ConfigValue = boolean | number | string | readonly string[] | null;

/** When a broker config may change: after a restart only, on one running broker, or for all running brokers. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide';

/** The facts of one config that hold in all tables from `from` to `to`, both included. */
export interface ConfigRun {
  from: KafkaVersion;
  to: KafkaVersion;
  type: ConfigType;
  /** `'REQUIRED'` when the config must be set. */
  default: ConfigValue;
  valid?: string;
  updateMode?: UpdateMode;
  serverDefault?: readonly string[];
  internal?: boolean;
  /** Which of MirrorMaker's definitions know it. */
  in?: readonly string[];
}

export interface ConfigTable {
  versions: readonly KafkaVersion[];
  configs: Readonly<Record<string, readonly ConfigRun[]>>;
}

/**
 * Broker configs that exist as dynamic ones only: Kafka keeps them apart from those of `server.properties`
 * (`DynamicConfig.Broker`, `QuotaConfig`), so they are not in the exported tables.
 */
const unlimitedRate = () => [
  {
    from: '2.8',
    to: '4.3',
    type: 'long',
    default: '9223372036854775807',
    valid: '[0,...]',
    updateMode: 'cluster-wide',
  },
];
const DYNAMIC_ONLY = {
  'leader.replication.throttled.rate': unlimitedRate(),
  'follower.replication.throttled.rate': unlimitedRate(),
  'replica.alter.log.dirs.io.max.bytes.per.second': unlimitedRate(),
};

/** Config facts as exported from the config definitions of twelve releases (see `evidence/README.md`). */
export const CONFIG_TABLES = {
  admin,
  broker: { ...broker, configs: { ...broker.configs, ...DYNAMIC_ONLY } },
  connect,
  consumer,
  group,
  mirror,
  producer,
  streams,
  topic,
} as unknown as Readonly<Record<ConfigKind, ConfigTable>>;
