import { brokerName } from '../metrics/names.ts';
import { numberOf, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { atEndOfWindow } from './endOfWindow.ts';
import { likelyCause } from './likelyCause.ts';
import { leaf, object, oneOf } from './schemaParts.ts';
import { windowText } from './windowText.ts';

export const partitionsSpread: ClaimDefinition = {
  name: 'partitionsSpread',
  description:
    'At the end of the window, the broker with the most replicas (or leaders) has at most so many more than the one with the fewest. Brokers that the controller knows count, fenced ones too, so that a broker that was added and holds nothing shows. Default difference: 1, the best that a count which does not divide evenly allows. Inconclusive when no partition exists then, or the cluster has one broker.',
  examples: [{ partitionsSpread: { topic: 'orders', atMost: 1 } }, { partitionsSpread: { of: 'leaders', atMost: 2 } }],
  schema: object(
    {
      of: oneOf(['replicas', 'leaders'], 'What is counted on each broker. Default: replicas.', 'leaders'),
      topic: leaf('topic', 'Partitions of this topic only. Default: all, internal ones included.', 'orders'),
      cluster: leaf('cluster', 'The cluster, when there are several.', 'eu'),
      atMost: leaf('count', 'Largest difference between two brokers. Default: 1.', 1),
    },
    'Partitions are spread evenly over brokers.',
    { topic: 'orders', atMost: 1 },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new PartitionsSpread(context),
};

class PartitionsSpread implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #word: string;
  readonly #topic: string | null;
  readonly #cluster: string | null;
  readonly #atMost: number;
  /** By broker that counts; null before a partition was seen. */
  #counts: { readonly broker: number; readonly count: number }[] | null = null;
  #atUs = 0;

  constructor(context: ClaimContext) {
    const { params, window } = context.expectation;
    this.#context = context;
    this.#word = textOf(params, 'of') === 'leaders' ? 'leaders' : 'replicas';
    this.#topic = textOf(params, 'topic');
    this.#cluster = textOf(params, 'cluster');
    this.#atMost = numberOf(params, 'atMost') ?? 1;
    const of = this.#topic === null ? '' : ` of ${this.#topic}`;
    this.expected = `brokers differ by at most ${this.#atMost} ${this.#word}${of}${windowText(window)}`;
    atEndOfWindow(context, (atUs) => this.#look(atUs));
  }

  judge(): Finding {
    const { window, collector } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (this.#counts === null) return inconclusive('there was no partition');
    if (this.#counts.length < 2) return inconclusive('there is one broker');
    const sorted = [...this.#counts].sort((a, b) => b.count - a.count || a.broker - b.broker);
    const [most, fewest] = [sorted[0]!, sorted.at(-1)!];
    const name = (broker: number) => brokerName(collector.cast, broker);
    const observed = `${name(most.broker)} has ${most.count} ${this.#word}, ${name(fewest.broker)} ${fewest.count}`;
    const isSpread = most.count - fewest.count <= this.#atMost;
    return {
      status: isSpread ? 'passed' : 'failed',
      observed,
      atUs: this.#atUs,
      evidence: isSpread
        ? []
        : sorted.slice(0, 20).map(({ broker, count }) => evidence(`${name(broker)}: ${count} ${this.#word}`)),
      cause: isSpread ? -1 : likelyCause(collector.events, this.#atUs, this.#atUs),
    };
  }

  #look(atUs: number): void {
    const { cast, facts } = this.#context.collector;
    const counts = cast.brokers.map(() => 0);
    const clusters = new Set<string>();
    for (let partition = 0; partition < cast.partitions.length; partition++) {
      const { topic, cluster } = cast.partitions[partition]!;
      const isAsked = (this.#topic ?? topic) === topic && (this.#cluster ?? cluster) === cluster;
      if (!isAsked || !facts.exists(partition)) continue;
      clusters.add(cluster);
      const leader = facts.leader[partition]!;
      if (this.#word === 'replicas') for (const broker of facts.replicas[partition]!) counts[broker]!++;
      else if (leader >= 0) counts[leader]!++;
    }
    this.#atUs = atUs;
    if (clusters.size === 0) return;
    this.#counts = [...counts.entries()]
      .filter(([broker]) => clusters.has(cast.brokers[broker]!.cluster) && facts.isRegistered[broker])
      .map(([broker, count]) => ({ broker, count }));
  }
}
