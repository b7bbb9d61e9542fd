import type { Failure, NotModelled, Operation, Producer, Scenario } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import { offeredRecords } from '../explain/cost.ts';
import { LIMITS } from '../limits.ts';
import type { Sources } from '../sources.ts';
import type { MapNode, Span } from '../tree.ts';
import { buildConsumers, buildProducers, buildTransforms } from './clients.ts';
import { buildClusters } from './clusters.ts';
import { buildExpectation } from './expectations.ts';
import { buildFailure, FAILURE_VERBS } from './failures.ts';
import { freezeDeep } from './freeze.ts';
import { Names } from './names.ts';
import { buildOperation, OPERATION_VERBS } from './operations.ts';
import { buildLinks, buildRegions } from './places.ts';
import { checkRegionLinks } from './regionLinks.ts';
import { notePartitionsToCome } from './sizeOperations.ts';
import { checkTriggerCircles } from './triggers.ts';
import { View } from './view.ts';

const DEFAULT_DURATION_US = 300_000_000;
const AFTERMATH_US = 60_000_000;

export interface BuildInput {
  readonly tree: MapNode;
  readonly path: string;
  readonly text: string;
  readonly variant: Scenario['variant'];
  readonly seed: string | undefined;
}

/** The scenario with every name resolved and every default filled in; what is wrong goes to `diagnostics`. */
export function buildScenario(input: BuildInput, sources: Sources, diagnostics: Diagnostics): Scenario {
  const root = new View(input.tree, input.tree.span);
  const names = new Names(diagnostics);
  const notModelled: NotModelled[] = [];
  names.regionsWritten = root.at('regions').entries.length > 0;
  names.regions = buildRegions(root.at('regions'));
  const links = buildLinks(root.at('links'), names);
  names.clusters = buildClusters(root, names, notModelled);
  notePartitionsToCome(root, names);
  const named = nameEvents(root, diagnostics);
  names.events = [...new Set([...named.values()].map(({ name }) => name))];
  names.declaredClients = new Set(
    ['producers', 'consumers'].flatMap((key) => root.at(key).entries.map((entry) => entry.key)),
  );
  const durationUs = root.at('duration').durationUs ?? defaultDuration(root);
  const warmupUs = root.at('warmup').durationUs ?? 0;
  checkTimes(root, durationUs, warmupUs, diagnostics);
  if (names.clusters.length > 0) {
    const context = { names, notModelled, durationUs };
    names.producers = buildProducers(root.at('producers'), context);
    names.consumers = buildConsumers(root.at('consumers'), context);
    const transforms = buildTransforms(root.at('consumers'), names.consumers, durationUs, context);
    names.producers = [...names.producers, ...transforms];
  }
  checkClientNames(root, diagnostics);
  checkSizes(root, names);
  checkRegionLinks(names, links, root);
  const events = buildEvents(root, named, names, sources, notModelled, durationUs);
  const expectations = root.at('expect').items.flatMap((item) => buildExpectation(item, names, sources) ?? []);
  assertNothingDropped(root, diagnostics, [
    ['producers', names.producers.filter(({ fedBy }) => fedBy === undefined).length],
    ['consumers', names.consumers.length],
    ['failures', events.failures.length],
    ['operations', events.operations.length],
    ['expect', expectations.length],
    ['links', links.length],
  ]);
  const name = fileName(input.path);
  return freezeDeep({
    name: root.at('name').text ?? name,
    description: root.at('description').text ?? '',
    tags: root.at('tags').items.flatMap((tag) => tag.text ?? []),
    seed: input.seed ?? (root.at('seed').text || name),
    source: { path: input.path, text: input.text },
    variant: input.variant,
    durationUs,
    warmupUs,
    regions: names.regions,
    links,
    clusters: names.clusters,
    producers: names.producers,
    consumers: names.consumers,
    ...events,
    expectations,
    notModelled,
  });
}

/** Whatever could not be built must have been reported: a scenario is never accepted with a part missing. */
function assertNothingDropped(
  root: View,
  diagnostics: Diagnostics,
  built: readonly (readonly [string, number])[],
): void {
  if (diagnostics.hasErrors) return;
  for (const [key, count] of built) {
    const written = root.at(key).items.length + root.at(key).entries.length;
    if (written !== count) throw new Error(`${written} ${key} are written, but ${count} were built`);
  }
}

function fileName(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/(\.scenario)?\.ya?ml$/, '');
  return base === '' ? 'scenario' : base;
}

type Named = Map<View, { name: string; span: Span }>;

