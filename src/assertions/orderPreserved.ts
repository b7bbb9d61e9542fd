import type { Collector } from '../metrics/collector.ts';
import { textOf } from './bounds.ts';
import { type Checker, type ClaimDefinition, type Finding, inconclusive, passed } from './checker.ts';
import { about, foundInLog, lanesOf, whyUndecidable } from './ledgerScope.ts';
import { leaf, object, oneOf } from './schemaParts.ts';

export const orderPreserved: ClaimDefinition = {
  name: 'orderPreserved',
  description:
    'Records that one producer instance sent to one partition lie in the log in the order of sending; second copies do not count. `per: key` is judged in the same way, which is stricter: records of one key go to one partition, so partition order implies key order; it is inconclusive when the topic got more partitions during the run, since keys then go elsewhere. Records of different producer instances have no order. Inconclusive when the log holds fewer than two records. It is about the whole run, warm-up included.',
  examples: [{ orderPreserved: { topic: 'orders', per: 'key' } }],
  schema: object(
    {
      topic: leaf('topicOrPartition', 'Records of this topic or partition. Default: all.', 'orders'),
      per: oneOf(['key', 'partition'], 'Whose order. Default: partition.', 'key'),
    },
    'The log keeps the order of sending.',
    { topic: 'orders' },
  ),
  beside: {},
  takesWindow: false,
  create: ({ collector, expectation: { params } }) =>
    new OrderPreserved(collector, textOf(params, 'topic'), textOf(params, 'per') === 'key'),
};

class OrderPreserved implements Checker {
  readonly expected: string;
  readonly #collector: Collector;
  readonly #topic: string | null;
  /** The topic that got more partitions while keys were to keep their order. */
  #grown: string | null = null;

  constructor(collector: Collector, topic: string | null, perKey: boolean) {
    this.#collector = collector;
    this.#topic = topic;
    if (perKey)
      collector.listen({
        event: (event) => {
          if (event.type === 'topic.partitionsCreated' && (topic === null || event.topic === topic))
            this.#grown ??= event.topic;
        },
      });
    this.expected = `records${about(topic)} lie in the log in the order of sending`;
  }

  judge(): Finding {
    const lanes = lanesOf(this.#collector, this.#topic);
    const why = whyUndecidable(this.#collector, lanes);
    if (why !== null) return inconclusive(why);
    const { ledger } = this.#collector;
    const { stored, expired, reordered } = ledger.entry('', lanes, null, () => false);
    if (stored + expired < 2) return inconclusive('the log holds fewer than two records');
    if (reordered === 0 && this.#grown !== null)
      return inconclusive(
        `${this.#grown} got more partitions: keys go to others from then on, and no log keeps the order between two`,
      );
    if (reordered === 0) return passed(`${stored + expired} records, no backward step`);
    return {
      status: 'failed',
      observed: `${reordered} backward steps in ${stored + expired} records`,
      ...foundInLog(
        this.#collector,
        ledger.backwardSteps,
        lanes,
        (count, first) => `${count} records from number ${first} on lie behind later ones`,
      ),
    };
  }
}
