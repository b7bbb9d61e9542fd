import type { Failure, Operation, Trigger } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { Span } from '../tree.ts';
import type { Names } from './names.ts';
import type { View } from './view.ts';

export type Edge = 'start' | 'end';
const WHEN = ['at', 'after', 'every'] as const;

/** When a failure or operation begins: `at`, `after` or `every`, exactly one of them. */
export function buildTrigger(view: View, names: Names): Trigger | undefined {
  const written = WHEN.filter((key) => view.has(key));
  const [first, second] = written;
  if (first === undefined) {
    names.diagnostics.error('SP1101', { ...view.span, end: view.span.start + 1 }, 'it is not said when this happens', {
      hint: 'add at: 2m, or after: NAME',
    });
    return undefined;
  }
  if (second !== undefined) {
    names.diagnostics.error('SP1107', view.keySpan(second), `'${second}' and '${first}' exclude each other`);
    return undefined;
  }
  if (first === 'at') return { kind: 'at', atUs: view.at('at').durationUs ?? 0 };
  if (first === 'after') return afterTrigger(view.at('after'), names);
  const every = view.at('every');
  return { kind: 'random', mtbfUs: positive(every.at('mtbf'), names), mttrUs: positive(every.at('mttr'), names) };
}

function positive(view: View, { diagnostics }: Names): number {
  const value = view.durationUs;
  if (value === 0) diagnostics.error('SP1152', view.span, 'a mean time must be longer than 0');
  return value ?? 1;
}

function afterTrigger(view: View, names: Names): Trigger | undefined {
  if (view.text !== undefined) {
    const moment = readMoment(view.text, view.span, names);
    return moment && { kind: 'after', ...moment, delay: { meanUs: 0, spreadUs: 0 } };
  }
  const keys = (['failure', 'operation'] as const).filter((key) => view.has(key));
  const [key, second] = keys;
  if (key === undefined || second !== undefined) {
    names.diagnostics.error(
      'SP1107',
      second === undefined ? view.span : view.keySpan(second),
      'expected failure: NAME or operation: NAME',
    );
    return undefined;
  }
  const name = view.at(key);
  const moment = name.text === undefined ? undefined : readMoment(name.text, name.span, names);
  const edge = (view.at('edge').text as Edge | undefined) ?? moment?.edge;
  return (
    moment && {
      kind: 'after',
      of: moment.of,
      edge: edge ?? 'start',
      delay: view.at('delay').delay ?? { meanUs: 0, spreadUs: 0 },
    }
  );
}

/** `zone-a-down`, `zone-a-down.start` or `zone-a-down.end`; names that contain dots are tried as a whole first. */
export function readMoment(text: string, span: Span, names: Names): { of: string; edge: Edge } | undefined {
  if (names.events.includes(text)) return { of: text, edge: 'start' };
  const match = /^(.+)\.(start|end)$/.exec(text);
  const of = names.event(match?.[1] ?? text, span);
  return of === undefined ? undefined : { of, edge: (match?.[2] as Edge | undefined) ?? 'start' };
}

/** Things that wait for each other never begin. */
export function checkTriggerCircles(
  events: readonly { readonly event: Failure | Operation; readonly span: Span }[],
  diagnostics: Diagnostics,
): void {
  const waitsFor = new Map(
    events.map(({ event }) => [event.name, event.trigger.kind === 'after' ? event.trigger.of : undefined]),
  );
  const reported = new Set<string>();
  for (const { event, span } of events) {
    if (reported.has(event.name)) continue;
    const seen = new Set<string>();
    let name: string | undefined = event.name;
    while (name !== undefined && !seen.has(name)) {
      seen.add(name);
      name = waitsFor.get(name);
    }
    if (name === event.name) {
      for (const waiting of seen) reported.add(waiting);
      diagnostics.error('SP1153', span, `'${name}' waits for itself: ${[...seen, name].join(' after ')}`);
    }
  }
}
