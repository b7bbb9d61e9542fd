import { configDefinition } from '../../kafka/configTable.ts';
import { topicConfigDefault } from '../../kafka/topicDefaults.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { BrokerNode, ConfigEntry, Configs, NotModelled, Topic } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { Span } from '../tree.ts';
import { effectiveConfigs, plainValue, readConfigs } from './configs.ts';
import type { View } from './view.ts';

export interface TopicContext {
  readonly cluster: string;
  readonly version: KafkaVersion;
  readonly brokers: readonly BrokerNode[];
  /** Broker configs as written, and all of them with defaults. */
  readonly written: Configs;
  readonly brokerConfigs: Configs;
  readonly notModelled: NotModelled[];
  readonly doubtfulTopics: Set<string>;
  readonly diagnostics: Diagnostics;
}

/** @param later  createTopic operations: their topics may be named like the others */
export function buildTopics(view: View, later: readonly View[], context: TopicContext): Topic[] {
  const names = [
    ...view.entries.map(({ key, keySpan }) => ({ key, keySpan })),
    ...later.map((topic) => ({ key: topic.at('topic').text!, keySpan: topic.at('topic').span })),
  ];
  checkTopicNames(names, context.diagnostics);
  const build = (name: string, keySpan: Span, topic: View, creation: Topic['creation']): Topic => {
    const built = buildTopic(name, keySpan, topic, creation, context);
    if (context.diagnostics.hasErrorWithin(topic.span)) context.doubtfulTopics.add(`${context.cluster}/${name}`);
    return built;
  };
  const topics = view.entries.map(({ key, keySpan, view: topic }) =>
    build(key, keySpan, topic, topic.at('autoCreate').boolean === true ? 'onDemand' : 'atStart'),
  );
  for (const topic of later) {
    const name = topic.at('topic').text!;
    if (topics.every((one) => one.name !== name)) topics.push(build(name, topic.at('topic').span, topic, 'operation'));
  }
  return topics;
}

/** `Topic.validate` */
const LEGAL_NAME = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/;
const INTERNAL = ['__consumer_offsets', '__transaction_state', '__share_group_state', '__cluster_metadata'];

/**
 * Names that Kafka keeps for itself, and names that differ only in `.` and `_`: metrics cannot tell those apart, so
 * the controller refuses the second (`Topic.hasCollision`).
 */
function checkTopicNames(
  names: readonly { readonly key: string; readonly keySpan: Span }[],
  diagnostics: Diagnostics,
): void {
  const seen = new Map<string, { readonly key: string; readonly keySpan: Span }>();
  for (const { key, keySpan } of names) {
    if (!LEGAL_NAME.test(key)) {
      diagnostics.error('SP1105', keySpan, `'${key}' is no name for a topic`, {
        hint: 'up to 249 letters, digits, dots, underscores and dashes; not . or ..',
      });
    }
    if (INTERNAL.includes(key)) diagnostics.error('SP1105', keySpan, `'${key}' is a topic that Kafka makes itself`);
    const folded = key.replaceAll('.', '_');
    const before = seen.get(folded);
    if (before && before.key !== key) {
      diagnostics.error(
        'SP1105',
        keySpan,
        `'${key}' collides with '${before.key}': Kafka does not tell . and _ apart`,
        {
          related: [{ message: 'the other is here', span: before.keySpan }],
        },
      );
    }
    seen.set(folded, { key, keySpan });
  }
}

function buildTopic(
  name: string,
  keySpan: Span,
  view: View,
  creation: Topic['creation'],
  context: TopicContext,
): Topic {
  const { diagnostics, version, notModelled, brokers } = context;
  if (creation === 'onDemand') checkAutoCreated(view, diagnostics);
  const assignment = readAssignment(view, context);
  const partitionCount =
    view.at('partitions').integer ?? assignment?.length ?? numberOf(context.brokerConfigs, 'num.partitions');
  const replicationFactor =
    view.at('replicationFactor').integer ??
    assignment?.[0]?.length ??
    numberOf(context.brokerConfigs, 'default.replication.factor');
  if (replicationFactor > brokers.length && creation === 'atStart') {
    const span = view.has('replicationFactor') ? view.at('replicationFactor').span : keySpan;
    diagnostics.error('SP1166', span, `${replicationFactor} replicas, but the cluster has ${brokers.length} brokers`);
  }
  if (assignment && view.has('partitions') && assignment.length !== partitionCount) {
    diagnostics.error(
      'SP1167',
      view.at('replicas').span,
      `${assignment.length} partitions are assigned, but the topic has ${partitionCount}`,
    );
  }
  const where = `topic ${name}`;
  const written = readConfigs(view.at('config'), {
    kind: 'topic',
    version,
    origin: 'topic',
    where,
    diagnostics,
    notModelled,
  });
  const configs = topicConfigs(written, context);
  checkMinInSync(configs, replicationFactor, view, keySpan, diagnostics);
  return { name, partitionCount, replicationFactor, creation, assignment, configs };
}

