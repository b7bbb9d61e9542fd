import type { Cluster, OperationVerb, ReassignmentPlan, Topic } from '../../scenario/scenario.ts';
import type { Names } from './names.ts';
import type { View } from './view.ts';

export const SIZE_VERBS = ['reassign', 'addBrokers', 'removeBroker', 'createPartitions'] as const;

/** Operations that move partitions or change the size of a cluster or topic. */
export function buildSizeOperation(
  verb: (typeof SIZE_VERBS)[number],
  view: View,
  names: Names,
): OperationVerb | undefined {
  switch (verb) {
    case 'reassign':
      return reassign(view, names);
    case 'addBrokers': {
      const cluster = names.cluster(view.at('cluster').text, view.span);
      return cluster && { verb, cluster: cluster.name, ids: names.addedBrokers.get(view.node) ?? [] };
    }
    case 'removeBroker':
      return removeBroker(view, names);
    case 'createPartitions':
      return createPartitions(view, names);
  }
}

/** Takes down which topics get more partitions, so that others may name those before they are there. */
export function notePartitionsToCome(root: View, names: Names): void {
  for (const operation of root.at('operations').items) {
    const view = operation.at('createPartitions');
    const [topic, count] = [view.at('topic').text, view.at('partitions').integer];
    if (topic === undefined || count === undefined) continue;
    const named = view.at('cluster').text;
    for (const cluster of names.clusters) {
      if (named !== undefined && named !== cluster.name) continue;
      const key = `${cluster.name}/${topic}`;
      names.laterPartitions.set(key, Math.max(count, names.laterPartitions.get(key) ?? 0));
    }
  }
}

/** Keys that make no sense beside what a reassignment is about. */
const EXCLUDED: Readonly<Record<ReassignmentPlan['kind'], readonly string[]>> = {
  cancel: ['replicas', 'brokers', 'rackAware', 'replicationFactor', 'throttle', 'keepThrottle', 'wait'],
  explicit: ['topics', 'brokers', 'rackAware', 'replicationFactor'],
  generated: [],
};

function reassign(view: View, names: Names): OperationVerb | undefined {
  const kind = view.at('cancel').boolean === true ? 'cancel' : view.has('replicas') ? 'explicit' : 'generated';
  const wrong = EXCLUDED[kind].find((key) => view.has(key));
  const own = kind === 'cancel' ? 'cancel' : 'replicas';
  if (wrong !== undefined) {
    names.diagnostics.error('SP1107', view.keySpan(wrong), `'${wrong}' and '${own}' exclude each other`);
    return undefined;
  }
  const topics = topicsOf(view, names);
  if (topics === undefined) return undefined;
  const cluster = topics.cluster ?? names.cluster(view.at('cluster').text, view.span);
  if (cluster === undefined) return undefined;
  const plan = planOf(kind, view, cluster, topics.topics, names);
  const throttleBytesPerSec = throttleOf(view, names);
  if (throttleBytesPerSec === null && view.at('keepThrottle').boolean === true)
    names.diagnostics.error('SP1107', view.keySpan('keepThrottle'), 'there is no throttle to keep');
  const waits = view.at('wait').boolean ?? true;
  const keepsThrottle = view.at('keepThrottle').boolean ?? !waits;
  return plan && { verb: 'reassign', cluster: cluster.name, plan, throttleBytesPerSec, keepsThrottle, waits };
}

/** kafka-reassign-partitions takes no throttle of 0; nothing would ever move. */
function throttleOf(view: View, names: Names): number | null {
  const throttle = view.at('throttle');
  if (throttle.bytesPerSec !== 0) return throttle.bytesPerSec ?? null;
  names.diagnostics.error('SP1122', throttle.span, 'with a throttle of 0 nothing ever moves', {
    hint: 'leave it out for none, or write a rate such as 50MB/s',
  });
  return null;
}

/** Undefined: something named does not exist, which was reported. Topics null: all. */
function topicsOf(
  view: View,
  names: Names,
): { cluster: Cluster | undefined; topics: readonly Topic[] | null } | undefined {
  if (view.has('topic') && view.has('topics')) {
    names.diagnostics.error('SP1107', view.keySpan('topics'), "'topics' and 'topic' exclude each other");
    return undefined;
  }
  const written = view.has('topic') ? [view.at('topic')] : view.at('topics').items;
  if (written.length === 0) return { cluster: undefined, topics: null };
  const found = written.map((topic) =>
    topic.text === undefined ? undefined : names.topicAnywhere(topic.text, view.at('cluster').text, topic.span),
  );
  const [first] = found;
  if (first === undefined || found.some((one) => one === undefined)) return undefined;
  const other = found.findIndex((one) => one!.cluster !== first.cluster);
  if (other >= 0) {
    names.diagnostics.error('SP1148', written[other]!.span, 'these topics are in different clusters', {
      hint: 'write one reassign for each cluster',
    });
    return undefined;
  }
  return { cluster: first.cluster, topics: found.map((one) => one!.topic) };
}

