import type { Collector } from '../metrics/collector.ts';
import { IntervalSet } from '../metrics/intervalSet.ts';
import { partitionName } from '../metrics/names.ts';
import type { Evidence } from '../result/runResult.ts';
import { textOf } from './bounds.ts';
import { type Checker, type ClaimDefinition, evidence, type Finding, inconclusive, passed } from './checker.ts';
import { whyUndecidable } from './ledgerScope.ts';
import { leaf, object } from './schemaParts.ts';

export const exactlyOnce: ClaimDefinition = {
  name: 'exactlyOnce',
  description:
    'Each record that the group has come past has exactly one committed output in the log: none is missing and none is there twice. Outputs of aborted transactions do not count. Records behind the last one of their producer and partition that has an output do not count: the group had not come to them. For groups with `transform`; inconclusive when nothing was written. It is about the whole run, warm-up included.',
  examples: [{ exactlyOnce: { group: 'billing' } }],
  schema: object(
    {
      group: leaf('group', 'The group that writes what it makes of its records. Default: every such group.', 'billing'),
    },
    'Each input has exactly one committed output.',
    { group: 'billing' },
  ),
  beside: {},
  takesWindow: false,
  create: ({ collector, expectation: { params } }) => new ExactlyOnce(collector, textOf(params, 'group')),
};

/** Inputs of one lane, by what the log has of their outputs. */
class Outputs {
  readonly once = new IntervalSet();
  readonly again = new IntervalSet();

  add(first: number, count: number): void {
    this.once.forEachWithin(first, count, (from, to) => this.again.add(from, to - from));
    this.once.add(first, count);
  }
}

class ExactlyOnce implements Checker {
  readonly expected: string;
  readonly #collector: Collector;
  readonly #group: string | null;

  constructor(collector: Collector, group: string | null) {
    this.#collector = collector;
    this.#group = group;
    this.expected = `each input${group === null ? '' : ` of group ${group}`} has exactly one committed output`;
  }

  judge(): Finding {
    const { cast } = this.#collector;
    const why = whyUndecidable(this.#collector, [...cast.lanes.keys()]);
    if (why !== null) return inconclusive(why);
    const counts = { inputs: 0, again: 0, missing: 0 };
    const pieces: Evidence[] = [];
    cast.groups.forEach(({ name }, group) => {
      if (this.#group !== null && name !== this.#group) return;
      for (const [lane, outputs] of this.#outputsOf(group)) this.#judgeLane(name, lane, outputs, counts, pieces);
    });
    if (counts.inputs === 0) return inconclusive('no group wrote an output');
    if (counts.again + counts.missing === 0) return passed(`${counts.inputs} inputs, each with one committed output`);
    return {
      status: 'failed',
      observed: `of ${counts.inputs} inputs ${counts.again} have more than one committed output and ${counts.missing} have none`,
      atUs: null,
      evidence: pieces.slice(0, 20),
      cause: -1,
    };
  }

  #judgeLane(
    group: string,
    lane: number,
    { once, again }: Outputs,
    counts: { inputs: number; again: number; missing: number },
    pieces: Evidence[],
  ): void {
    const { ledger, cast } = this.#collector;
    const account = ledger.lanes[lane]!;
    const passedBy = new IntervalSet();
    if (once.end > 0) passedBy.add(0, once.end);
    const uncommitted = account.abortedInLog.union(account.openInLog);
    const due = account.inLog().subtract(uncommitted).intersect(passedBy);
    const missing = due.subtract(once).count;
    counts.inputs += due.count;
    counts.again += again.count;
    counts.missing += missing;
    const { topic, partition } = cast.partitions[account.partition]!;
    const of = partitionName(cast, account.partition);
    if (again.count > 0)
      pieces.push(
        evidence(`group ${group} wrote ${again.count} records of ${of} more than once`, {
          topic,
          partition,
          count: again.count,
        }),
      );
    if (missing > 0)
      pieces.push(
        evidence(`group ${group} came past ${missing} records of ${of} without an output`, {
          topic,
          partition,
          count: missing,
        }),
      );
  }

  /** Committed outputs in the log (or expired from it), as the records of each input lane that they were made from. */
  #outputsOf(group: number): Map<number, Outputs> {
    const { ledger } = this.#collector;
    const byLane = new Map<number, Outputs>();
    const committed = new Map<number, IntervalSet>();
    for (const { inLane, inFirst, lane, first, count } of ledger.transformations[group] ?? []) {
      const account = ledger.lanes[lane]!;
      const there = committed.get(lane) ?? account.inLog().subtract(account.abortedInLog).subtract(account.openInLog);
      committed.set(lane, there);
      const outputs = byLane.get(inLane) ?? new Outputs();
      byLane.set(inLane, outputs);
      there.forEachWithin(first, count, (from, to) => outputs.add(inFirst + from - first, to - from));
    }
    return byLane;
  }
}
