import { partitionName } from '../names.ts';
import type { TraceListener } from '../traceListener.ts';
import { HistogramMeter } from './histogramMeter.ts';

/**
 * The longest times without progress, per partition: between two consecutive acknowledgements (`produce.gap`) or
 * deliveries to a group (`consume.gap`), counted in the window in which the later one lies. A gap that is still
 * open at the end counts as far as it has come, but only when something was waiting. Before its first
 * acknowledgement a partition has no gap, unless it never gets one.
 */
abstract class GapMeter extends HistogramMeter {
  /** By partition (and group, when consuming); -1 before the first progress. */
  readonly #lastUs: number[] = [];

  protected lastUs(row: number): number {
    return this.#lastUs[row] ?? -1;
  }

  protected progress(row: number, partition: number, atUs: number): void {
    const lastUs = this.lastUs(row);
    this.#lastUs[row] = atUs;
    if (lastUs >= 0 && atUs > lastUs && this.context.window.isOpen) this.take(partition, lastUs, atUs);
  }

  protected take(partition: number, fromUs: number, toUs: number): void {
    const gapUs = toUs - fromUs;
    this.histogram.record(gapUs, 1);
    if (gapUs <= this.largest) return;
    this.keepLargest(
      gapUs,
      toUs,
      `${partitionName(this.context.collector.cast, partition)} had stood still until here`,
    );
  }
}

export class ProduceGapMeter extends GapMeter implements TraceListener {
  /** First and latest time that the application sent something to the partition. */
  readonly #firstOfferedUs: number[] = [];
  readonly #lastOfferedUs: number[] = [];

  offered(lane: number, _first: number, _count: number, _bytes: number, fromUs: number, toUs: number): void {
    if (!this.context.scope.lane(lane)) return;
    const { partition } = this.context.collector.cast.lanes[lane]!;
    this.#firstOfferedUs[partition] ??= fromUs;
    this.#lastOfferedUs[partition] = toUs;
  }

  acknowledged(
    lane: number,
    _first: number,
    _count: number,
    _baseOffset: number,
    _createdFromUs: number,
    _createdToUs: number,
    atUs: number,
  ): void {
    if (!this.context.scope.lane(lane)) return;
    const { partition } = this.context.collector.cast.lanes[lane]!;
    this.progress(partition, partition, atUs);
  }

  end(atUs: number): void {
    for (const [partition, lastOfferedUs] of this.#lastOfferedUs.entries()) {
      if (lastOfferedUs === undefined || !this.context.window.contains(atUs - 1)) continue;
      const lastUs = this.lastUs(partition);
      if (lastUs < 0) this.take(partition, this.#firstOfferedUs[partition]!, atUs);
      else if (lastOfferedUs > lastUs) this.take(partition, lastUs, atUs);
    }
  }
}

export class ConsumeGapMeter extends GapMeter implements TraceListener {
  delivered(
    group: number,
    client: number,
    partition: number,
    _offset: number,
    _count: number,
    _lane: number,
    _first: number,
    _createdFromUs: number,
    _createdToUs: number,
    atUs: number,
  ): void {
    const { scope, collector } = this.context;
    if (!scope.group(group) || !scope.partition(partition) || !scope.client(client)) return;
    this.progress(partition * collector.cast.groups.length + group, partition, atUs);
  }

  end(atUs: number): void {
    const { collector, scope, window } = this.context;
    if (!window.contains(atUs - 1)) return;
    for (const group of collector.cast.groups.keys()) {
      if (!scope.group(group)) continue;
      for (const partition of collector.facts.partitionsOfGroup(group)) this.#endOf(group, partition, atUs);
    }
  }

  /** Waiting means: records lie between the group's last delivery and the high watermark. */
  #endOf(group: number, partition: number, atUs: number): void {
    const { collector, scope } = this.context;
    if (!scope.partition(partition) || collector.facts.lags.lagOn(group, partition) === 0) return;
    const lastUs = this.lastUs(partition * collector.cast.groups.length + group);
    if (lastUs >= 0) this.take(partition, lastUs, atUs);
  }
}