/** Names as written; others get their verb's name, with a number from the second on. */
function nameEvents(root: View, diagnostics: Diagnostics): Named {
  const named: Named = new Map();
  const taken = new Map<string, Span>();
  const lists: readonly (readonly [View, readonly string[]])[] = [
    [root.at('failures'), FAILURE_VERBS],
    [root.at('operations'), OPERATION_VERBS],
  ];
  for (const [list, verbs] of lists) {
    for (const item of list.items) {
      const verb = verbs.find((candidate) => item.has(candidate)) ?? 'event';
      const written = item.at('name').text;
      let name = written ?? verb;
      for (let number = 2; written === undefined && taken.has(name); number++) name = `${verb}-${number}`;
      const before = taken.get(name);
      const span = written === undefined ? item.span : item.at('name').span;
      if (before)
        diagnostics.error('SP1150', span, `the name '${name}' stands here twice`, {
          related: [{ message: 'first here', span: before }],
        });
      taken.set(name, span);
      named.set(item, { name, span });
    }
  }
  return named;
}

function buildEvents(
  root: View,
  named: Named,
  names: Names,
  sources: Sources,
  notModelled: NotModelled[],
  durationUs: number,
): { failures: Failure[]; operations: Operation[] } {
  const all: { event: Failure | Operation; span: Span }[] = [];
  const failures: Failure[] = [];
  const operations: Operation[] = [];
  for (const [view, { name, span }] of named) {
    const isFailure =
      root.at('failures').node?.kind === 'list' && root.at('failures').items.some((item) => item.node === view.node);
    const failure = isFailure ? buildFailure(view, name, names, sources) : undefined;
    const operation = isFailure ? undefined : buildOperation(view, name, names, sources, notModelled);
    if (failure) failures.push(failure);
    if (operation) operations.push(operation);
    const event = failure ?? operation;
    if (!event) continue;
    all.push({ event, span });
    if (event.trigger.kind === 'at' && event.trigger.atUs >= durationUs) {
      names.diagnostics.warning('SP1203', view.at('at').span, `'${name}' begins after the scenario has ended`);
    }
  }
  checkTriggerCircles(all, names.diagnostics);
  return { failures, operations };
}

function defaultDuration(root: View): number {
  const ends = [...root.at('failures').items, ...root.at('operations').items].map(
    (item) => (item.at('at').durationUs ?? 0) + (item.at('for').durationUs ?? 0),
  );
  return ends.reduce((last, end) => Math.max(last, end + AFTERMATH_US), DEFAULT_DURATION_US);
}

function checkTimes(root: View, durationUs: number, warmupUs: number, diagnostics: Diagnostics): void {
  if (durationUs <= 0) diagnostics.error('SP1152', root.at('duration').span, 'the scenario must last longer than 0');
  else if (warmupUs >= durationUs)
    diagnostics.error('SP1152', root.at('warmup').span, 'the warm-up is as long as the scenario');
}

/** Sums that no single key shows. */
function checkSizes(root: View, { clusters, producers, consumers, diagnostics, doubtfulTopics }: Names): void {
  const partitions = clusters
    .flatMap((cluster) => cluster.topics)
    .reduce((sum, topic) => sum + topic.partitionCount, 0);
  if (partitions > LIMITS.partitions && doubtfulTopics.size === 0) {
    const key = ['clusters', 'cluster', 'topics'].find((name) => root.has(name)) ?? 'topics';
    diagnostics.error('SP1104', root.keySpan(key), `${partitions} partitions in all; at most ${LIMITS.partitions}`);
  }
  const clients = [...producers, ...consumers].reduce((sum, client) => sum + client.instances.length, 0);
  if (clients > LIMITS.clients) {
    const key = root.has('consumers') ? 'consumers' : 'producers';
    diagnostics.error('SP1104', root.keySpan(key), `${clients} client processes in all; at most ${LIMITS.clients}`);
  }
  checkRecords(root, producers, diagnostics);
}

/** What producers are asked to send, before anything is allocated for it. */
function checkRecords(root: View, producers: readonly Producer[], diagnostics: Diagnostics): void {
  const parts = producers.map((producer) => ({ name: producer.name, records: Math.round(offeredRecords(producer)) }));
  const records = parts.reduce((sum, part) => sum + part.records, 0);
  if (records <= LIMITS.records) return;
  const sum = parts.map((part) => `${part.name} ${part.records}`).join(' + ');
  diagnostics.error(
    'SP1191',
    root.keySpan('producers'),
    `${records} records to play (${sum}); at most ${LIMITS.records}`,
    {
      hint: 'shorten `duration` or lower the rate: what a design does shows in minutes',
    },
  );
}

function checkClientNames(root: View, diagnostics: Diagnostics): void {
  for (const { key, keySpan } of root.at('consumers').entries) {
    if (!root.at('producers').has(key)) continue;
    diagnostics.error('SP1150', keySpan, `'${key}' is the name of a producer and of a consumer group`, {
      related: [{ message: 'the producer is here', span: root.at('producers').keySpan(key) }],
    });
  }
}
