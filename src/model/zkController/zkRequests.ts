import { completeReassignment, isReassigning, startReassignment } from '../algorithms/partitionReassignment.ts';
import { containsAll, without } from '../algorithms/partitionRegistration.ts';
import { partitionImage } from '../controller/clusterState.ts';
import { creationConfigs, hasValidValues } from '../controller/configChanges.ts';
import { NO_RECORDS, type PartitionEntry } from '../controller/metadataBatch.ts';
import type { TopicRequest } from '../controller/topicCreation.ts';
import type { AlterPartitionItem, AlterPartitionResult, PartitionsRequest, ReassignmentRequest } from '../metadata.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ControllerHost } from './controllerHost.ts';
import { electedEntry, written } from './partitionWrites.ts';
import type { ZkController } from './zkController.ts';
import { electOffline, electReassigned } from './zkElections.ts';

/**
 * Leaders ask for other ISRs (AlterPartition; up to 3.1 AlterIsr). The leader epoch stays, the znode's version rises.
 *
 * Source: `KafkaController.processAlterPartition`, KIP-497.
 */
export function alterPartition(
  host: ControllerHost,
  controller: ZkController,
  broker: number,
  items: readonly AlterPartitionItem[],
  done: (results: readonly AlterPartitionResult[]) => void,
): void {
  controller.add((next) => {
    const changed: PartitionEntry[] = [];
    const errors = items.map((item) => {
      const entry = controller.entry(item.partition);
      const error = entry === undefined ? 'UNKNOWN_TOPIC_OR_PARTITION' : refusal(host, controller, broker, entry, item);
      if (entry === undefined || error !== 'NONE') return error;
      const leaderRecoveryState = item.recovered ? 'RECOVERED' : entry.registration.leaderRecoveryState;
      const change = { isr: item.newIsr, leaderRecoveryState } as const;
      changed.push(written(entry, change, item.reason, { cause: item.cause, keepsLeaderEpoch: true }));
      return 'NONE';
    });
    const cause = changed[0]?.cause ?? NO_CAUSE;
    controller.commit(changed, cause, () => {
      done(items.map((item, i) => resultOf(controller, item, errors[i]!)));
      finishReassignments(host, controller, changed, next);
    });
  });
}

function resultOf(controller: ZkController, { partition }: AlterPartitionItem, error: string): AlterPartitionResult {
  if (error !== 'NONE') return { error, image: null };
  return { error, image: partitionImage(controller.entry(partition)!) } as AlterPartitionResult;
}

