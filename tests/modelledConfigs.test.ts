/** What is called modelled is read by the model, and what the model reads is called modelled: reports must not be wrong about it. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/docBlocks.ts';
import { type ConfigKind, configDefinition, configNames } from '../src/kafka/configTable.ts';
import { modelledConfigs } from '../src/kafka/notModelled.ts';
import { SUPPORTED_VERSIONS } from '../src/kafka/versions.ts';

const KINDS: readonly ConfigKind[] = ['broker', 'topic', 'producer', 'consumer'];

/** Named in the model without an effect of their own, and why. */
const NAMED_ONLY: Readonly<Record<string, string>> = {
  'background.threads': 'only its steps are checked when it is altered, as those of every thread pool',
  'cleanup.policy': 'given to internal topics; compaction itself is not played',
  'compression.type': 'given to internal topics; brokers do not compress again',
  'transaction.state.log.min.isr': 'given to an internal topic',
  'transaction.state.log.num.partitions': 'given to an internal topic',
  'transaction.state.log.replication.factor': 'given to an internal topic',
  'transaction.state.log.segment.bytes': 'given to an internal topic',
};

function codeOf(folder: string): string {
  const files = readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('testing'))
    .map((file) => readFileSync(`${ROOT}${folder}/${file}`, 'utf8'))
    .join('\n');
}

/** Texts in quotes that look like a config's name, or like `acks` where the model reads configs. */
function namesIn(code: string): Set<string> {
  return new Set([...code.matchAll(/'([a-z]+(?:\.[a-z]+)*)'/g)].map(([, name]) => name!));
}

const IN_MODEL = namesIn(codeOf('src/model'));
const EVERYWHERE = new Set([...IN_MODEL, ...namesIn(codeOf('src/spec'))]);

function everyName(kind: ConfigKind): Set<string> {
  return new Set(SUPPORTED_VERSIONS.flatMap((version) => configNames(kind, version)));
}

test('every config that the model names is called modelled', () => {
  const known = new Map(KINDS.map((kind) => [kind, everyName(kind)]));
  const isModelled = (name: string) => KINDS.some((kind) => modelledConfigs(kind).has(name));
  const isConfig = (name: string) => name.includes('.') && KINDS.some((kind) => known.get(kind)!.has(name));
  const unsaid = [...IN_MODEL].filter((name) => isConfig(name) && !isModelled(name) && NAMED_ONLY[name] === undefined);
  expect(unsaid.sort()).toEqual([]);
});

test('every config that is called modelled is read by somebody, by its own name or as the default of a topic config', () => {
  const behindTopics = new Set(
    configNames('topic', '4.1').flatMap((name) => configDefinition('topic', name, '4.1')?.serverDefault ?? []),
  );
  const idle = KINDS.flatMap((kind) =>
    [...modelledConfigs(kind)].filter(
      (name) => !EVERYWHERE.has(name) && !(kind === 'broker' && behindTopics.has(name)),
    ),
  );
  expect(idle.sort()).toEqual([]);
});
