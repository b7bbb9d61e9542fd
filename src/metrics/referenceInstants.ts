import type { EventId, TraceEvent } from '../model/trace.ts';
import type { Collector } from './collector.ts';

/** `zone-a-down`, `zone-a-down.start`, `zone-a-down.end`. */
export function edgeOf(text: string): { name: string; edge: 'start' | 'end' } {
  if (text.endsWith('.end')) return { name: text.slice(0, -4), edge: 'end' };
  if (text.endsWith('.start')) return { name: text.slice(0, -6), edge: 'start' };
  return { name: text, edge: 'start' };
}

/**
 * Calls `happened` at each start (or end) of a failure or operation of that name. Say `null` for the run's start,
 * which happens once, at the first fact.
 */
export class ReferenceInstants {
  readonly edge: 'start' | 'end';
  readonly #name: string | null;
  #touchedNothing: string | null = null;
  #count = 0;

  constructor(after: string | null, collector: Collector, happened: (atUs: number, event: EventId) => void) {
    const { name, edge } = after === null ? { name: null, edge: 'start' as const } : edgeOf(after);
    this.#name = name;
    this.edge = edge;
    if (name === null) collector.callAt(-1, () => this.#happen(0, -1, happened));
    else collector.listen({ event: (event) => this.#hear(event, happened) });
  }

  /** Why it never happened; null when it did. */
  whyNever(): string | null {
    if (this.#count > 0) return null;
    return this.#touchedNothing ?? `${this.#name} never ${this.edge === 'end' ? 'ended' : 'happened'}`;
  }

  #hear(event: TraceEvent, happened: (atUs: number, event: EventId) => void): void {
    switch (event.type) {
      case 'failure.began':
      case 'operation.began':
        if (event.name === this.#name && this.edge === 'start') this.#happen(event.atUs, event.id, happened);
        break;
      case 'failure.ended':
      case 'operation.ended':
        if (event.name === this.#name && this.edge === 'end') this.#happen(event.atUs, event.id, happened);
        break;
      case 'failure.touchedNothing':
        if (event.name === this.#name) this.#touchedNothing = `${event.name} touched nothing: ${event.why}`;
    }
  }

  #happen(atUs: number, event: EventId, happened: (atUs: number, event: EventId) => void): void {
    this.#count++;
    happened(atUs, event);
  }
}
