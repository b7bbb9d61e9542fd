import { numberOf } from './bounds.ts';
import { type Checker, type ClaimContext, type ClaimDefinition, type Finding, inconclusive } from './checker.ts';
import { FACTS, factIn } from './clusterFactNames.ts';
import { decidedBy, type Sighting, sightingOf } from './factClaim.ts';
import type { FactProbe } from './facts/fact.ts';
import { leaf } from './schemaParts.ts';
import { showDuration } from './units.ts';

export const atInstant: ClaimDefinition = {
  name: 'at',
  description:
    'A cluster fact, written beside, holds at one instant, after everything that happened at that instant. Inconclusive when the run ended earlier or the fact has no answer then.',
  examples: [{ at: '46s', leader: { partition: 'orders-0', equals: 2 } }],
  schema: leaf('duration', 'Instant of simulated time.', '46s'),
  beside: Object.fromEntries(FACTS.map(({ name, schema }) => [name, schema])),
  takesWindow: false,
  create: (context) => new AtInstant(context),
};

class AtInstant implements Checker {
  readonly expected: string;
  readonly #probe: FactProbe;
  readonly #atUs: number;
  #seen: Sighting | null = null;
  #holds: boolean | null = null;

  constructor({ collector, expectation }: ClaimContext) {
    this.#atUs = numberOf(expectation.params, 'at') ?? 0;
    this.#probe = factIn(expectation.params, collector);
    this.expected = `at ${showDuration(this.#atUs)}: ${this.#probe.text}`;
    collector.callAt(this.#atUs, () => {
      this.#holds = this.#probe.holds();
      this.#seen = sightingOf(this.#probe, collector, this.#atUs);
    });
  }

  statusSoFar(): 'passed' | 'failed' | null {
    return this.#holds === null ? null : this.#holds ? 'passed' : 'failed';
  }

  judge(endUs: number): Finding {
    if (this.#seen === null) return inconclusive(`the run ended at ${showDuration(endUs)}`);
    if (this.#holds === null) return inconclusive(`there was nothing to look at at ${showDuration(this.#atUs)}`);
    return decidedBy(this.#seen, this.#holds ? 'passed' : 'failed', this.#seen.state);
  }
}
