import type { Topic } from '../../scenario/scenario.ts';
import { assert } from '../../sim/index.ts';
import type { ClusterLayout } from '../context.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ControllerCore } from './controllerCore.ts';
import { type MetadataRecords, NO_RECORDS } from './metadataBatch.ts';
import type { TopicCreator } from './topicCreation.ts';

/** Brokers of a cluster that has been running for long: registered in order of their ids, and unfenced. */
export function registerSteadyBrokers(core: ControllerCore, brokers: readonly number[], layout: ClusterLayout): void {
  for (const [index, broker] of brokers.entries()) {
    const { incarnation } = layout.brokerProcesses[broker]!;
    const entry = {
      broker,
      brokerEpoch: index + 1,
      incarnation,
      control: 'UNFENCED',
      inControlledShutdown: false,
    } as const;
    applyToBoth(core, { ...NO_RECORDS, broker: { entry, reason: 'bootstrap' } });
  }
}

/** A topic that is there from the start; one that comes later has its partitions reserved. */
export function createSteadyTopic(
  core: ControllerCore,
  topics: TopicCreator,
  topic: Pick<Topic, 'name' | 'partitionCount' | 'replicationFactor' | 'assignment' | 'creation'>,
  layout: ClusterLayout,
): void {
  const { name, partitionCount, replicationFactor } = topic;
  if (topic.creation !== 'atStart') {
    topics.reserve(name, partitionCount);
    return;
  }
  const assignment = topic.assignment?.map((ids) => ids.map((id) => brokerOf(id, layout))) ?? null;
  const creation = topics.create(core.committed, {
    name,
    partitionCount,
    replicationFactor,
    assignment,
    internal: false,
  });
  assert(creation.topic !== null, `topic ${name} cannot be created: ${creation.error}`);
  const created = core.recordTopic(creation.topic, NO_CAUSE);
  for (const entry of creation.partitions) core.recordPartition(entry, created);
  applyToBoth(core, { ...NO_RECORDS, topics: [creation.topic], partitions: creation.partitions });
}

function applyToBoth(core: ControllerCore, records: MetadataRecords): void {
  core.committed.apply(records);
  core.current.apply(records);
}

function brokerOf(id: number, { spec, brokers }: ClusterLayout): number {
  const position = spec.brokers.findIndex((broker) => broker.id === id);
  assert(position >= 0, `cluster ${spec.name} has no broker ${id}`);
  return brokers[position]!;
}
