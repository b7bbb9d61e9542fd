import type { Collector } from '../metrics/collector.ts';
import type { TraceEvent } from '../model/trace.ts';
import type { Bound } from '../scenario/scenario.ts';
import { boundOf, isBeyond, isWithin, NONE, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { leaf, limits, object } from './schemaParts.ts';
import { windowText } from './windowText.ts';

export const rebalances: ClaimDefinition = {
  name: 'rebalances',
  description:
    'How often the coordinator handed out a new assignment (a new generation) to a group in the window; the first one counts too unless it falls into the warm-up. Default limit: none. Inconclusive when the group never had a member.',
  examples: [{ rebalances: { group: 'billing', atMost: 2 } }],
  schema: object(
    { group: leaf('group', 'The consumer group.', 'billing'), ...limits('count', 'Rebalances', [1, 2]) },
    'How often a group rebalances.',
    { group: 'billing', atMost: 2 },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new Rebalances(context),
};

class Rebalances implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #bound: Bound;
  readonly #counted: TraceEvent[] = [];
  #hadMember = false;

  constructor(context: ClaimContext) {
    const { collector, expectation, window } = context;
    const name = textOf(expectation.params, 'group');
    this.#context = context;
    this.#bound = boundOf(expectation.params, String) ?? NONE;
    this.expected = `the number of rebalances of group ${name}${windowText(expectation.window)} is ${this.#bound.text}`;
    collector.listen({
      event: (event) => {
        if (event.type !== 'group.assigned' || !isGroup(collector, event.group, name)) return;
        this.#hadMember = true;
        if (window.isOpen) this.#counted.push(event);
      },
    });
  }

  statusSoFar(): 'failed' | null {
    return isBeyond(this.#counted.length, this.#bound) ? 'failed' : null;
  }

  judge(): Finding {
    const { window } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (!this.#hadMember) return inconclusive('the group never had an assignment');
    const last = this.#counted.at(-1);
    return {
      status: isWithin(this.#counted.length, this.#bound) ? 'passed' : 'failed',
      observed: `${this.#counted.length} rebalances`,
      atUs: last?.atUs ?? null,
      evidence: this.#counted.slice(0, 20).map((event) => evidence('a new assignment', { atUs: event.atUs })),
      cause: last?.id ?? -1,
    };
  }
}

function isGroup({ cast }: Collector, group: number, name: string | null): boolean {
  return name === null || cast.groups[group]?.name === name;
}
