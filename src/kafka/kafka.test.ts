import { describe, expect, test } from 'vitest';
import { type Behaviour, behaviourOf, behaviourSource } from './behaviour.ts';
import { parseConfigRule } from './configRule.ts';
import {
  type ConfigKind,
  configDefinition,
  configNames,
  defaultConfigNumber,
  defaultConfigValue,
  versionsWithConfig,
} from './configTable.ts';
import { CONFIG_TABLES } from './configTables.ts';
import { validateConfigValue } from './configValue.ts';
import { errorCode, errorOfCode, isRetriable, KAFKA_ERRORS, refreshesMetadata } from './errors.ts';
import { modelledConfigs, notModelledConfigs } from './notModelled.ts';
import { effectiveLogConfig, topicConfigDefault } from './topicDefaults.ts';
import { compareVersions, LATEST_VERSION, parseKafkaVersion, SUPPORTED_VERSIONS, tableVersion } from './versions.ts';

const KINDS = Object.keys(CONFIG_TABLES) as ConfigKind[];

describe('versions', () => {
  test('a patch release is its minor; an unknown release is none', () => {
    expect(parseKafkaVersion('3.9.2')).toBe('3.9');
    expect(parseKafkaVersion('4.3')).toBe('4.3');
    expect(parseKafkaVersion('2.7')).toBeUndefined();
    expect(parseKafkaVersion('4')).toBeUndefined();
  });

  test('releases are ordered as numbers, and a release without a table reads the one before', () => {
    expect(compareVersions('3.9', '4.0')).toBeLessThan(0);
    expect(SUPPORTED_VERSIONS.at(-1)).toBe(LATEST_VERSION);
    expect(['3.1', '3.2', '3.4', '4.2'].map((v) => tableVersion(v as '3.1'))).toEqual(['3.0', '3.0', '3.3', '4.2']);
  });
});

describe('config tables', () => {
  test('a changed default is the one of the release', () => {
    expect(defaultConfigValue('producer', 'linger.ms', '3.9')).toBe(0);
    expect(defaultConfigValue('producer', 'linger.ms', '4.0')).toBe(5);
    expect(defaultConfigValue('producer', 'acks', '2.8')).toBe('1');
    expect(defaultConfigNumber('broker', 'log.flush.interval.messages', '4.3')).toBe(2 ** 63);
  });

  test('a removed config is unknown from then on, and names the releases that had it', () => {
    expect(configDefinition('broker', 'zookeeper.connect', '4.0')).toBeUndefined();
    expect(versionsWithConfig('broker', 'zookeeper.connect').at(-1)).toBe('3.9');
    expect(versionsWithConfig('broker', 'toString')).toEqual([]);
    expect(configDefinition('topic', 'min.insync.replica', '4.3')).toBeUndefined();
  });

  test('a required config has no default', () => {
    expect(configDefinition('consumer', 'key.deserializer', '4.3')).toMatchObject({
      required: true,
      default: undefined,
    });
  });

  test('every default that is not null passes its own validator', () => {
    const refused: string[] = [];
    for (const kind of KINDS) {
      for (const version of SUPPORTED_VERSIONS) {
        for (const name of configNames(kind, version)) {
          const definition = configDefinition(kind, name, version)!;
          if (definition.required || definition.default === null) continue;
          const verdict = validateConfigValue(definition, definition.default);
          if (!verdict.ok || JSON.stringify(verdict.value) !== JSON.stringify(definition.default)) {
            refused.push(`${kind} ${version} ${name} ${definition.default}: ${JSON.stringify(verdict)}`);
          }
        }
      }
    }
    expect(refused).toEqual([]);
  });
});