/** What a client's request creates has the brokers' defaults and nothing else (`AutoTopicCreationManager`). */
function checkAutoCreated(view: View, diagnostics: Diagnostics): void {
  for (const key of ['partitions', 'replicationFactor', 'replicas', 'config']) {
    if (!view.has(key)) continue;
    diagnostics.error('SP1107', view.keySpan(key), `'${key}' and 'autoCreate' exclude each other`, {
      hint: 'such a topic gets num.partitions, default.replication.factor and the configs of the brokers',
    });
  }
}

/** A topic's own configs, else what the brokers' configs supply, else Kafka's default. */
function topicConfigs(written: Configs, context: TopicContext): Map<string, ConfigEntry> {
  const { version } = context;
  const configs = effectiveConfigs('topic', version, written);
  for (const name of configs.keys()) {
    if (written.has(name)) continue;
    const definition = configDefinition('topic', name, version)!;
    const source = definition.serverDefault
      .map((brokerName) => context.written.get(brokerName))
      .find((entry) => entry && entry.value !== null);
    if (!source) continue;
    const value = topicConfigDefault(name, version, (brokerName) => context.written.get(brokerName)?.value);
    configs.set(name, {
      value: plainValue(value ?? null, definition),
      origin: 'broker',
    });
  }
  return configs;
}

function readAssignment(view: View, { brokers, diagnostics }: TopicContext): number[][] | null {
  const replicas = view.at('replicas');
  if (!replicas.isWritten || replicas.entries.length === 0) return null;
  const assignment: number[][] = [];
  const known = new Set(brokers.map((broker) => broker.id));
  const sorted = replicas.entries.toSorted((a, b) => Number(a.key) - Number(b.key));
  for (const [partition, { key, keySpan, view: ids }] of sorted.entries()) {
    if (Number(key) !== partition) {
      diagnostics.error('SP1167', keySpan, `partition ${partition} has no assignment`, {
        hint: 'every partition from 0 on must be there',
      });
      return null;
    }
    const list = ids.items.flatMap((id) => id.integer ?? []);
    for (const id of ids.items) {
      if (id.integer === undefined || known.has(id.integer)) continue;
      diagnostics.error('SP1145', id.span, `the cluster has no broker ${id.integer}`, {
        hint: `its brokers: ${[...known].join(', ')}`,
      });
    }
    if (new Set(list).size !== list.length)
      diagnostics.error('SP1167', ids.span, `partition ${key} names a broker twice`);
    if (assignment[0] && assignment[0].length !== list.length) {
      diagnostics.error(
        'SP1167',
        ids.span,
        `partition ${key} has ${list.length} replicas, but partition 0 has ${assignment[0].length}`,
      );
    }
    assignment.push(list);
  }
  checkFactor(view, assignment, diagnostics);
  return assignment;
}

function checkFactor(view: View, assignment: readonly number[][], diagnostics: Diagnostics): void {
  const factor = view.at('replicationFactor');
  if (factor.integer !== undefined && factor.integer !== assignment[0]?.length) {
    diagnostics.error(
      'SP1167',
      factor.span,
      `replicationFactor is ${factor.integer}, but the assignment has ${assignment[0]?.length} replicas`,
    );
  }
}

function checkMinInSync(
  configs: Configs,
  replicationFactor: number,
  view: View,
  keySpan: Span,
  diagnostics: Diagnostics,
): void {
  const entry = configs.get('min.insync.replicas');
  if (typeof entry?.value !== 'number' || entry.value <= replicationFactor) return;
  const own = view.at('config').at('min.insync.replicas');
  diagnostics.warning(
    'SP1201',
    own.isWritten && own.node?.kind === 'scalar' ? own.span : keySpan,
    `min.insync.replicas is ${entry.value}, but there are only ${replicationFactor} replicas: acks=all can never succeed`,
  );
}

function numberOf(configs: Configs, name: string): number {
  return Number(configs.get(name)?.value ?? 1);
}
