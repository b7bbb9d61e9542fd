import type { TraceEvent } from '../../model/trace.ts';
import { Histogram } from '../histogram.ts';
import { brokerName, partitionName } from '../names.ts';
import { ReferenceInstants } from '../referenceInstants.ts';
import { type Aggregation, type Extreme, type Meter, type MeterContext, ofHistogram } from './meter.ts';

/**
 * Time from each start (or end) of a failure or operation until something happened, for each thing in scope.
 * What had not happened when the run ended is `unfinished`: known to take at least that long.
 */
export abstract class TimeUntilMeter implements Meter {
  readonly histogram = new Histogram();
  protected readonly context: MeterContext;
  protected readonly reference: ReferenceInstants;
  protected sinceUs = -1;
  #largest = -1;
  #largestAtUs = 0;
  #largestText = '';

  constructor(context: MeterContext) {
    this.context = context;
    this.reference = new ReferenceInstants(context.after, context.collector, (atUs) => {
      this.sinceUs = atUs;
      this.begin();
    });
  }

  /** A reference instant came; what an earlier one still waited for is given up. */
  protected abstract begin(): void;
  protected abstract isWaiting(): boolean;

  sampleCount(): number {
    return this.histogram.count;
  }

  value(aggregation: Aggregation): number | null {
    return aggregation === 'rate' ? null : ofHistogram(this.histogram, aggregation, 0);
  }

  whyNone(): string | null {
    return this.reference.whyNever();
  }

  unfinished(nowUs: number): number | null {
    return this.sinceUs >= 0 && this.isWaiting() ? nowUs - this.sinceUs : null;
  }

  extreme(): Extreme | null {
    return this.#largest < 0
      ? null
      : { atUs: this.#largestAtUs, sinceUs: this.#largestAtUs - this.#largest, text: this.#largestText };
  }

  protected take(atUs: number, text: string): void {
    const forUs = atUs - this.sinceUs;
    this.histogram.record(forUs, 1);
    if (forUs <= this.#largest) return;
    this.#largest = forUs;
    this.#largestAtUs = atUs;
    this.#largestText = text;
  }
}

/** `time.untilLeader`: until a partition has a leader other than the one it had at the reference instant. */
export class UntilLeaderMeter extends TimeUntilMeter {
  /** Old leader of partitions that wait. */
  readonly #waiting = new Map<number, number>();

  constructor(context: MeterContext) {
    super(context);
    context.collector.listen({ event: (event) => this.#hear(event) });
  }

  protected begin(): void {
    const { facts, cast } = this.context.collector;
    this.#waiting.clear();
    for (const partition of cast.partitions.keys()) {
      if (this.context.scope.partition(partition)) this.#waiting.set(partition, facts.leader[partition] ?? -1);
    }
  }

  /** One partition must get a new leader; of several, those that lost theirs. */
  protected isWaiting(): boolean {
    if (this.context.scope.kind === 'partition') return this.#waiting.size > 0;
    return [...this.#waiting.keys()].some((partition) => this.context.collector.facts.leader[partition]! < 0);
  }

  #hear(event: TraceEvent): void {
    if (event.type !== 'partition.changed') return;
    const before = this.#waiting.get(event.partition);
    if (before === undefined || event.leader < 0 || event.leader === before) return;
    const { cast } = this.context.collector;
    this.#waiting.delete(event.partition);
    this.take(event.atUs, `${brokerName(cast, event.leader)} became leader of ${partitionName(cast, event.partition)}`);
  }
}

/**
 * `time.untilIsrFull`: until every replica of a partition is in its ISR. From a start, only partitions whose ISR
 * shrank afterwards count; from an end, partitions whose ISR is full already count as 0.
 */
export class UntilIsrFullMeter extends TimeUntilMeter {
  readonly #waiting = new Set<number>();

  constructor(context: MeterContext) {
    super(context);
    context.collector.listen({ event: (event) => this.#hear(event) });
  }

  protected begin(): void {
    const { facts, cast } = this.context.collector;
    this.#waiting.clear();
    for (const partition of cast.partitions.keys()) {
      if (!this.context.scope.partition(partition) || !facts.exists(partition)) continue;
      if (!this.#isFull(partition)) this.#waiting.add(partition);
      else if (this.reference.edge === 'end') this.take(this.sinceUs, `${partitionName(cast, partition)} was in sync`);
    }
  }

  protected isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  #hear(event: TraceEvent): void {
    if (event.type !== 'partition.changed' || this.sinceUs < 0) return;
    if (!this.context.scope.partition(event.partition)) return;
    if (!this.#isFull(event.partition)) this.#waiting.add(event.partition);
    else if (this.#waiting.delete(event.partition)) {
      const name = partitionName(this.context.collector.cast, event.partition);
      this.take(event.atUs, `all replicas of ${name} were in its ISR`);
    }
  }

  #isFull(partition: number): boolean {
    const { facts } = this.context.collector;
    return facts.isr[partition]!.length >= facts.replicas[partition]!.length - facts.adding[partition]!.length;
  }
}

/** Until the first event of a kind for each broker or cluster concerned; `keyOf` null: another kind of event. */
export class UntilEventMeter extends TimeUntilMeter {
  readonly #seen = new Set<string>();
  #isOpen = false;

  constructor(context: MeterContext, keyOf: (event: TraceEvent, context: MeterContext) => string | null) {
    super(context);
    context.collector.listen({
      event: (event) => {
        if (!this.#isOpen) return;
        const key = keyOf(event, context);
        if (key === null || this.#seen.has(key)) return;
        this.#seen.add(key);
        this.take(event.atUs, key);
      },
    });
  }

  protected begin(): void {
    this.#seen.clear();
    this.#isOpen = true;
  }

  protected isWaiting(): boolean {
    return this.#isOpen && this.#seen.size === 0;
  }
}

/**
 * `time.untilAssigned`: until the last change of assignment after which every partition of the group is held by
 * exactly one member. Once that is reached, another failure or operation ends the wait.
 */
export class UntilAssignedMeter extends TimeUntilMeter {
  #lastChangeUs = -1;
  #isComplete = false;
  #isOpen = false;

  constructor(context: MeterContext) {
    super(context);
    context.collector.listen({
      event: (event) => this.#hear(event),
      factsChanged: () => this.#look(),
      end: () => this.#close(),
    });
  }

  protected begin(): void {
    this.#isOpen = true;
    this.#lastChangeUs = -1;
    this.#isComplete = false;
  }

  protected isWaiting(): boolean {
    return this.histogram.count === 0 && !(this.#lastChangeUs >= 0 && this.#isComplete);
  }

  #hear(event: TraceEvent): void {
    if (!this.#isOpen) return;
    switch (event.type) {
      case 'member.assignment':
        if (!this.context.scope.group(event.group) || event.added.length + event.removed.length === 0) return;
        this.#lastChangeUs = event.atUs;
        return;
      case 'failure.began':
      case 'failure.ended':
      case 'operation.began':
      case 'operation.ended':
        if (event.atUs > this.sinceUs && this.#isComplete) this.#close();
    }
  }

  #look(): void {
    if (!this.#isOpen) return;
    const { cast, facts } = this.context.collector;
    const groups = [...cast.groups.keys()].filter((group) => this.context.scope.group(group));
    this.#isComplete = groups.length > 0 && groups.every((group) => facts.isAssignmentComplete(group));
  }

  #close(): void {
    if (this.#isOpen && this.#lastChangeUs >= 0 && this.#isComplete) {
      this.take(this.#lastChangeUs, 'the last change of assignment');
    }
    this.#isOpen = false;
  }
}
