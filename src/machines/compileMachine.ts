import type { AnyStateMachine } from 'xstate';
import { assert } from '../sim/index.ts';

/** No edge leads from that state on that event. */
export const NO_EDGE = -1;

/**
 * A flat xstate machine as an integer table, for entities of which there are thousands: a step costs a table read
 * instead of a walk through the machine. The machine stays the specification; the table is derived from it.
 */
export class CompiledMachine<State extends string = string, Event extends string = string> {
  readonly id: string;
  readonly states: readonly State[];
  readonly events: readonly Event[];
  readonly initial: State;
  /** Row = state, column = event, value = next state or NO_EDGE. */
  readonly table: Int8Array;
  readonly #stateIndex = new Map<string, number>();
  readonly #eventIndex = new Map<string, number>();

  constructor(
    id: string,
    states: readonly State[],
    events: readonly Event[],
    initial: State,
    edges: readonly (readonly [from: State, event: Event, to: State])[],
  ) {
    assert(states.length <= 127, `machine ${id} has too many states for a byte`);
    this.id = id;
    this.states = states;
    this.events = events;
    this.initial = initial;
    for (const [index, state] of states.entries()) this.#stateIndex.set(state, index);
    for (const [index, event] of events.entries()) this.#eventIndex.set(event, index);
    this.table = new Int8Array(states.length * events.length).fill(NO_EDGE);
    for (const [from, event, to] of edges)
      this.table[this.stateIndex(from) * events.length + this.eventIndex(event)] = this.stateIndex(to);
  }

  stateIndex(state: State): number {
    return this.#stateIndex.get(state)!;
  }

  eventIndex(event: Event): number {
    return this.#eventIndex.get(event)!;
  }

  /** The next state's index, or NO_EDGE. */
  nextIndex(state: number, event: number): number {
    return this.table[state * this.events.length + event]!;
  }

  accepts(state: State, event: Event): boolean {
    return this.nextIndex(this.stateIndex(state), this.eventIndex(event)) !== NO_EDGE;
  }

  /** The next state. An event that the machine does not allow in that state is a mistake of the model and throws. */
  step(state: State, event: Event): State {
    const next = this.nextIndex(this.stateIndex(state), this.eventIndex(event));
    assert(next !== NO_EDGE, `${this.id}: '${event}' is not allowed in ${state}`);
    return this.states[next]!;
  }
}

/**
 * Reads the table off a machine. Refused, since a table cannot say them: nested or parallel states, guards, actions,
 * entry and exit, `after`, `always`, `invoke`, context, wildcard events and several candidates for one event.
 */
export function compileMachine<State extends string = string, Event extends string = string>(
  machine: AnyStateMachine,
): CompiledMachine<State, Event> {
  const { root, id } = machine;
  assert(root.type === 'compound', `machine ${id} has no states`);
  assert(root.transitions.size === 0, `machine ${id} has edges that belong to no state`);
  const edges: [State, Event, State][] = [];
  const events = new Set<Event>();
  for (const [name, node] of Object.entries(root.states)) {
    const where = `machine ${id}, state ${name}`;
    assert(node.type === 'atomic' || node.type === 'final', `${where} is not flat`);
    assert(node.entry.length + node.exit.length === 0, `${where} has actions`);
    assert((node.always ?? []).length + node.after.length + node.invoke.length === 0, `${where} moves by itself`);
    for (const [event, candidates] of node.transitions) {
      const [transition] = candidates;
      assert(candidates.length === 1 && transition !== undefined, `${where} has several edges for '${event}'`);
      assert(!event.includes('*'), `${where} has a wildcard edge`);
      assert(transition.guard === undefined && transition.actions.length === 0, `${where}: '${event}' is not pure`);
      const target = transition.target?.[0];
      assert(target !== undefined && target.parent === root, `${where}: '${event}' leads nowhere`);
      events.add(event as Event);
      edges.push([name as State, event as Event, target.key as State]);
    }
  }
  const initial = root.initial.target[0]!.key as State;
  return new CompiledMachine(id, Object.keys(root.states) as State[], [...events], initial, edges);
}
