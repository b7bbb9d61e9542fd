/** The part of a flat machine's definition that a diagram shows. */
export interface FlatMachine {
  readonly initial?: unknown;
  readonly states?: Readonly<Record<string, { readonly on?: unknown; readonly type?: string } | undefined>>;
  readonly on?: unknown;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly guard: string | null;
}

/** One line for each transition, grouped by state: `STARTING  --broker.caughtUp-->  RECOVERY`. */
export function machineAsText(name: string, machine: FlatMachine, source: string): string {
  const edges = edgesOf(machine);
  const states = Object.keys(machine.states ?? {});
  const lines = [`${name}  (${source})`, ''];
  for (const state of states) {
    const marks = [
      state === machine.initial ? 'initial' : '',
      machine.states?.[state]?.type === 'final' ? 'final' : '',
    ];
    const note = marks.filter((mark) => mark !== '').join(', ');
    lines.push(`  ${state}${note === '' ? '' : ` (${note})`}`);
    for (const edge of edges.filter(({ from }) => from === state)) {
      const target = edge.to === state ? '(stays)' : edge.to;
      lines.push(`    ${edge.event}${edge.guard === null ? '' : ` [${edge.guard}]`} -> ${target}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A `stateDiagram-v2` for Markdown. */
export function machineAsMermaid(name: string, machine: FlatMachine, source: string): string {
  const lines = ['---', `title: ${name} (${source})`, '---', 'stateDiagram-v2'];
  if (typeof machine.initial === 'string') lines.push(`  [*] --> ${machine.initial}`);
  for (const { from, to, event, guard } of edgesOf(machine)) {
    lines.push(`  ${from} --> ${to}: ${event}${guard === null ? '' : ` [${guard}]`}`);
  }
  for (const [state, { type } = {}] of Object.entries(machine.states ?? {})) {
    if (type === 'final') lines.push(`  ${state} --> [*]`);
  }
  return `${lines.join('\n')}\n`;
}

function edgesOf(machine: FlatMachine): Edge[] {
  const states = Object.keys(machine.states ?? {});
  return states.flatMap((state) => [
    ...transitionsOf(state, machine.states?.[state]?.on),
    ...transitionsOf(state, machine.on),
  ]);
}

/** xstate writes a transition as a target's name, as an object, or as a list of guarded objects. */
function transitionsOf(from: string, on: unknown): Edge[] {
  if (typeof on !== 'object' || on === null) return [];
  return Object.entries(on).flatMap(([event, written]) => {
    const branches: unknown[] = Array.isArray(written) ? written : [written];
    return branches.map((branch): Edge => {
      if (typeof branch === 'string') return { from, to: plainName(branch), event, guard: null };
      const { target, guard } = (branch ?? {}) as { target?: unknown; guard?: unknown };
      return { from, to: typeof target === 'string' ? plainName(target) : from, event, guard: guardName(guard) };
    });
  });
}

function plainName(target: string): string {
  return target.replace(/^[#.]+/, '');
}

function guardName(guard: unknown): string | null {
  if (guard === undefined || guard === null) return null;
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'function') return guard.name || 'guarded';
  return String((guard as { type?: unknown }).type ?? 'guarded');
}