function refusal(
  { behaviour }: ControllerHost,
  controller: ZkController,
  broker: number,
  { registration }: PartitionEntry,
  item: AlterPartitionItem,
): string {
  const { leader, leaderEpoch, partitionEpoch, replicas, leaderRecoveryState } = registration;
  if (item.leaderEpoch > leaderEpoch) return 'NOT_CONTROLLER';
  if (item.leaderEpoch < leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (broker !== leader) return 'INVALID_REQUEST';
  if (item.partitionEpoch !== partitionEpoch) return 'INVALID_UPDATE_VERSION';
  if (!containsAll(replicas, item.newIsr) || !item.newIsr.includes(leader)) return 'INVALID_REQUEST';
  if (leaderRecoveryState === 'RECOVERING' && !item.recovered && item.newIsr.length > 1) return 'INVALID_REQUEST';
  const isEligible = (replica: number): boolean =>
    controller.isLive(replica) && !controller.context.shuttingDown.has(replica);
  if (behaviour.isrRefusesFencedBrokers && !item.newIsr.every(isEligible)) return 'INELIGIBLE_REPLICA';
  return 'NONE';
}

/**
 * The ElectLeaders API.
 *
 * Source: `KafkaController.processReplicaLeaderElection`, KIP-183, KIP-460.
 */
export function electLeaders(
  host: ControllerHost,
  controller: ZkController,
  type: 'preferred' | 'unclean',
  partitions: readonly number[],
  cause: EventId,
  done: (errors: readonly string[]) => void,
): void {
  controller.add((next) => {
    const changed: PartitionEntry[] = [];
    const errors = partitions.map((partition) => {
      const entry = controller.entry(partition);
      if (entry === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
      const { leader, replicas, isr } = entry.registration;
      const hasLiveLeader = leader >= 0 && controller.isLive(leader);
      if (type === 'unclean' ? hasLiveLeader : leader === replicas[0]) return 'ELECTION_NOT_NEEDED';
      if (type === 'preferred') {
        const change = controller.preferred(entry, 'electLeaders', cause);
        if (change === undefined) return 'PREFERRED_LEADER_NOT_AVAILABLE';
        changed.push(change);
        return 'NONE';
      }
      const elected = electOffline(replicas, isr, controller.isLive, true);
      if (elected === undefined) return 'ELIGIBLE_LEADERS_NOT_AVAILABLE';
      changed.push(electedEntry(entry, elected, 'electLeaders', host.behaviour.uncleanLeaderRecovers, cause));
      return 'NONE';
    });
    controller.commit(changed, cause, () => {
      done(errors);
      next();
    });
  });
}

const INVALID_CONFIG = { error: 'INVALID_CONFIG', topic: null, partitions: [] } as const;

/** CreateTopics; candidates are the live brokers only. @param done partitions also for TOPIC_ALREADY_EXISTS */
export function createTopic(
  host: ControllerHost,
  controller: ZkController,
  request: TopicRequest,
  cause: EventId,
  done: (error: string, partitions: readonly number[]) => void,
): void {
  controller.add((next) => {
    const configs = creationConfigs(request);
    const { topic, partitions, error } = hasValidValues(host.version, configs)
      ? host.topics.create(host.store.committed, request)
      : INVALID_CONFIG;
    if (topic === null) {
      const known = error === 'TOPIC_ALREADY_EXISTS' ? host.store.committed.topics.get(request.name) : undefined;
      done(error, known?.partitions ?? []);
      next();
      return;
    }
    host.store.committed.apply({ ...NO_RECORDS, configs });
    controller.create(
      topic,
      partitions,
      cause,
      () => {
        done('NONE', topic.partitions);
        next();
      },
      configs,
    );
  });
}

export function createPartitions(
  host: ControllerHost,
  controller: ZkController,
  request: PartitionsRequest,
  cause: EventId,
  done: (error: string) => void,
): void {
  controller.add((next) => {
    const { topic, partitions, error } = host.topics.addPartitions(host.store.committed, request);
    if (topic === null) {
      done(error);
      next();
      return;
    }
    controller.create(topic, partitions, cause, () => {
      done('NONE');
      next();
    });
  });
}

/**
 * AlterPartitionReassignments: the target joins the assignment, and the move ends when all of it is in the ISR.
 *
 * Source: `KafkaController.processPartitionReassignments`, `onPartitionReassignment`, KIP-455.
 */
export function alterReassignments(
  host: ControllerHost,
  controller: ZkController,
  requests: readonly ReassignmentRequest[],
  cause: EventId,
  done: (errors: readonly string[]) => void,
): void {
  controller.add((next) => {
    const changed: PartitionEntry[] = [];
    const errors = requests.map(({ partition, replicas }) => {
      const entry = controller.entry(partition);
      if (entry === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
      return replicas === null ? cancel(controller, entry, changed) : begin(controller, entry, replicas, changed);
    });
    controller.commit(changed, cause, () => {
      done(errors);
      finishReassignments(host, controller, changed, next);
    });
  });
}

function begin(
  controller: ZkController,
  entry: PartitionEntry,
  target: readonly number[],
  changed: PartitionEntry[],
): string {
  const isLegal = target.length > 0 && new Set(target).size === target.length && target.every(controller.isLive);
  if (!isLegal) return 'INVALID_REPLICA_ASSIGNMENT';
  changed.push(written(entry, startReassignment(entry.registration.replicas, target), 'reassignment'));
  return 'NONE';
}

function cancel(controller: ZkController, entry: PartitionEntry, changed: PartitionEntry[]): string {
  const { registration } = entry;
  if (!isReassigning(registration)) return 'NO_REASSIGNMENT_IN_PROGRESS';
  const replicas = without(registration.replicas, registration.adding);
  const isr = without(registration.isr, registration.adding);
  if (isr.length === 0) return 'INVALID_REPLICA_ASSIGNMENT';
  const elected = isr.includes(registration.leader) ? undefined : electReassigned(replicas, isr, controller.isLive);
  const leader = elected?.leader ?? registration.leader;
  changed.push(written(entry, { replicas, isr, leader, adding: [], removing: [] }, 'reassignmentCancelled'));
  return 'NONE';
}

/** Moves whose whole target is in the ISR end: leadership goes to the target, the others leave. */
function finishReassignments(
  host: ControllerHost,
  controller: ZkController,
  touched: readonly PartitionEntry[],
  then: () => void,
): void {
  const changed: PartitionEntry[] = [];
  for (const { partition } of touched) {
    const entry = controller.entry(partition)!;
    const { registration } = entry;
    const end = completeReassignment(registration, registration.isr, host.behaviour);
    if (end === undefined) continue;
    const keeps = end.replicas.includes(registration.leader) && controller.isLive(registration.leader);
    const leader = keeps
      ? registration.leader
      : (electReassigned(end.replicas, end.isr, controller.isLive)?.leader ?? registration.leader);
    changed.push(written(entry, { ...end, leader, adding: [], removing: [] }, 'reassignmentCompleted'));
  }
  // UpdateMetadata tells the brokers that are dropped; they delete their replicas.
  controller.commit(changed, changed[0]?.cause ?? NO_CAUSE, then);
}
