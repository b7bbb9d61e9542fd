import { partitionName } from '../metrics/names.ts';
import type { TraceEvent } from '../model/trace.ts';
import { type EventId, NO_CAUSE } from '../model/trace.ts';
import type { Evidence } from '../result/runResult.ts';
import { numberOf, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { leaf, object, oneOf } from './schemaParts.ts';
import { showDuration } from './units.ts';
import { windowText } from './windowText.ts';

const EVIDENCE_KEPT = 20;

export const timeBelowMargin: ClaimDefinition = {
  name: 'timeBelowMargin',
  description:
    'How long some partition could not have survived `losses` further losses of brokers. Its margin for data is the size of its ISR minus 1: the copies that may still go before the last one that is known to hold all acknowledged records. Its margin for writes is the size of its ISR minus `min.insync.replicas` (as it is in force; at most the number of replicas): the losses after which acks=all is still acknowledged. Without a leader both are 0, and a partition may be below 0. Leader and ISR are what the controller committed: a broker that died counts until it leaves the ISR. The times of several partitions are joined, not added. Default: data, 1 loss, no time at all. Inconclusive when no partition existed in the window.',
  examples: [
    { timeBelowMargin: { topic: 'orders', of: 'writes', losses: 1, atMost: '1m' } },
    { timeBelowMargin: { of: 'data', losses: 1, atMost: '0s' }, during: 'zone-a-down' },
  ],
  schema: object(
    {
      of: oneOf(['data', 'writes'], 'Margin until what is lost. Default: data.', 'writes'),
      losses: leaf('count', 'How many further losses must be survived. Default: 1.', 1),
      topic: leaf('topic', 'Partitions of this topic only. Default: all, internal ones included.', 'orders'),
      cluster: leaf('cluster', 'The cluster, when there are several.', 'eu'),
      atMost: leaf('duration', 'The longest time in all. Default: none.', '1m'),
    },
    'How long fewer further losses would have meant loss of data or of writes.',
    { losses: 1, atMost: '1m' },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new TimeBelowMargin(context),
};

/** One partition below the margin. */
interface Shortage {
  sinceUs: number;
  forUs: number;
  /** Smallest margin that it had, and what brought it. */
  margin: number;
  event: EventId;
  isNow: boolean;
}

class TimeBelowMargin implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #ofWrites: boolean;
  readonly #losses: number;
  readonly #topic: string | null;
  readonly #cluster: string | null;
  readonly #atMostUs: number;
  readonly #shortages = new Map<number, Shortage>();
  readonly #seen = new Set<number>();
  #belowNow = 0;
  #sinceUs = 0;
  #forUs = 0;
  #overAtUs: number | null = null;
  #first: EventId = NO_CAUSE;

  constructor(context: ClaimContext) {
    const { collector, expectation, window } = context;
    const { params } = expectation;
    this.#context = context;
    this.#ofWrites = textOf(params, 'of') === 'writes';
    this.#losses = numberOf(params, 'losses') ?? 1;
    this.#topic = textOf(params, 'topic');
    this.#cluster = textOf(params, 'cluster');
    this.#atMostUs = numberOf(params, 'atMost') ?? 0;
    const what = this.#ofWrites ? 'writes' : 'data';
    const whose = this.#topic === null ? 'every partition' : `every partition of ${this.#topic}`;
    this.expected = `${whose} could lose ${this.#losses} more broker${this.#losses === 1 ? '' : 's'} without loss of ${what}, but for at most ${showDuration(this.#atMostUs)}${windowText(expectation.window)}`;
    collector.listen({ event: (event) => this.#hear(event) });
    window.whenChanged((atUs) => this.#lookAtAll(atUs));
  }

  judge(endUs: number): Finding {
    const { window } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (this.#seen.size === 0) return inconclusive('there was no partition');
    this.#settle(endUs);
    const times = this.#forUs === 0 ? 'at no time' : `for ${showDuration(this.#forUs)}`;
    const observed = `${times}, ${this.#shortages.size} of ${this.#seen.size} partitions`;
    const isTooLong = this.#forUs > this.#atMostUs;
    return {
      status: isTooLong ? 'failed' : 'passed',
      observed,
      atUs: isTooLong ? this.#overAtUs : null,
      evidence: isTooLong ? this.#evidence() : [],
      cause: isTooLong ? this.#first : NO_CAUSE,
    };
  }

  statusSoFar(): 'failed' | null {
    return this.#forUs > this.#atMostUs ? 'failed' : null;
  }

  #hear(event: TraceEvent): void {
    if (!this.#context.window.isOpen) return;
    if (event.type === 'partition.changed') this.#look(event.partition, event.atUs, event.id);
    if (event.type === 'config.altered' && event.change !== undefined) this.#lookAtAll(event.atUs, event.id);
  }

  #lookAtAll(atUs: number, event: EventId = NO_CAUSE): void {
    const { cast, facts } = this.#context.collector;
    for (let partition = 0; partition < cast.partitions.length; partition++)
      if (facts.exists(partition)) this.#look(partition, atUs, event);
  }

  #look(partition: number, atUs: number, event: EventId): void {
    const { window, collector } = this.#context;
    const { topic, cluster } = collector.cast.partitions[partition]!;
    if ((this.#topic ?? topic) !== topic || (this.#cluster ?? cluster) !== cluster) return;
    const margin = this.#marginOf(partition);
    const shortage = this.#shortages.get(partition);
    if (window.isOpen) this.#seen.add(partition);
    const isBelow = window.isOpen && margin < this.#losses;
    if (isBelow && shortage?.isNow !== true) this.#begin(partition, atUs, event);
    if (!isBelow && shortage?.isNow === true) this.#end(shortage, atUs);
    const now = this.#shortages.get(partition);
    if (!isBelow || now === undefined || margin >= now.margin) return;
    now.margin = margin;
    now.event = event === NO_CAUSE ? collector.facts.partitionEvent[partition]! : event;
  }

  #begin(partition: number, atUs: number, event: EventId): void {
    const cause = event === NO_CAUSE ? this.#context.collector.facts.partitionEvent[partition]! : event;
    if (this.#belowNow++ === 0) this.#sinceUs = atUs;
    if (this.#first === NO_CAUSE) this.#first = cause;
    const known = this.#shortages.get(partition);
    if (known === undefined)
      this.#shortages.set(partition, { sinceUs: atUs, forUs: 0, margin: this.#losses, event: cause, isNow: true });
    else {
      known.sinceUs = atUs;
      known.isNow = true;
    }
  }

  #end(shortage: Shortage, atUs: number): void {
    shortage.isNow = false;
    shortage.forUs += atUs - shortage.sinceUs;
    if (--this.#belowNow === 0) this.#add(atUs);
  }

  #settle(endUs: number): void {
    for (const shortage of this.#shortages.values()) if (shortage.isNow) this.#end(shortage, endUs);
  }

  #add(atUs: number): void {
    const leftUs = this.#atMostUs - this.#forUs;
    this.#forUs += atUs - this.#sinceUs;
    if (this.#forUs > this.#atMostUs) this.#overAtUs ??= this.#sinceUs + Math.max(0, leftUs);
  }

  #marginOf(partition: number): number {
    const { cast, facts } = this.#context.collector;
    const leader = facts.leader[partition]!;
    const inSync = facts.isr[partition]!.length;
    if (!this.#ofWrites) return leader < 0 ? 0 : inSync - 1;
    const { cluster, topic } = cast.partitions[partition]!;
    const minIsr = facts.minIsr.effective(cluster, topic, leader, facts.replicas[partition]!.length);
    return leader < 0 ? Math.min(0, inSync - minIsr) : inSync - minIsr;
  }

  #evidence(): Evidence[] {
    const { cast, events } = this.#context.collector;
    const worst = [...this.#shortages].sort(([a, x], [b, y]) => x.margin - y.margin || y.forUs - x.forUs || a - b);
    return worst
      .filter(([, { forUs }]) => forUs > 0)
      .slice(0, EVIDENCE_KEPT)
      .map(([partition, { forUs, margin, event }]) => {
        const { topic, partition: number } = cast.partitions[partition]!;
        const text = `${partitionName(cast, partition)} could lose ${margin > 0 ? margin : 'no'} more for ${showDuration(forUs)}${margin < 0 ? ', and was below its limit already' : ''}`;
        return evidence(text, { topic, partition: number, atUs: events.all()[event]?.atUs ?? null });
      });
  }
}
