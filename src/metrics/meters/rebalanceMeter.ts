import type { TraceEvent } from '../../model/trace.ts';
import { Histogram } from '../histogram.ts';
import type { TraceListener } from '../traceListener.ts';
import { type Aggregation, hasGroups, type Meter, type MeterContext, ofHistogram } from './meter.ts';

abstract class GroupTimeMeter implements Meter, TraceListener {
  readonly histogram = new Histogram();
  protected readonly context: MeterContext;

  constructor(context: MeterContext) {
    this.context = context;
  }

  abstract event(event: TraceEvent): void;

  sampleCount(): number {
    return this.histogram.count;
  }

  value(aggregation: Aggregation, nowUs: number): number | null {
    return ofHistogram(this.histogram, aggregation, this.context.window.openUs(nowUs) / 1_000_000);
  }

  protected take(forUs: number): void {
    if (this.context.window.isOpen) this.histogram.record(forUs, 1);
  }
}

/** `rebalance.duration`: from leaving `Stable` (or `Empty`) until `Stable` again, counted when it ends. */
export class RebalanceDurationMeter extends GroupTimeMeter {
  readonly #sinceUs = new Map<number, number>();

  event(event: TraceEvent): void {
    if (event.type !== 'group.state' || !this.context.scope.group(event.group)) return;
    const sinceUs = this.#sinceUs.get(event.group);
    if (event.to === 'Stable' || event.to === 'Empty' || event.to === 'Dead') {
      if (event.to === 'Stable' && sinceUs !== undefined) this.take(event.atUs - sinceUs);
      this.#sinceUs.delete(event.group);
    } else if (sinceUs === undefined) this.#sinceUs.set(event.group, event.atUs);
  }
}

/** `rebalance.stoppedTime`: how long a partition had no member, from being given up until being taken; one sample each. */
export class StoppedTimeMeter extends GroupTimeMeter {
  readonly #sinceUs = new Map<string, number>();

  event(event: TraceEvent): void {
    if (event.type === 'client.stopped') this.#stopped(event.client, event.atUs);
    if (event.type !== 'member.assignment' || !this.context.scope.group(event.group)) return;
    for (const partition of event.added) {
      const key = `${event.group}/${partition}`;
      const sinceUs = this.#sinceUs.get(key);
      if (sinceUs !== undefined) this.take(event.atUs - sinceUs);
      this.#sinceUs.delete(key);
      this.#heldBy(event.client).add(key);
    }
    for (const partition of event.removed) this.#release(event.client, `${event.group}/${partition}`, event.atUs);
  }

  readonly #held = new Map<number, Set<string>>();

  #heldBy(client: number): Set<string> {
    let held = this.#held.get(client);
    if (held === undefined) {
      held = new Set();
      this.#held.set(client, held);
    }
    return held;
  }

  #stopped(client: number, atUs: number): void {
    for (const key of [...this.#heldBy(client)]) this.#release(client, key, atUs);
  }

  #release(client: number, key: string, atUs: number): void {
    if (this.#heldBy(client).delete(key)) this.#sinceUs.set(key, atUs);
  }
}

/** `assignment.membersGivingUp`: members that had to give up partitions and did not stop themselves. */
export class MembersGivingUpMeter implements Meter, TraceListener {
  readonly #context: MeterContext;
  readonly #gaveUp = new Set<number>();
  readonly #stopped = new Set<number>();

  constructor(context: MeterContext) {
    this.#context = context;
  }

  event(event: TraceEvent): void {
    if (!this.#context.window.isOpen) return;
    if (event.type === 'client.stopped') this.#stopped.add(event.client);
    if (event.type !== 'member.assignment' || event.removed.length === 0) return;
    if (this.#context.scope.group(event.group) && this.#context.scope.client(event.client))
      this.#gaveUp.add(event.client);
  }

  sampleCount(): number {
    return this.#context.window.whyNever() === null && hasGroups(this.#context) ? 1 : 0;
  }

  value(aggregation: Aggregation): number | null {
    return aggregation === 'total' ? [...this.#gaveUp].filter((client) => !this.#stopped.has(client)).length : null;
  }
}
