import { ReferenceInstants } from '../metrics/referenceInstants.ts';
import type { VerdictStatus } from '../result/runResult.ts';
import { momentOf, numberOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  type Finding,
  inconclusive,
  passed,
} from './checker.ts';
import { factIn } from './clusterFactNames.ts';
import { decidedBy, oneFact, type Sighting, sightingOf } from './factClaim.ts';
import type { FactProbe } from './facts/fact.ts';
import { leaf } from './schemaParts.ts';
import { showDuration } from './units.ts';
import { momentText } from './windowText.ts';

export const eventually: ClaimDefinition = {
  name: 'eventually',
  description:
    'A cluster fact holds at some instant within `within` after `after`; each time that a failure of that name strikes anew. Without `within` the end of the run is the limit, without `after` the end of the warm-up is the start. It need not stay so. Inconclusive when `after` never came, or the run ended before the time was over.',
  examples: [
    { eventually: { consumerLag: { group: 'billing', below: 5000 } }, within: '60s', after: 'zone-a-down.end' },
    { eventually: { leader: { partition: 'orders-0', equals: 1 } }, within: '45s', after: 'broker-1-down.end' },
  ],
  schema: oneFact('A fact that comes to hold.', { consumerLag: { group: 'billing', below: 5000 } }),
  beside: {
    within: leaf('duration', 'How long it may take. Default: until the run ends.', '60s'),
    after: leaf(
      'moment',
      'From when: a failure or operation, `.start` (default) or `.end`, or an instant.',
      'zone-a-down.end',
      '5m',
    ),
  },
  takesWindow: false,
  create: (context) => new Eventually(context),
};

/** One wait, from a reference instant on. */
interface Wait {
  readonly sinceUs: number;
  metAtUs: number | null;
  isOver: boolean;
}

class Eventually implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #probe: FactProbe;
  readonly #withinUs: number | null;
  readonly #reference: ReferenceInstants;
  readonly #waits: Wait[] = [];
  #missed: Sighting | null = null;

  constructor(context: ClaimContext) {
    const { collector, expectation } = context;
    this.#context = context;
    this.#probe = factIn(expectation.params, collector);
    this.#withinUs = numberOf(expectation.params, 'within');
    const after = momentOf(expectation.params, 'after');
    const within = this.#withinUs === null ? '' : ` within ${showDuration(this.#withinUs)}`;
    this.expected = `eventually${within}${momentText(after)}: ${this.#probe.text}`;
    this.#reference = new ReferenceInstants(after ?? collector.cast.scenario.warmupUs, collector, (atUs) =>
      this.#begin(atUs),
    );
    const look = (atUs: number) => this.#look(atUs);
    collector.listen(this.#probe.withEveryBatch ? { levelsChanged: look } : { factsChanged: look });
  }

  statusSoFar(): VerdictStatus | null {
    return this.#missed === null ? null : 'failed';
  }

  judge(endUs: number): Finding {
    const why = this.#reference.whyNever();
    if (why !== null) return inconclusive(why);
    if (this.#missed !== null) {
      const observed = `${showDuration(this.#withinUs ?? 0)} later it did not hold: ${this.#missed.state}`;
      return decidedBy(this.#missed, 'failed', observed);
    }
    const open = this.#waits.find((wait) => wait.metAtUs === null);
    if (open !== undefined && this.#withinUs !== null) {
      return inconclusive(`the run ended ${showDuration(endUs - open.sinceUs)} after, before the time was over`);
    }
    if (open !== undefined) {
      const sighting = sightingOf(this.#probe, this.#context.collector, endUs);
      if (this.#probe.holds() === null) return inconclusive('there was nothing to look at in that time');
      return decidedBy(sighting, 'failed', `it did not hold before the run ended: ${sighting.state}`);
    }
    const slowest = this.#waits.reduce((a, b) => (b.metAtUs! - b.sinceUs > a.metAtUs! - a.sinceUs ? b : a));
    const tookUs = slowest.metAtUs! - slowest.sinceUs;
    return passed(tookUs === 0 ? 'it held at once' : `it held after ${showDuration(tookUs)}`, slowest.metAtUs);
  }

  #begin(atUs: number): void {
    const wait: Wait = { sinceUs: atUs, metAtUs: null, isOver: false };
    this.#waits.push(wait);
    if (this.#withinUs !== null) this.#context.collector.callAt(atUs + this.#withinUs, () => this.#timeIsOver(wait));
    this.#context.collector.touchFacts(atUs);
  }

  #look(atUs: number): void {
    const last = this.#waits.at(-1);
    if (last === undefined || last.metAtUs !== null || last.isOver || this.#probe.holds() !== true) return;
    for (const wait of this.#waits) if (!wait.isOver) wait.metAtUs ??= Math.max(atUs, wait.sinceUs);
  }

  #timeIsOver(wait: Wait): void {
    wait.isOver = true;
    if (wait.metAtUs === null) {
      this.#missed ??= sightingOf(this.#probe, this.#context.collector, wait.sinceUs + this.#withinUs!);
    }
  }
}
