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
import { leaf, object } from './schemaParts.ts';
import { show } from './units.ts';
import { windowText } from './windowText.ts';

export const leadersBalanced: ClaimDefinition = {
  name: 'leadersBalanced',
  description:
    "At the end of the window, no broker misses more than a share of the partitions whose preferred leader it is: what `leader.imbalance.per.broker.percentage` measures (a broker's partitions that others lead, over the partitions that prefer it). Default limit 10%, as Kafka's. Inconclusive when no partition exists then.",
  examples: [{ leadersBalanced: { topic: 'orders', atMost: '10%' } }],
  schema: object(
    {
      topic: leaf(
        'topic',
        'Partitions of this topic only. Default: all of the cluster, internal ones included.',
        'orders',
      ),
      cluster: leaf('cluster', 'The cluster, when there are several.', 'eu'),
      atMost: leaf('percent', 'Largest imbalance of a broker. Default 10%.', '10%'),
    },
    'Leaders are where they are preferred.',
    { topic: 'orders', atMost: '10%' },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new LeadersBalanced(context),
};

class LeadersBalanced implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #topic: string | null;
  readonly #cluster: string | null;
  readonly #atMost: number;
  #worst: { readonly broker: number; readonly imbalance: number; readonly atUs: number } | null = null;

  constructor(context: ClaimContext) {
    const { params, window } = context.expectation;
    this.#context = context;
    this.#topic = textOf(params, 'topic');
    this.#cluster = textOf(params, 'cluster');
    this.#atMost = numberOf(params, 'atMost') ?? 0.1;
    this.expected = `the leader imbalance of every broker${windowText(window)} is at most ${show(this.#atMost, 'share')}`;
    atEndOfWindow(context, (atUs) => this.#look(atUs));
  }

  judge(): Finding {
    const { window, collector } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (this.#worst === null) return inconclusive('there was no partition');
    const { broker, imbalance, atUs } = this.#worst;
    const observed = `${brokerName(collector.cast, broker)} has the largest imbalance, ${show(imbalance, 'share')}`;
    if (imbalance <= this.#atMost) return { status: 'passed', observed, atUs, evidence: [], cause: -1 };
    const cause = likelyCause(collector.events, atUs, atUs);
    return { status: 'failed', observed, atUs, evidence: [evidence(observed, { atUs })], cause };
  }

  #look(atUs: number): void {
    const { cast, facts } = this.#context.collector;
    const preferring = cast.brokers.map(() => 0);
    const missing = cast.brokers.map(() => 0);
    for (const [partition, { topic, cluster }] of cast.partitions.entries()) {
      const counts =
        (this.#topic === null || topic === this.#topic) && (this.#cluster === null || cluster === this.#cluster);
      if (!counts || !facts.exists(partition)) continue;
      const preferred = facts.replicas[partition]![0]!;
      preferring[preferred]!++;
      if (facts.leader[partition] !== preferred) missing[preferred]!++;
    }
    this.#worst = null;
    for (const [broker, all] of preferring.entries()) {
      const imbalance = all === 0 ? -1 : missing[broker]! / all;
      if (imbalance >= 0 && (this.#worst === null || imbalance > this.#worst.imbalance))
        this.#worst = { broker, imbalance, atUs };
    }
  }
}
