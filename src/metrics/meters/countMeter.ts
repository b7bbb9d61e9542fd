import type { TraceEvent } from '../../model/trace.ts';
import type { TraceListener } from '../traceListener.ts';
import {
  type Aggregation,
  type Extreme,
  hasGroups,
  hasPartitions,
  hasRecords,
  type Meter,
  type MeterContext,
} from './meter.ts';

/**
 * Counts something; `total`, or `rate` per second of the window. A count of 0 means something once the window was
 * open and there was something that could have been counted.
 */
export abstract class CountMeter implements Meter {
  protected readonly context: MeterContext;
  #total = 0;
  #first: TraceEvent | null = null;

  constructor(context: MeterContext) {
    this.context = context;
  }

  /** The first event that counted, where events are what is counted. */
  extreme(): Extreme | null {
    const first = this.#first;
    return first === null ? null : { atUs: first.atUs, sinceUs: first.atUs, text: 'the first', event: first.id };
  }

  sampleCount(): number {
    return this.context.window.whyNever() === null && this.hasSubject() ? 1 : 0;
  }

  whyNone(): string {
    return this.context.window.whyNever() ?? `${this.context.scope.text} took no part in the run`;
  }

  /** Whether anything in scope took part in the run. */
  protected abstract hasSubject(): boolean;

  value(aggregation: Aggregation, nowUs: number): number | null {
    if (aggregation === 'total') return this.#total;
    const seconds = this.context.window.openUs(nowUs) / 1_000_000;
    return aggregation === 'rate' && seconds > 0 ? this.#total / seconds : null;
  }

  protected count(amount: number): void {
    if (this.context.window.isOpen) this.#total += amount;
  }

  protected countEvent(event: TraceEvent): void {
    if (this.context.window.isOpen) this.#first ??= event;
    this.count(1);
  }
}

/** Control-plane facts about groups that a rule picks out. */
export class GroupEventCountMeter extends CountMeter implements TraceListener {
  readonly #counts: (event: TraceEvent, context: MeterContext) => boolean;

  constructor(context: MeterContext, counts: (event: TraceEvent, context: MeterContext) => boolean) {
    super(context);
    this.#counts = counts;
  }

  protected override hasSubject(): boolean {
    return hasGroups(this.context);
  }

  event(event: TraceEvent): void {
    if (this.context.window.isOpen && this.#counts(event, this.context)) this.countEvent(event);
  }
}

/** `errors.<NAME>`: how often a client or follower received that error code. */
export class ErrorCountMeter extends CountMeter implements TraceListener {
  readonly #error: string;

  constructor(context: MeterContext, error: string) {
    super(context);
    this.#error = error;
  }

  protected override hasSubject(): boolean {
    return hasRecords(this.context) || hasPartitions(this.context);
  }

  errorSeen(client: number, partition: number, error: string, _atUs: number): void {
    if (error !== this.#error || !this.#matches(client, partition)) return;
    this.count(1);
  }

  /** A follower's error has no client, and a request about no partition has no partition. */
  #matches(client: number, partition: number): boolean {
    const { scope } = this.context;
    const isClient = scope.kind === 'client' || scope.kind === 'group' || scope.kind === 'instance';
    const isPlace = scope.kind === 'topic' || scope.kind === 'partition';
    if (isClient) return client >= 0 && scope.client(client);
    return !isPlace || (partition >= 0 && scope.partition(partition));
  }
}

/** `retries`: batches that were sent again. */
export class RetryMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasRecords(this.context);
  }

  retried(lane: number, _count: number, _error: string, _atUs: number): void {
    if (this.context.scope.lane(lane)) this.count(1);
  }
}

/** Sequence numbers told the broker that a batch was already there. */
export class DuplicateRefusedMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasRecords(this.context);
  }

  duplicateRefused(_partition: number, lane: number, _first: number, count: number, _atUs: number): void {
    if (this.context.scope.lane(lane)) this.count(count);
  }
}