describe('config values', () => {
  const check = (kind: ConfigKind, name: string, value: unknown) =>
    validateConfigValue(configDefinition(kind, name, LATEST_VERSION)!, value);

  test('text and native values are read alike', () => {
    expect(check('producer', 'acks', -1)).toEqual({ ok: true, value: '-1' });
    expect(check('producer', 'enable.idempotence', ' TRUE ')).toEqual({ ok: true, value: true });
    expect(check('topic', 'cleanup.policy', 'compact, delete')).toEqual({ ok: true, value: ['compact', 'delete'] });
    expect(check('topic', 'retention.ms', '9223372036854775807')).toEqual({ ok: true, value: '9223372036854775807' });
  });

  test('a value outside its range says what was expected', () => {
    expect(check('producer', 'acks', 2)).toEqual({ ok: false, expected: 'one of all, -1, 0, 1' });
    expect(check('topic', 'min.insync.replicas', 0)).toEqual({ ok: false, expected: 'a whole number of at least 1' });
    expect(check('topic', 'min.insync.replicas', 3_000_000_000)).toEqual({
      ok: false,
      expected: 'a whole number of 32 bits',
    });
    expect(check('topic', 'min.cleanable.dirty.ratio', 1.5)).toEqual({ ok: false, expected: 'a number from 0 to 1' });
    expect(check('topic', 'cleanup.policy', 'compress').ok).toBe(false);
    expect(check('topic', 'compression.gzip.level', -1).ok).toBe(true);
    expect(check('topic', 'compression.gzip.level', 0)).toEqual({
      ok: false,
      expected: '-1, or a whole number from 1 to 9',
    });
    expect(check('topic', 'retention.ms', null).ok).toBe(false);
  });

  test('a duration may stand for an offset reset, where the release lists it', () => {
    expect(check('consumer', 'auto.offset.reset', 'by_duration:PT1H').ok).toBe(true);
    expect(check('consumer', 'auto.offset.reset', 'by_duration:P').ok).toBe(false);
  });

  test('only abbreviated lists and rules of the Java runtime stay unchecked', () => {
    const prose = new Set<string>();
    for (const kind of KINDS) {
      for (const runs of Object.values(CONFIG_TABLES[kind].configs)) {
        for (const { valid } of runs) if (valid && parseConfigRule(valid).kind === 'prose') prose.add(valid);
      }
    }
    const abbreviated = [...prose].filter((text) => text.includes('...') || text.includes('-2.4'));
    expect([...prose].filter((text) => !abbreviated.includes(text)).sort()).toMatchInlineSnapshot(`
      [
        "MAC algorithm of the JVM",
        "at most 5 elements",
        "class: org.apache.kafka.connect.storage.Converter",
        "class: org.apache.kafka.connect.storage.HeaderConverter",
        "header rules",
        "key generator of the JVM",
        "list of URLs",
        "non-empty list",
        "non-empty list of MAC algorithms of the JVM",
        "non-empty string without ISO control characters",
        "unique aliases",
      ]
    `);
  });
});

describe('defaults that a broker gives', () => {
  const broker = (config: Record<string, number>) => (name: string) => config[name];

  test('a topic keeps records for seven days; hours give way to minutes and minutes to milliseconds', () => {
    expect(topicConfigDefault('retention.ms', '4.3')).toBe(604_800_000);
    expect(topicConfigDefault('retention.ms', '4.3', broker({ 'log.retention.hours': 1 }))).toBe(3_600_000);
    const config = { 'log.retention.hours': 1, 'log.retention.minutes': 5 };
    expect(topicConfigDefault('retention.ms', '4.3', broker(config))).toBe(300_000);
    expect(topicConfigDefault('retention.ms', '4.3', broker({ 'log.retention.hours': -1 }))).toBe(-1);
    expect(topicConfigDefault('no.such.config', '4.3')).toBeUndefined();
  });

  test('the effective log config agrees with what topics get', () => {
    for (const version of SUPPORTED_VERSIONS) {
      const { retentionMs, rollMs, segmentBytes } = effectiveLogConfig(version);
      expect(retentionMs).toBe(topicConfigDefault('retention.ms', version));
      expect(rollMs).toBe(topicConfigDefault('segment.ms', version));
      expect(segmentBytes).toBe(topicConfigDefault('segment.bytes', version));
    }
  });
});

test('errors are found by name and by code', () => {
  expect(errorCode('NOT_ENOUGH_REPLICAS')).toBe(19);
  expect(errorOfCode(6)).toMatchObject({ name: 'NOT_LEADER_OR_FOLLOWER', retriable: true, refreshesMetadata: true });
  expect(errorOfCode(9999)).toBeUndefined();
  expect([isRetriable('MESSAGE_TOO_LARGE'), refreshesMetadata('REQUEST_TIMED_OUT')]).toEqual([false, false]);
  expect(KAFKA_ERRORS[0]?.name).toBe('UNKNOWN_SERVER_ERROR');
});

describe('behaviour', () => {
  test('every field has a value in every release, and a source', () => {
    for (const version of SUPPORTED_VERSIONS) {
      for (const [field, value] of Object.entries(behaviourOf(version))) {
        expect(value, `${field} in ${version}`).toBeDefined();
        expect(behaviourSource(field as keyof Behaviour)).not.toBe('');
      }
    }
  });

  test('ELR is on in new clusters from 4.1, and never with ZooKeeper', () => {
    expect([behaviourOf('4.0').elrDefault, behaviourOf('4.1').elrDefault]).toEqual([false, true]);
    expect(behaviourOf('3.9', 'zookeeper')).toMatchObject({ elrAvailable: false, preferredBalance: 'zkPercentage' });
    expect(() => behaviourOf('4.0', 'zookeeper')).toThrow('no ZooKeeper mode');
  });
});

test('every modelled config exists in some release', () => {
  for (const kind of KINDS) {
    for (const name of modelledConfigs(kind)) expect(versionsWithConfig(kind, name), name).not.toEqual([]);
  }
  expect(notModelledConfigs('producer', '4.3')).toContain('interceptor.classes');
  expect(notModelledConfigs('producer', '4.3')).not.toContain('acks');
});
