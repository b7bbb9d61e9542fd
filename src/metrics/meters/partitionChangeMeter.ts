import type { TraceEvent } from '../../model/trace.ts';
import type { TraceListener } from '../traceListener.ts';
import { CountMeter } from './countMeter.ts';
import { hasPartitions, type MeterContext } from './meter.ts';

export type PartitionChange = Extract<TraceEvent, { type: 'partition.changed' }>;
export type PartitionRule = (before: PartitionChange, after: PartitionChange) => boolean;

/** Counts committed changes of partitions, each compared with the one before; the creation is no change. */
export class PartitionChangeMeter extends CountMeter implements TraceListener {
  readonly #rule: PartitionRule;
  readonly #before: PartitionChange[] = [];

  constructor(context: MeterContext, rule: PartitionRule) {
    super(context);
    this.#rule = rule;
  }

  protected override hasSubject(): boolean {
    return hasPartitions(this.context);
  }

  event(event: TraceEvent): void {
    if (event.type !== 'partition.changed') return;
    const before = this.#before[event.partition];
    this.#before[event.partition] = event;
    const { scope } = this.context;
    if (before === undefined || !scope.partition(event.partition)) return;
    // What a broker counts is what it does as leader.
    if (scope.kind === 'broker' && !scope.broker(event.leader)) return;
    if (this.#rule(before, event)) this.countEvent(event);
  }
}

/** A broker other than the last leader (or the same after an offline time) was elected. */
export function isElection(before: PartitionChange, after: PartitionChange): boolean {
  return after.leader >= 0 && after.leader !== before.leader;
}

export function changesLeaderOrIsr(before: PartitionChange, after: PartitionChange): boolean {
  return after.leader !== before.leader || !sameMembers(before.isr, after.isr);
}

function sameMembers(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((broker) => right.includes(broker));
}
