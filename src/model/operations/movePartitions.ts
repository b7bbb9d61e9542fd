import type { PartitionImage } from '../metadata.ts';
import type { World } from '../world.ts';
import { MoveProgress } from './moveProgress.ts';
import type { OperationLog } from './operationRunner.ts';
import {
  imageOf,
  isMoving,
  logBytes,
  newReplicas,
  type PartitionMove,
  partitionName,
  partitionsOf,
} from './partitionMove.ts';
import { clearThrottles, setThrottles } from './throttles.ts';
import { whenTrue } from './waiting.ts';

export interface MoveOptions {
  readonly cluster: string;
  readonly throttleBytesPerSec: number | null;
  readonly keepsThrottle: boolean;
  readonly waits: boolean;
}

/**
 * kafka-reassign-partitions --execute, then --verify each second until nothing moves any more.
 *
 * Throttles come first, and go once no partition of the cluster moves. A move that runs already is replaced (--additional).
 * Source: `ReassignPartitionsCommand`.
 *
 * @param done NONE, the first error, or that somebody else ended the move
 */
export function movePartitions(
  world: World,
  moves: readonly PartitionMove[],
  options: MoveOptions,
  log: OperationLog,
  done: (error: string) => void,
): void {
  const { cluster, throttleBytesPerSec } = options;
  const progress = new MoveProgress(world, cluster, moves);
  log.step(announcement(world, moves, options));
  const execute = (): void => {
    const requests = moves.map(({ partition, target }) => ({ partition, replicas: target }));
    world.cluster(cluster).controller.alterReassignments(
      requests,
      (errors) => {
        for (const [i, error] of errors.entries())
          if (error !== 'NONE') log.step(`${partitionName(world, moves[i]!.partition)}: ${error}`);
        const accepted = moves.filter((_, i) => errors[i] === 'NONE');
        const failure = errors.find((error) => error !== 'NONE') ?? 'NONE';
        if (accepted.length === 0 || !options.waits) done(failure);
        else awaitMoves(world, accepted, options, progress, log, (error) => done(failure === 'NONE' ? error : failure));
      },
      log.cause,
    );
  };
  if (throttleBytesPerSec === null) execute();
  else
    setThrottles(world, cluster, moves, throttleBytesPerSec, log, (error) => {
      if (error === 'NONE') execute();
      else done(error);
    });
}

function awaitMoves(
  world: World,
  moves: readonly PartitionMove[],
  options: MoveOptions,
  progress: MoveProgress,
  log: OperationLog,
  done: (error: string) => void,
): void {
  const { cluster } = options;
  let told = 0;
  const isOver = (): boolean => {
    const over = moves.filter(({ partition }) => !isMoving(imageOf(world, cluster, partition))).length;
    if (over > told && over < moves.length) log.step(`${over} of ${moves.length} partitions have moved`);
    told = over;
    const percent = over === moves.length ? null : progress.look();
    if (percent !== null) log.step(`${percent} % is copied`);
    return over === moves.length;
  };
  whenTrue(world, isOver, () => {
    const other = moves.find(({ partition, target }) => !isAt(imageOf(world, cluster, partition), target));
    if (other !== undefined)
      log.step(`${partitionName(world, other.partition)} is not where it was to go: somebody else moved it`);
    const result = other === undefined ? 'NONE' : 'the reassignment was cancelled or replaced';
    if (options.throttleBytesPerSec === null || options.keepsThrottle) done(result);
    else verify(world, moves, cluster, log, () => done(result));
  });
}

/** Throttles go only when no partition of the cluster moves any more. */
function verify(
  world: World,
  moves: readonly PartitionMove[],
  cluster: string,
  log: OperationLog,
  done: () => void,
): void {
  if (partitionsOf(world, cluster, () => true).some((partition) => isMoving(imageOf(world, cluster, partition)))) {
    log.step('throttles stay: other partitions still move');
    done();
    return;
  }
  const topics = [...new Set(moves.map(({ partition }) => world.ctx.cast.partitions[partition]!.topic))];
  clearThrottles(world, cluster, topics, log, (error) => {
    log.step(error === 'NONE' ? 'throttles are taken away' : `throttles stay: ${error}`);
    done();
  });
}

function isAt({ replicas }: PartitionImage, target: readonly number[]): boolean {
  return replicas.length === target.length && target.every((broker, i) => broker === replicas[i]);
}

/** How much must be copied, and how long that takes at least where a throttle says how fast. */
function announcement(
  world: World,
  moves: readonly PartitionMove[],
  { cluster, throttleBytesPerSec }: MoveOptions,
): string {
  const into = new Map<number, number>();
  const outOf = new Map<number, number>();
  let bytes = 0;
  let replicas = 0;
  for (const { partition, target } of moves) {
    const image = imageOf(world, cluster, partition);
    const size = logBytes(world, image);
    const added = newReplicas(image, target);
    for (const broker of added) into.set(broker, (into.get(broker) ?? 0) + size);
    outOf.set(image.leader, (outOf.get(image.leader) ?? 0) + size * added.length);
    bytes += size * added.length;
    replicas += added.length;
  }
  const what = `${moves.length} ${moves.length === 1 ? 'partition' : 'partitions'}, ${replicas} new ${replicas === 1 ? 'replica' : 'replicas'}, ${megabytes(bytes)} to copy`;
  if (throttleBytesPerSec === null || bytes === 0) return what;
  const busiest = Math.max(...into.values(), ...outOf.values());
  return `${what}; at ${megabytes(throttleBytesPerSec)}/s a broker not before ${Math.floor(busiest / throttleBytesPerSec)} s`;
}

function megabytes(bytes: number): string {
  if (bytes > 0 && bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${Math.round(bytes / 100_000) / 10} MB`;
}
