import type { LedgerEntry } from '../../result/runResult.ts';
import type { TraceListener } from '../traceListener.ts';
import { CountMeter } from './countMeter.ts';
import { type Aggregation, hasPartitions, hasRecords, type Meter, type MeterContext } from './meter.ts';

/** `records.offered`: by the time at which the application sent them. */
export class OfferedMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasRecords(this.context);
  }

  #inside = 0;
  readonly #ramps: { fromUs: number; toUs: number; count: number }[] = [];

  offered(lane: number, _first: number, count: number, _bytes: number, fromUs: number, toUs: number): void {
    if (!this.context.scope.lane(lane)) return;
    // Ramps may reach past now, where the window is not yet known.
    this.#settle(fromUs);
    this.#ramps.push({ fromUs, toUs, count });
  }

  end(): void {
    this.#settle(Infinity);
  }

  override value(aggregation: Aggregation, nowUs: number): number | null {
    const waiting = this.#ramps.reduce((sum, ramp) => sum + this.#count(ramp), 0);
    const total = this.#inside + waiting;
    if (aggregation === 'total') return total;
    const seconds = this.context.window.openUs(nowUs) / 1_000_000;
    return aggregation === 'rate' && seconds > 0 ? total / seconds : null;
  }

  #settle(nowUs: number): void {
    while (this.#ramps.length > 0 && this.#ramps[0]!.toUs < nowUs) this.#inside += this.#count(this.#ramps.shift()!);
  }

  #count({ fromUs, toUs, count }: { fromUs: number; toUs: number; count: number }): number {
    return this.context.window.countWithin(fromUs, toUs, count);
  }
}

/** `records.acknowledged`: by the time at which the application learned it. */
export class AcknowledgedMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasRecords(this.context);
  }

  acknowledged(lane: number, _first: number, count: number): void {
    if (this.context.scope.lane(lane)) this.count(count);
  }
}

/** `records.refused`, `records.unknown` or both: by the time at which the application learned it. */
export class FailedMeter extends CountMeter implements TraceListener {
  readonly #which: 'refused' | 'unknown' | 'both';

  constructor(context: MeterContext, which: 'refused' | 'unknown' | 'both') {
    super(context);
    this.#which = which;
  }

  protected override hasSubject(): boolean {
    return hasRecords(this.context);
  }

  failed(lane: number, _first: number, count: number, _error: string, unknown: boolean): void {
    const wanted = this.#which === 'both' || (this.#which === 'unknown') === unknown;
    if (wanted && this.context.scope.lane(lane)) this.count(count);
  }
}

export class NeverSentMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasRecords(this.context);
  }

  neverSent(lane: number, _first: number, count: number, _atUs: number): void {
    if (this.context.scope.lane(lane)) this.count(count);
  }
}

/** `records.delivered`: every delivery, second ones included. */
export class DeliveredMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return this.context.collector.ledger.lanes.length > 0 && hasPartitions(this.context);
  }

  delivered(group: number, client: number, partition: number, _offset: number, count: number): void {
    const { scope } = this.context;
    if (scope.group(group) && scope.client(client) && scope.partition(partition)) this.count(count);
  }
}

/** `records.failedShare`: refused and unknown ones as a share of those offered, 0..1. */
export class FailedShareMeter implements Meter {
  readonly #offered: OfferedMeter;
  readonly #failed: FailedMeter;

  constructor(context: MeterContext) {
    this.#offered = new OfferedMeter(context);
    this.#failed = new FailedMeter(context, 'both');
    context.collector.listen(this.#offered);
    context.collector.listen(this.#failed);
  }

  sampleCount(): number {
    return this.#offered.value('total', 0)!;
  }

  value(aggregation: Aggregation, nowUs: number): number | null {
    const offered = this.#offered.value('total', nowUs)!;
    if (offered === 0 || (aggregation !== 'total' && aggregation !== 'mean')) return null;
    return this.#failed.value('total', nowUs)! / offered;
  }
}

/** What only the ledger knows, at the end and of the whole run, warm-up included. */
export class LedgerMeter implements Meter {
  readonly #context: MeterContext;
  readonly #field: Exclude<keyof LedgerEntry, 'of'>;

  constructor(context: MeterContext, field: Exclude<keyof LedgerEntry, 'of'>) {
    this.#context = context;
    this.#field = field;
  }

  sampleCount(): number {
    return this.#context.scope.kind === 'group' || hasRecords(this.#context) ? 1 : 0;
  }

  whyNone(): string {
    return 'no record was offered';
  }

  value(aggregation: Aggregation): number | null {
    if (aggregation !== 'total') return null;
    const { collector, scope } = this.#context;
    const { cast, ledger } = collector;
    const group = scope.kind === 'group' ? cast.groups.findIndex((_, index) => scope.group(index)) : null;
    const lanes = [...cast.lanes.keys()].filter((lane) =>
      group === null
        ? scope.lane(lane)
        : collector.facts.lags.groupsReading(cast.lanes[lane]!.partition).includes(group),
    );
    const isRead = (lane: number) => collector.facts.lags.groupsReading(cast.lanes[lane]!.partition).length > 0;
    return ledger.entry(scope.text, lanes, group, isRead)[this.#field] ?? 0;
  }
}
