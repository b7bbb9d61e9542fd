import type { OperationVerb } from '../../scenario/scenario.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';

type Of<Verb extends OperationVerb['verb']> = Extract<OperationVerb, { verb: Verb }>;

/** kafka-topics --create: any broker forwards it to the controller. */
export function createTopic(world: World, action: Of<'createTopic'>, log: OperationLog): void {
  const { controller, layout } = world.cluster(action.cluster);
  const brokerOf = (id: number): number => layout.brokers[layout.spec.brokers.findIndex((node) => node.id === id)]!;
  controller.createTopic(
    {
      name: action.topic,
      partitionCount: action.partitionCount,
      replicationFactor: action.replicationFactor,
      assignment: action.assignment?.map((ids) => ids.map(brokerOf)) ?? null,
      internal: false,
      configs: action.set,
    },
    (error, partitions) => {
      if (error === 'NONE') log.step(`${action.topic} created with ${partitions.length} partitions`);
      log.end(error === 'NONE' ? null : error);
    },
    log.cause,
  );
}

/** kafka-topics --delete. It ends when the controller has committed it; brokers learn of it and delete files later. */
export function deleteTopic(world: World, action: Of<'deleteTopic'>, log: OperationLog): void {
  const { controller } = world.cluster(action.cluster);
  const done = (error: string): void => log.end(error === 'NONE' ? null : error);
  controller.deleteTopic(action.topic, done, log.cause);
}
