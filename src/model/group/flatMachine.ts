/**
 * A flat machine as a function from state and event to the next state: what xstate would answer, without a snapshot.
 *
 * Refuses machines with guards, actions or nested states, since those would be lost.
 */
interface StateNodeLike {
  readonly key: string;
  readonly type: string;
  readonly on: Readonly<Record<string, readonly EdgeLike[]>>;
}
interface EdgeLike {
  readonly target?: readonly { readonly key: string }[] | undefined;
  readonly guard?: unknown;
  readonly actions: readonly unknown[];
}
interface MachineLike {
  readonly states: Readonly<Record<string, StateNodeLike>>;
}

/** @returns the same state where the machine has no edge */
export function flatMachine<State extends string, Event extends string>(
  machine: MachineLike,
): (state: State, event: Event) => State {
  const table = new Map(Object.values(machine.states).map((node) => [node.key, edgesOf(node)]));
  return (state, event) => (table.get(state)?.get(event) ?? state) as State;
}

function edgesOf(node: StateNodeLike): Map<string, string> {
  if (node.type !== 'atomic' && node.type !== 'final') throw new Error(`state ${node.key} is not flat`);
  const edges = new Map<string, string>();
  for (const [event, [edge, ...others]] of Object.entries(node.on)) {
    const target = edge?.target?.[0]?.key;
    if (edge === undefined || target === undefined) continue;
    if (others.length > 0 || edge.guard !== undefined || edge.actions.length > 0) {
      throw new Error(`${node.key} on ${event} is more than an edge`);
    }
    edges.set(event, target);
  }
  return edges;
}
