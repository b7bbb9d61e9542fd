import type { OperationVerb, ReassignmentPlan } from '../../scenario/scenario.ts';
import { assignReplicasToBrokers } from '../algorithms/adminUtilsAssignment.ts';
import type { World } from '../world.ts';
import { movePartitions } from './movePartitions.ts';
import type { OperationLog } from './operationRunner.ts';
import { imageOf, isMoving, type PartitionMove, partitionName, partitionsOf } from './partitionMove.ts';
import { clearThrottles } from './throttles.ts';

type Reassign = Extract<OperationVerb, { verb: 'reassign' }>;
type Generated = Extract<ReassignmentPlan, { kind: 'generated' }>;

/** kafka-reassign-partitions: exactly as told, as --generate proposes, or --cancel. */
export function reassign(world: World, action: Reassign, log: OperationLog): void {
  const { plan } = action;
  if (plan.kind === 'cancel') {
    cancel(world, action.cluster, plan.topics, log);
    return;
  }
  const moves =
    plan.kind === 'explicit' ? explicit(world, action.cluster, plan) : generate(world, action.cluster, plan);
  if (typeof moves === 'string') log.end(moves);
  else if (moves.length === 0) log.end('UNKNOWN_TOPIC_OR_PARTITION');
  else movePartitions(world, moves, action, log, (error) => log.end(error === 'NONE' ? null : error));
}

function explicit(
  world: World,
  cluster: string,
  plan: Extract<ReassignmentPlan, { kind: 'explicit' }>,
): PartitionMove[] | string {
  const indexes = partitionsOf(world, cluster, (topic) => topic === plan.topic);
  const moves: PartitionMove[] = [];
  for (const { partition, replicas } of plan.moves) {
    const index = indexes.find((one) => world.ctx.cast.partitions[one]!.partition === partition);
    if (index === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
    moves.push({ partition: index, target: replicas.map((id) => world.brokerIndex(cluster, id)) });
  }
  return moves;
}

/**
 * Deals each topic anew over live brokers, as the tool does: from a random start, without a look at where replicas lie.
 * Source: `ReassignPartitionsCommand.calculateAssignment`, which takes the replication factor of a topic's first partition.
 */
function generate(world: World, cluster: string, plan: Generated): PartitionMove[] | string {
  const { layout, controller } = world.cluster(cluster);
  const wanted = plan.brokers?.map((id) => world.brokerIndex(cluster, id)) ?? layout.brokers;
  const brokers = controller
    .registeredBrokers()
    .filter((broker) => wanted.includes(broker) && controller.brokerState(broker) === 'RUNNING')
    .map((id) => ({ id, rack: plan.isRackAware ? world.ctx.cast.brokers[id]!.rack : null }));
  const random = world.ctx.kernel.random.stream(`reassign/${cluster}`);
  const moves: PartitionMove[] = [];
  for (const topic of plan.topics ?? userTopics(world, cluster)) {
    const partitions = partitionsOf(world, cluster, (name) => name === topic);
    const replicationFactor = plan.replicationFactor ?? imageOf(world, cluster, partitions[0]!).replicas.length;
    const assignment = assignReplicasToBrokers(brokers, partitions.length, replicationFactor, (bound) =>
      random.uniformInt(0, bound),
    );
    if (!assignment.ok)
      return assignment.reason === 'tooFewBrokers'
        ? 'INVALID_REPLICATION_FACTOR'
        : 'not all brokers have rack information: rackAware: false is --disable-rack-aware';
    for (const [i, partition] of partitions.entries()) moves.push({ partition, target: assignment.replicas[i]! });
  }
  return moves;
}

function userTopics(world: World, cluster: string): string[] {
  const partitions = partitionsOf(world, cluster, (_topic, internal) => !internal);
  return [...new Set(partitions.map((partition) => world.ctx.cast.partitions[partition]!.topic))];
}

/** --cancel: everything that moves goes back, and throttles go. */
function cancel(world: World, cluster: string, topics: readonly string[] | null, log: OperationLog): void {
  const moving = partitionsOf(world, cluster, (topic) => topics === null || topics.includes(topic)).filter(
    (partition) => isMoving(imageOf(world, cluster, partition)),
  );
  if (moving.length === 0) {
    log.end('NO_REASSIGNMENT_IN_PROGRESS');
    return;
  }
  log.step(`${moving.length} ${moving.length === 1 ? 'partition goes' : 'partitions go'} back`);
  world.cluster(cluster).controller.alterReassignments(
    moving.map((partition) => ({ partition, replicas: null })),
    (errors) => {
      for (const [i, error] of errors.entries())
        if (error !== 'NONE') log.step(`${partitionName(world, moving[i]!)}: ${error}`);
      const touched = [...new Set(moving.map((partition) => world.ctx.cast.partitions[partition]!.topic))];
      clearThrottles(world, cluster, touched, log, () => log.end(errors.find((error) => error !== 'NONE') ?? null));
    },
    log.cause,
  );
}
