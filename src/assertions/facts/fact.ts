import type { Collector } from '../../metrics/collector.ts';
import { partitionName } from '../../metrics/names.ts';
import { Scope } from '../../metrics/scope.ts';
import { type EventId, NO_CAUSE } from '../../model/trace.ts';
import type { Bound } from '../../scenario/scenario.ts';
import { isWithin, partitionOf, textOf } from '../bounds.ts';
import { leaf, type Schema } from '../schemaParts.ts';
import { show } from '../units.ts';

export type Params = Readonly<Record<string, unknown>>;

/** A question about the cluster that has an answer at any instant. */
export interface FactProbe {
  /** The claim about the fact, as the second half of a sentence: `the leader of orders-0 is 2`. */
  readonly text: string;
  /** It depends on offsets, which change with every batch. */
  readonly withEveryBatch: boolean;
  /** Null: there is no answer now (the topic does not exist yet, the group has no position). */
  holds(): boolean | null;
  /** The state in words. */
  state(): string;
  /** What last changed it, for the chain of causes; `NO_CAUSE` when that is not known. */
  lastEvent(): EventId;
}

export interface FactDefinition {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  readonly create: (params: Params, collector: Collector) => FactProbe;
}

export const PARTITION = leaf('partition', 'The partition.', 'orders-0');

export const CLUSTER = leaf('cluster', 'The cluster, when there are several.', 'eu');

export const GROUP = leaf('group', 'The consumer group.', 'billing');

export const TOPIC = leaf('topic', 'Partitions of this topic only. Default: all, internal ones included.', 'orders');

export function partitionIn(params: Params, collector: Collector): { partition: () => number; name: string } {
  const name = partitionOf(params, 'partition') ?? '';
  const cluster = textOf(params, 'cluster');
  const { cast } = collector;
  let found = -1;
  // Looked up when asked, until it is there: the topic may be created during the run.
  const partition = () => {
    if (found < 0) {
      found = cast.partitions.findIndex(
        (known, index) => partitionName(cast, index) === name && (cluster === null || known.cluster === cluster),
      );
    }
    return found;
  };
  return { partition, name };
}

export function groupIn(params: Params, collector: Collector): { group: number; name: string } {
  const name = textOf(params, 'group') ?? '';
  return {
    group:
      new Scope(collector.cast, name).kind === 'group'
        ? collector.cast.groups.findIndex((known) => known.name === name)
        : -1,
    name,
  };
}

export function onPartition(
  { facts }: Collector,
  partition: () => number,
  text: string,
  probe: { holds: () => boolean; state: () => string },
): FactProbe {
  const exists = () => partition() >= 0 && facts.exists(partition());
  return {
    text,
    withEveryBatch: false,
    holds: () => (exists() ? probe.holds() : null),
    state: probe.state,
    lastEvent: () => facts.partitionEvent[partition()] ?? NO_CAUSE,
  };
}

export function onOffsets(
  text: string,
  now: () => number | null,
  bound: Bound | null,
  words: (value: string) => string,
): FactProbe {
  return {
    text,
    withEveryBatch: true,
    holds: () => {
      const value = now();
      return value === null ? null : bound === null || isWithin(value, bound);
    },
    state: () => words(now() === null ? 'unknown' : show(now()!, 'count')),
    lastEvent: () => NO_CAUSE,
  };
}

export function latest(events: readonly EventId[]): EventId {
  return events.reduce((last, event) => Math.max(last, event), NO_CAUSE);
}

export function sameMembers<Item>(left: readonly Item[], right: readonly Item[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
