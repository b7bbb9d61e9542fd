import type { VerdictStatus } from '../result/runResult.ts';
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
import { showDuration } from './units.ts';
import { windowText } from './windowText.ts';

export const always: ClaimDefinition = {
  name: 'always',
  description:
    'A cluster fact holds at every instant of the window: as the window opens, and after every change. States that last no time do not count, and neither do times at which the fact has no answer. Inconclusive when the window never came or the fact never had an answer in it.',
  examples: [{ always: { offlinePartitions: { topic: 'orders', equals: 0 } } }],
  schema: oneFact('A fact that holds all the time.', { offlinePartitions: { topic: 'orders', equals: 0 } }),
  beside: {},
  takesWindow: true,
  create: (context) => new AllTheTime(context, true),
};

export const never: ClaimDefinition = {
  name: 'never',
  description: 'A cluster fact holds at no instant of the window; as `always` with the opposite fact.',
  examples: [{ never: { controller: { exists: false } }, during: 'broker-1-down' }],
  schema: oneFact('A fact that never holds.', { controller: { exists: false } }),
  beside: {},
  takesWindow: true,
  create: (context) => new AllTheTime(context, false),
};

class AllTheTime implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #probe: FactProbe;
  readonly #wanted: boolean;
  #looked = 0;
  #broken: Sighting | null = null;
  #brokenTimes = 0;
  #isBroken = false;
  #brokenForUs = 0;
  #brokenSinceUs = 0;

  constructor(context: ClaimContext, wanted: boolean) {
    const { collector, expectation } = context;
    this.#context = context;
    this.#wanted = wanted;
    this.#probe = factIn(expectation.params, collector);
    this.expected = `${wanted ? 'always' : 'never'}${windowText(expectation.window)}: ${this.#probe.text}`;
    const look = (atUs: number) => this.#look(atUs);
    collector.listen(this.#probe.withEveryBatch ? { levelsChanged: look } : { factsChanged: look });
    context.window.whenChanged((atUs) => {
      if (!context.window.isOpen) this.#recover(atUs);
    });
  }

  statusSoFar(): VerdictStatus | null {
    return this.#broken === null ? null : 'failed';
  }

  judge(endUs: number): Finding {
    const { window } = this.#context;
    if (this.#broken !== null) {
      this.#recover(endUs);
      const times = this.#brokenTimes > 1 ? `${this.#brokenTimes} times, ` : '';
      const observed = `${this.#broken.state} at ${showDuration(this.#broken.atUs)} (${times}${showDuration(this.#brokenForUs)} in all)`;
      return decidedBy(this.#broken, 'failed', observed);
    }
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (this.#looked === 0) return inconclusive('there was nothing to look at in that time');
    return passed(`it ${this.#wanted ? 'held' : 'did not hold'} at each of ${this.#looked} looks`);
  }

  #look(atUs: number): void {
    if (!this.#context.window.isOpen) return;
    const holds = this.#probe.holds();
    if (holds === null) return;
    this.#looked++;
    if (holds === this.#wanted) this.#recover(atUs);
    else if (!this.#isBroken) {
      this.#isBroken = true;
      this.#brokenTimes++;
      this.#brokenSinceUs = atUs;
      this.#broken ??= sightingOf(this.#probe, this.#context.collector, atUs);
    }
  }

  #recover(atUs: number): void {
    if (this.#isBroken) this.#brokenForUs += atUs - this.#brokenSinceUs;
    this.#isBroken = false;
  }
}
