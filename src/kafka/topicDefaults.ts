import { type ConfigValue, configDefinition, defaultConfigValue } from './configTable.ts';
import type { KafkaVersion } from './versions.ts';

/** Reads what a broker's own configuration sets; undefined (or null) where it leaves the default. */
export type BrokerConfig = (name: string) => ConfigValue | undefined;

/** The effective times of a broker's log, in milliseconds; -1 is "without limit", longs beyond 2^53 are rounded. */
export interface EffectiveLogConfig {
  retentionMs: number;
  retentionBytes: number;
  rollMs: number;
  rollJitterMs: number;
  segmentBytes: number;
  flushIntervalMs: number;
}

const UNIT_MS: readonly (readonly [suffix: string, unitMs: number])[] = [
  ['.minutes', 60_000],
  ['.hours', 3_600_000],
];

/**
 * The value that a topic without an override of its own has: the first of the broker configs behind it that the
 * broker sets, in milliseconds where Kafka converts (`log.retention.hours`), else the release's default.
 *
 * @returns undefined when `version` has no such topic config
 *
 * Source: `ServerTopicConfigSynonyms`; the broker's null defaults (`log.retention.ms`) hand over to the next one.
 */
export function topicConfigDefault(
  name: string,
  version: KafkaVersion,
  brokerConfig: BrokerConfig = () => undefined,
): ConfigValue | undefined {
  const definition = configDefinition('topic', name, version);
  if (!definition) return undefined;
  for (const brokerName of definition.serverDefault) {
    const value = brokerConfig(brokerName);
    if (value !== undefined && value !== null) return inMilliseconds(brokerName, value);
  }
  return definition.default;
}

/** The times that a broker's log uses when topics override nothing. Source: `AbstractKafkaConfig`, `LogConfig`. */
export function effectiveLogConfig(
  version: KafkaVersion,
  brokerConfig: BrokerConfig = () => undefined,
): EffectiveLogConfig {
  const effective = (...names: string[]) => firstSet(names, version, brokerConfig);
  return {
    retentionMs: effective('log.retention.ms', 'log.retention.minutes', 'log.retention.hours'),
    retentionBytes: effective('log.retention.bytes'),
    rollMs: effective('log.roll.ms', 'log.roll.hours'),
    rollJitterMs: effective('log.roll.jitter.ms', 'log.roll.jitter.hours'),
    segmentBytes: effective('log.segment.bytes'),
    flushIntervalMs: effective('log.flush.interval.ms', 'log.flush.scheduler.interval.ms'),
  };
}

function firstSet(names: readonly string[], version: KafkaVersion, brokerConfig: BrokerConfig): number {
  for (const name of names) {
    const value = brokerConfig(name) ?? defaultConfigValue('broker', name, version);
    if (value !== undefined && value !== null) return Number(inMilliseconds(name, value));
  }
  throw new Error(`none of ${names.join(', ')} has a value in Kafka ${version}`);
}

function inMilliseconds(name: string, value: ConfigValue): ConfigValue {
  const unitMs = UNIT_MS.find(([suffix]) => name.endsWith(suffix))?.[1];
  if (unitMs === undefined) return value;
  return Number(value) < 0 ? -1 : Number(value) * unitMs;
}
