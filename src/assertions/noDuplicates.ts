import type { Collector } from '../metrics/collector.ts';
import { textOf } from './bounds.ts';
import { type Checker, type ClaimDefinition, type Finding, inconclusive, passed } from './checker.ts';
import { about, foundInLog, lanesOf, whyUndecidable } from './ledgerScope.ts';
import { leaf, object } from './schemaParts.ts';

export const noDuplicates: ClaimDefinition = {
  name: 'noDuplicates',
  description:
    'No record that the application sent once lies in the log at two offsets. Second deliveries to a consumer are another matter (`metric: records.redelivered`). Inconclusive when the log holds no record. It is about the whole run, warm-up included.',
  examples: [{ noDuplicates: { topic: 'orders' } }],
  schema: object(
    { topic: leaf('topicOrPartition', 'Records of this topic or partition. Default: all.', 'orders') },
    'No record is in the log twice.',
    { topic: 'orders' },
  ),
  beside: {},
  takesWindow: false,
  create: ({ collector, expectation }) => new NoDuplicates(collector, textOf(expectation.params, 'topic')),
};

class NoDuplicates implements Checker {
  readonly expected: string;
  readonly #collector: Collector;
  readonly #topic: string | null;

  constructor(collector: Collector, topic: string | null) {
    this.#collector = collector;
    this.#topic = topic;
    this.expected = `no record${about(topic)} is in the log twice`;
  }

  judge(): Finding {
    const lanes = lanesOf(this.#collector, this.#topic);
    const why = whyUndecidable(this.#collector, lanes);
    if (why !== null) return inconclusive(why);
    const { ledger } = this.#collector;
    const { stored, expired, duplicated } = ledger.entry('', lanes, null, () => false);
    if (stored + expired === 0) return inconclusive('the log holds no record');
    if (duplicated === 0) return passed(`${stored + expired} records, each once`);
    return {
      status: 'failed',
      observed: `${duplicated} of ${stored + expired} records are in the log more than once`,
      ...foundInLog(this.#collector, ledger.duplicates, lanes, (count) => `a second copy of ${count} records`),
    };
  }
}
