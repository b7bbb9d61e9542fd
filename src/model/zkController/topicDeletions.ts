import type { ClusterState } from '../controller/clusterState.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
import type { TopicImage } from '../metadata.ts';
import type { EventId } from '../trace.ts';
import type { ControllerHost } from './controllerHost.ts';
import { WRITE_PARTITION_US } from './partitionWrites.ts';
import type { ZkController } from './zkController.ts';

interface Deletion {
  readonly cause: EventId;
  readonly answered: (error: string) => void;
}

/**
 * Topics that are to be deleted: each goes when all its replicas' brokers are live and none of its partitions moves.
 * Until then it waits, and its client's request times out.
 *
 * Source: Kafka's `TopicDeletionManager` (up to 3.9).
 */
export class TopicDeletions {
  readonly #waiting = new Map<string, Deletion>();

  add(topic: string, deletion: Deletion): void {
    this.#waiting.set(topic, deletion);
  }

  /** A topic that may go now; it is taken off the list. */
  take(
    state: ClusterState,
    isLive: (broker: number) => boolean,
  ): { readonly topic: TopicImage; readonly deletion: Deletion } | undefined {
    for (const [name, deletion] of this.#waiting) {
      const topic = state.topics.get(name);
      if (topic === undefined || !topic.partitions.every((partition) => isAtRest(state, partition, isLive))) continue;
      this.#waiting.delete(name);
      return { topic, deletion };
    }
    return undefined;
  }
}

function isAtRest(state: ClusterState, partition: number, isLive: (broker: number) => boolean): boolean {
  const { replicas, adding, removing } = state.entry(partition).registration;
  return replicas.every(isLive) && adding.length + removing.length === 0;
}

/** DeleteTopics. @param answered when the topic is gone */
export function deleteTopic(
  host: ControllerHost,
  controller: ZkController,
  name: string,
  cause: EventId,
  answered: (error: string) => void,
): void {
  controller.add((done) => {
    if (!host.store.committed.topics.has(name)) answered('UNKNOWN_TOPIC_OR_PARTITION');
    else if (!host.settings.deletesTopics) answered('TOPIC_DELETION_DISABLED');
    else controller.deletions.add(name, { cause, answered });
    deleteReadyTopics(host, controller, done);
  });
}

export function deleteReadyTopics(host: ControllerHost, controller: ZkController, then: () => void): void {
  const { committed } = host.store;
  const ready = controller.deletions.take(committed, controller.isLive);
  if (ready === undefined) {
    then();
    return;
  }
  const { topic, deletion } = ready;
  controller.submit(topic.partitions.length * WRITE_PARTITION_US, () => {
    for (const partition of topic.partitions) controller.context.partitions.forget(partition);
    const { recorder, kernel } = host.ctx;
    const { name, partitions } = topic;
    const event = recorder.event(kernel.nowUs, deletion.cause, {
      type: 'topic.deleted',
      cluster: host.cluster,
      topic: name,
      partitions,
    });
    host.topics.forget(name);
    committed.apply({ ...NO_RECORDS, deleted: [topic] });
    controller.channels.delete(topic, event);
    deletion.answered('NONE');
    deleteReadyTopics(host, controller, then);
  });
}
