import type { Topic } from '../../scenario/scenario.ts';
import { assert } from '../../sim/index.ts';
import type { ClusterLayout } from '../context.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ControllerHost } from './controllerHost.ts';

/** The topics that are there when the scenario starts; names of later ones are kept for them. */
export function createTopicsAtStart(host: ControllerHost, layout: ClusterLayout): void {
  for (const topic of layout.spec.topics) {
    if (topic.creation === 'atStart') create(host, layout, topic);
    else host.topics.reserve(topic.name, topic.partitionCount);
  }
}

function create({ store, topics }: ControllerHost, layout: ClusterLayout, topic: Topic): void {
  const { name, partitionCount, replicationFactor } = topic;
  const assignment = topic.assignment?.map((ids) => ids.map((id) => brokerOf(layout, id))) ?? null;
  const request = { name, partitionCount, replicationFactor, assignment, internal: false };
  const creation = topics.create(store.committed, request);
  assert(creation.topic !== null, `topic ${name} cannot be created: ${creation.error}`);
  const event = store.recordTopic(creation.topic, NO_CAUSE);
  for (const entry of creation.partitions) store.recordPartition(entry, event);
  store.committed.apply({ ...NO_RECORDS, topics: [creation.topic], partitions: creation.partitions });
}

function brokerOf({ spec, brokers }: ClusterLayout, id: number): number {
  const position = spec.brokers.findIndex((broker) => broker.id === id);
  assert(position >= 0, `cluster ${spec.name} has no broker ${id}`);
  return brokers[position]!;
}
