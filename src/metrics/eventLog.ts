import type { EventId, TraceBody, TraceEvent } from '../model/trace.ts';

/** All control-plane facts of a run in the order in which they were told; ids are places in it. */
export class EventLog {
  readonly #events: TraceEvent[] = [];

  get length(): number {
    return this.#events.length;
  }

  add(atUs: number, cause: EventId, body: TraceBody): TraceEvent {
    const event = { ...body, id: this.#events.length, atUs, cause } as TraceEvent;
    this.#events.push(event);
    return event;
  }

  get(id: EventId): TraceEvent | undefined {
    return this.#events[id];
  }

  all(): readonly TraceEvent[] {
    return this.#events;
  }

  /** From an event back to its root; empty for "no cause". A cause always lies before its effect. */
  chain(from: EventId): TraceEvent[] {
    const chain: TraceEvent[] = [];
    let event = this.#events[from];
    while (event !== undefined) {
      chain.push(event);
      event = event.cause < event.id ? this.#events[event.cause] : undefined;
    }
    return chain;
  }
}