function planOf(
  kind: ReassignmentPlan['kind'],
  view: View,
  cluster: Cluster,
  topics: readonly Topic[] | null,
  names: Names,
): ReassignmentPlan | undefined {
  const topicNames = topics?.map(({ name }) => name) ?? null;
  if (kind === 'cancel') return { kind, topics: topicNames };
  if (kind === 'explicit') {
    const [topic] = topics ?? [];
    if (topic === undefined) {
      names.diagnostics.error('SP1101', view.keySpan('replicas'), "'replicas' needs the topic that they are of", {
        hint: 'add topic: NAME',
      });
      return undefined;
    }
    return { kind, topic: topic.name, moves: movesOf(view.at('replicas'), cluster, topic, names) };
  }
  const brokers = view.has('brokers') ? idsOf(view.at('brokers'), cluster, names) : null;
  const replicationFactor = view.at('replicationFactor').integer ?? null;
  const most = brokers?.length ?? cluster.brokers.length;
  if (replicationFactor !== null && replicationFactor > most)
    names.diagnostics.error(
      'SP1166',
      view.at('replicationFactor').span,
      `${replicationFactor} replicas, but there are ${most} brokers to spread them over`,
    );
  return { kind, topics: topicNames, brokers, isRackAware: view.at('rackAware').boolean ?? true, replicationFactor };
}

function movesOf(
  view: View,
  cluster: Cluster,
  topic: Topic,
  names: Names,
): { readonly partition: number; readonly replicas: readonly number[] }[] {
  return view.entries
    .map(({ key, keySpan, view: ids }) => {
      const partition = Number(key);
      const most = names.mostPartitions(cluster, topic);
      if (partition >= most)
        names.diagnostics.error('SP1142', keySpan, `topic '${topic.name}' has no partition ${partition}`, {
          hint: `its partitions are 0 to ${most - 1}`,
        });
      return { partition, replicas: idsOf(ids, cluster, names) };
    })
    .toSorted((a, b) => a.partition - b.partition);
}

function idsOf(view: View, cluster: Cluster, names: Names): number[] {
  for (const id of view.items) {
    if (id.integer === undefined || cluster.brokers.some((node) => node.id === id.integer)) continue;
    names.diagnostics.error('SP1145', id.span, `cluster '${cluster.name}' has no broker ${id.integer}`, {
      hint: `its brokers: ${cluster.brokers.map((node) => node.id).join(', ')}`,
    });
  }
  const ids = view.items.flatMap((id) => id.integer ?? []);
  if (new Set(ids).size !== ids.length) names.diagnostics.error('SP1167', view.span, 'a broker stands here twice');
  return ids;
}

function removeBroker(view: View, names: Names): OperationVerb | undefined {
  const cluster = names.cluster(view.at('cluster').text, view.span);
  const broker = view.integer === undefined ? view.at('broker') : view;
  const id = broker.integer;
  if (cluster === undefined || id === undefined) return undefined;
  if (!cluster.brokers.some((node) => node.id === id)) {
    names.diagnostics.error('SP1145', broker.span, `cluster '${cluster.name}' has no broker ${id}`, {
      hint: `its brokers: ${cluster.brokers.map((node) => node.id).join(', ')}`,
    });
    return undefined;
  }
  if (cluster.zookeeper === null && cluster.controllers.some((node) => node.combined && node.id === id)) {
    names.diagnostics.error(
      'SP1180',
      broker.span,
      `broker ${id} is a controller too: taking it away is not available yet`,
      {
        hint: 'changes of the voter set are not modelled; remove a broker that is no controller',
      },
    );
    return undefined;
  }
  const drains = view.at('drain').boolean ?? true;
  const throttleBytesPerSec = throttleOf(view, names);
  if (!drains && throttleBytesPerSec !== null)
    names.diagnostics.error('SP1107', view.keySpan('throttle'), "'throttle' is for the moves, and 'drain' is false");
  return { verb: 'removeBroker', cluster: cluster.name, id, drains, throttleBytesPerSec };
}

function createPartitions(view: View, names: Names): OperationVerb | undefined {
  const written = view.at('topic');
  const found =
    written.text === undefined ? undefined : names.topicAnywhere(written.text, view.at('cluster').text, written.span);
  const partitionCount = view.at('partitions').integer;
  if (found === undefined || partitionCount === undefined) return undefined;
  const { cluster, topic } = found;
  if (partitionCount <= topic.partitionCount) {
    names.diagnostics.error(
      'SP1169',
      view.at('partitions').span,
      `topic '${topic.name}' has ${topic.partitionCount} partitions: ${partitionCount} would not be an increase`,
      { hint: 'Kafka answers INVALID_PARTITIONS; partitions cannot be taken away' },
    );
    return undefined;
  }
  const assignment = view.has('replicas')
    ? newAssignment(view.at('replicas'), cluster, topic, partitionCount, names)
    : null;
  return { verb: 'createPartitions', cluster: cluster.name, topic: topic.name, partitionCount, assignment };
}

/** Exactly the new partitions, each with as many replicas as the topic has. */
function newAssignment(view: View, cluster: Cluster, topic: Topic, partitionCount: number, names: Names): number[][] {
  const entries = view.entries.toSorted((a, b) => Number(a.key) - Number(b.key));
  const first = partitionCount - entries.length;
  for (const [i, { key, keySpan, view: ids }] of entries.entries()) {
    if (Number(key) !== first + i || (i === 0 && first < topic.partitionCount))
      names.diagnostics.error(
        'SP1167',
        keySpan,
        `the new partitions are ${topic.partitionCount} to ${partitionCount - 1}`,
      );
    if (ids.items.length !== topic.replicationFactor)
      names.diagnostics.error(
        'SP1167',
        ids.span,
        `partition ${key} has ${ids.items.length} replicas, but the topic has ${topic.replicationFactor}`,
      );
  }
  return entries.map(({ view: ids }) => idsOf(ids, cluster, names));
}
