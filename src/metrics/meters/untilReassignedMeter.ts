import type { TraceEvent } from '../../model/trace.ts';
import { partitionName } from '../names.ts';
import type { MeterContext } from './meter.ts';
import { TimeUntilMeter } from './timeUntilMeter.ts';

/**
 * `time.untilReassigned`: until the reassignment of a partition ended, whether it arrived or was taken back. What moves
 * already at the reference instant counts from there.
 */
export class UntilReassignedMeter extends TimeUntilMeter {
  readonly #moving = new Set<number>();

  constructor(context: MeterContext) {
    super(context);
    context.collector.listen({ event: (event) => this.#hear(event) });
  }

  protected begin(): void {
    const { facts, cast } = this.context.collector;
    this.#moving.clear();
    for (const partition of cast.partitions.keys()) {
      const isMoving = (facts.adding[partition]?.length ?? 0) + (facts.removing[partition]?.length ?? 0) > 0;
      if (isMoving && this.context.scope.partition(partition)) this.#moving.add(partition);
    }
  }

  protected isWaiting(): boolean {
    return this.#moving.size > 0;
  }

  #hear(event: TraceEvent): void {
    if (event.type !== 'partition.changed' || this.sinceUs < 0) return;
    if (!this.context.scope.partition(event.partition)) return;
    if ((event.adding?.length ?? 0) + (event.removing?.length ?? 0) > 0) this.#moving.add(event.partition);
    else if (this.#moving.delete(event.partition)) {
      const name = partitionName(this.context.collector.cast, event.partition);
      this.take(event.atUs, `the reassignment of ${name} ended`);
    }
  }
}
