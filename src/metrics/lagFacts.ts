import type { Cast } from '../model/trace.ts';

/** Offsets of one group, indexed by partition; -1: the group has no offset there. */
class GroupOffsets {
  readonly offsets: number[] = [];
  /** Sum of (high watermark - offset), each at least 0. */
  lag = 0;
  /** Partitions with an offset. */
  known = 0;
}

/**
 * How far each group is behind the high watermarks of the topics it reads: `position` by what went through the
 * application, `committed` by committed offsets (what `kafka-consumer-groups.sh` prints).
 *
 * A partition counts from the group's first offset there on; under `auto.offset.reset=earliest` that is 0 from
 * the start, so records that nobody has begun to read count as well.
 */
export class LagFacts {
  readonly #highWatermarks: readonly number[];
  readonly #groupsOf: number[][] = [];
  readonly #position: GroupOffsets[] = [];
  readonly #committed: GroupOffsets[] = [];
  readonly #cast: Cast;

  constructor(cast: Cast, highWatermarks: readonly number[]) {
    this.#cast = cast;
    this.#highWatermarks = highWatermarks;
    for (const _ of cast.groups) {
      this.#position.push(new GroupOffsets());
      this.#committed.push(new GroupOffsets());
    }
  }

  addPartition(partition: number): void {
    const { cluster, topic } = this.#cast.partitions[partition]!;
    const groups: number[] = [];
    for (const [index, group] of this.#cast.groups.entries()) {
      if (group.cluster !== cluster || !group.topics.includes(topic)) continue;
      groups.push(index);
      if (readsFromStart(this.#cast, index)) {
        this.#move(this.#position[index]!, partition, 0);
        this.#move(this.#committed[index]!, partition, 0);
      }
    }
    this.#groupsOf[partition] = groups;
  }

  groupsReading(partition: number): readonly number[] {
    return this.#groupsOf[partition] ?? [];
  }

  highWatermarkMoved(partition: number, from: number, to: number): void {
    const groups = this.#groupsOf[partition]!;
    for (let i = 0; i < groups.length; i++) {
      shift(this.#position[groups[i]!]!, partition, from, to);
      shift(this.#committed[groups[i]!]!, partition, from, to);
    }
  }

  positionMoved(group: number, partition: number, offset: number): void {
    this.#move(this.#position[group]!, partition, offset);
  }

  committedMoved(group: number, partition: number, offset: number): void {
    this.#move(this.#committed[group]!, partition, offset);
  }

  /** Records; null while the group has no offset on any partition. */
  lag(group: number, by: 'position' | 'committed'): number | null {
    const offsets = (by === 'position' ? this.#position : this.#committed)[group];
    return offsets === undefined || offsets.known === 0 ? null : offsets.lag;
  }

  /** Records on one partition that did not go through the group's application yet; 0 while it has no position. */
  lagOn(group: number, partition: number): number {
    const offset = this.#position[group]?.offsets[partition] ?? -1;
    return offset < 0 ? 0 : Math.max(0, (this.#highWatermarks[partition] ?? 0) - offset);
  }

  #move(offsets: GroupOffsets, partition: number, to: number): void {
    const highWatermark = this.#highWatermarks[partition] ?? 0;
    const from = offsets.offsets[partition] ?? -1;
    if (from >= 0) offsets.lag -= Math.max(0, highWatermark - from);
    else offsets.known++;
    offsets.lag += Math.max(0, highWatermark - to);
    offsets.offsets[partition] = to;
  }
}

function shift(offsets: GroupOffsets, partition: number, from: number, to: number): void {
  const offset = offsets.offsets[partition] ?? -1;
  if (offset >= 0) offsets.lag += Math.max(0, to - offset) - Math.max(0, from - offset);
}

function readsFromStart(cast: Cast, group: number): boolean {
  const { name } = cast.groups[group]!;
  const configs = cast.scenario.consumers.find((consumer) => consumer.name === name)?.configs;
  return configs?.get('auto.offset.reset')?.value === 'earliest';
}
