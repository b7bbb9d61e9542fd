import type { World } from '../world.ts';
import { imageOf, logBytes, newReplicas, type PartitionMove } from './partitionMove.ts';

/** Told when so much has been copied. */
const MARKS = [0.25, 0.5, 0.75];

/** How far the copying of new replicas has come, as somebody sees it who looks now and then. */
export class MoveProgress {
  readonly #world: World;
  readonly #cluster: string;
  readonly #copies: readonly { readonly partition: number; readonly broker: number }[];
  #passed = 0;

  /** To be made before the moves begin. */
  constructor(world: World, cluster: string, moves: readonly PartitionMove[]) {
    this.#world = world;
    this.#cluster = cluster;
    this.#copies = moves.flatMap(({ partition, target }) =>
      newReplicas(imageOf(world, cluster, partition), target).map((broker) => ({ partition, broker })),
    );
  }

  /** The highest mark that was passed since the last look, in per cent; null: none. */
  look(): number | null {
    let wanted = 0;
    let copied = 0;
    for (const { partition, broker } of this.#copies) {
      const image = imageOf(this.#world, this.#cluster, partition);
      const size = logBytes(this.#world, image);
      wanted += size;
      const isThere = !image.adding.includes(broker);
      const log = this.#world.replicas.get(broker, partition)?.log;
      if (isThere) copied += size;
      else if (log !== undefined) copied += log.bytesBetween(log.logStartOffset, log.logEndOffset);
    }
    const share = wanted === 0 ? 0 : copied / wanted;
    const passed = MARKS.filter((mark) => share >= mark).length;
    if (passed <= this.#passed || share >= 1) return null;
    this.#passed = passed;
    return 100 * MARKS[passed - 1]!;
  }
}
