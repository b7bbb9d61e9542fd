import type { Collector } from '../metrics/collector.ts';
import { clientName } from '../metrics/names.ts';
import type { Evidence } from '../result/runResult.ts';
import { textOf } from './bounds.ts';
import { type Checker, type ClaimDefinition, evidence, type Finding, inconclusive, passed } from './checker.ts';
import { about, lanesOf, whyUndecidable } from './ledgerScope.ts';
import { leaf, object } from './schemaParts.ts';

export const noUncommittedRead: ClaimDefinition = {
  name: 'noUncommittedRead',
  description:
    'No record of a transaction that was aborted, or is open at the end, went through the application of a consumer group (G1a, aborted read). Judged by the markers in the surviving log. Inconclusive when the group has processed nothing. It is about the whole run, warm-up included.',
  examples: [{ noUncommittedRead: { group: 'billing' } }],
  schema: object(
    {
      group: leaf('group', 'What this group processed. Default: every group.', 'billing'),
      topic: leaf('topicOrPartition', 'Records of this topic or partition. Default: all.', 'orders'),
    },
    'Only committed records are processed.',
    { group: 'billing' },
  ),
  beside: {},
  takesWindow: false,
  create: ({ collector, expectation: { params } }) =>
    new NoUncommittedRead(collector, textOf(params, 'group'), textOf(params, 'topic')),
};

class NoUncommittedRead implements Checker {
  readonly expected: string;
  readonly #collector: Collector;
  readonly #group: string | null;
  readonly #topic: string | null;

  constructor(collector: Collector, group: string | null, topic: string | null) {
    this.#collector = collector;
    this.#group = group;
    this.#topic = topic;
    const who = group === null ? 'no group' : `group ${group} never`;
    this.expected = `${who} processes a record${about(topic)} whose transaction was not committed`;
  }

  judge(): Finding {
    const { ledger, cast } = this.#collector;
    const lanes = lanesOf(this.#collector, this.#topic);
    const why = whyUndecidable(this.#collector, lanes);
    if (why !== null) return inconclusive(why);
    let processed = 0;
    let uncommitted = 0;
    const pieces: Evidence[] = [];
    cast.groups.forEach(({ name }, group) => {
      if (this.#group !== null && name !== this.#group) return;
      for (const lane of lanes) {
        const seen = ledger.deliveries[group]?.[lane];
        if (seen === undefined) continue;
        const account = ledger.lanes[lane]!;
        const { count } = seen.once.intersect(account.abortedInLog.union(account.openInLog));
        processed += seen.once.count;
        uncommitted += count;
        if (count === 0) continue;
        const { topic, partition } = cast.partitions[account.partition]!;
        const text = `group ${name} processed ${count} records of ${clientName(cast, account.client)} that were not committed`;
        pieces.push(evidence(text, { topic, partition, count }));
      }
    });
    if (processed === 0) return inconclusive('no record was processed');
    if (uncommitted === 0) return passed(`${processed} records, all of them committed`);
    return {
      status: 'failed',
      observed: `${uncommitted} of ${processed} processed records were not committed`,
      atUs: null,
      evidence: pieces.slice(0, 20),
      cause: -1,
    };
  }
}
