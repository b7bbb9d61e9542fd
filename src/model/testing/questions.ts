import type { TraceBody, TraceEvent } from '../trace.ts';
import { backwardSteps, type Fates, fatesOf, recordsOf } from './fates.ts';
import type { TraceRecorder } from './traceRecorder.ts';

type EventOf<T extends TraceBody['type']> = Extract<TraceEvent, { readonly type: T }>;

/** What a person would ask about a run. Brokers and partitions go by their Kafka names: 1, 2, 3 and `orders-0`. */
export class Questions {
  readonly trace: TraceRecorder;

  constructor(trace: TraceRecorder) {
    this.trace = trace;
  }

  partition(name: string): number {
    const index = this.trace.cast.partitions.findIndex((one) => `${one.topic}-${one.partition}` === name);
    if (index < 0) throw new Error(`there is no partition ${name}`);
    return index;
  }

  brokerId(broker: number): number {
    return broker < 0 ? -1 : this.trace.cast.brokers[broker]!.id;
  }

  broker(id: number): number {
    return this.trace.cast.brokers.findIndex((one) => one.id === id);
  }

  /** Events of one kind in order. */
  events<T extends TraceBody['type']>(type: T): EventOf<T>[] {
    return this.trace.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Changes of a partition in the metadata log, its creation included. */
  changes(name: string): EventOf<'partition.changed'>[] {
    const partition = this.partition(name);
    return this.events('partition.changed').filter((event) => event.partition === partition);
  }

  /** The partition as committed at `atUs`, in broker ids. */
  at(name: string, atUs: number): { leader: number; isr: number[]; elr: number[]; leaderEpoch: number } {
    const last = this.changes(name)
      .filter((event) => event.atUs <= atUs)
      .at(-1);
    if (last === undefined) throw new Error(`nothing was committed for ${name} by ${atUs}`);
    const ids = (brokers: readonly number[]): number[] => brokers.map((broker) => this.brokerId(broker));
    return {
      leader: this.brokerId(last.leader),
      isr: ids(last.isr),
      elr: ids(last.elr),
      leaderEpoch: last.leaderEpoch,
    };
  }

  /** When the partition's ISR first lost (or won) the broker at or after `fromUs`; -1: never. */
  isrChangeUs(name: string, brokerId: number, isIn: boolean, fromUs = 0): number {
    const broker = this.broker(brokerId);
    const found = this.changes(name).find((event) => event.atUs >= fromUs && event.isr.includes(broker) === isIn);
    return found?.atUs ?? -1;
  }

  /** The longest time between two acknowledgements in a row of the partition, of which the later came after `afterUs`. */
  longestGapUs(name: string, afterUs = 0): number {
    const partition = this.partition(name);
    let last = -1;
    let longest = 0;
    for (const { lane, atUs } of this.trace.acknowledgements) {
      if (this.trace.cast.lanes[lane]!.partition !== partition) continue;
      if (last >= 0 && atUs >= afterUs) longest = Math.max(longest, atUs - last);
      last = atUs;
    }
    return longest;
  }

  /** How often clients (or followers) received each error. */
  errorCounts(of: 'clients' | 'followers' = 'clients'): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { client, error } of this.trace.errors)
      if (client >= 0 === (of === 'clients')) counts[error] = (counts[error] ?? 0) + 1;
    return counts;
  }

  /** How often a partition's batches were answered with each error. */
  errorsOf(name: string): string[] {
    const partition = this.partition(name);
    return this.trace.errors.filter((one) => one.client >= 0 && one.partition === partition).map((one) => one.error);
  }

  acknowledgedRecords(name: string, fromUs = 0, toUs = Number.POSITIVE_INFINITY): number {
    const partition = this.partition(name);
    return recordsOf(
      this.trace.acknowledgements.filter(
        ({ lane, atUs }) => this.trace.cast.lanes[lane]!.partition === partition && atUs >= fromUs && atUs < toUs,
      ),
    );
  }

  /** What became of every record, lane by lane. */
  fates(): Fates {
    return fatesOf(this.trace);
  }

  /** Steps back in the order of sending when a partition's surviving log is read, lane by lane. */
  backwardSteps(): number {
    return backwardSteps(this.trace);
  }
}
