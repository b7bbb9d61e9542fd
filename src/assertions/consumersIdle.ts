import { clientName } from '../metrics/names.ts';
import type { EventId } from '../model/trace.ts';
import type { Bound } from '../scenario/scenario.ts';
import { boundOf, isWithin, NONE, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { atEndOfWindow } from './endOfWindow.ts';
import { leaf, limits, object } from './schemaParts.ts';
import { windowText } from './windowText.ts';

export const consumersIdle: ClaimDefinition = {
  name: 'consumersIdle',
  description:
    "How many members of a group hold no partition at the end of the window: members of the group's latest assignment that run and have nothing to do, as when there are more members than partitions. Default limit: none. Inconclusive when the group had no assignment.",
  examples: [{ consumersIdle: { group: 'billing', atMost: 0 } }],
  schema: object(
    { group: leaf('group', 'The consumer group.', 'billing'), ...limits('count', 'Idle members', [1, 0]) },
    'How many members have nothing to do.',
    { group: 'billing', atMost: 0 },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new ConsumersIdle(context),
};

class ConsumersIdle implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #bound: Bound;
  #members: readonly { readonly client: number; readonly partitions: readonly number[] }[] = [];
  #assigned: EventId = -1;
  #idle: readonly number[] | null = null;
  #lookedAtUs = 0;

  constructor(context: ClaimContext) {
    const { collector, expectation } = context;
    const name = textOf(expectation.params, 'group');
    this.#context = context;
    this.#bound = boundOf(expectation.params, String) ?? NONE;
    this.expected = `the number of idle members of group ${name}${windowText(expectation.window)} is ${this.#bound.text}`;
    collector.listen({
      event: (event) => {
        if (event.type === 'client.stopped')
          this.#members = this.#members.filter(({ client }) => client !== event.client);
        if (event.type !== 'group.assigned' || collector.cast.groups[event.group]?.name !== name) return;
        this.#members = event.members;
        this.#assigned = event.id;
      },
    });
    atEndOfWindow(context, (atUs) => {
      this.#lookedAtUs = atUs;
      if (this.#assigned >= 0)
        this.#idle = this.#members.filter(({ partitions }) => partitions.length === 0).map(({ client }) => client);
    });
  }

  judge(): Finding {
    const { window, collector } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (this.#idle === null) return inconclusive('the group had no assignment');
    const names = this.#idle.map((client) => clientName(collector.cast, client));
    return {
      status: isWithin(names.length, this.#bound) ? 'passed' : 'failed',
      observed: names.length === 0 ? 'no member is idle' : `idle: ${names.join(', ')}`,
      atUs: this.#lookedAtUs,
      evidence: names.slice(0, 20).map((name) => evidence(`${name} holds no partition`, { atUs: this.#lookedAtUs })),
      cause: this.#assigned,
    };
  }
}
