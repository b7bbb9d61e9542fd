import type { EventId, TraceEvent } from '../model/trace.ts';
import type { Collector } from './collector.ts';

/** `zone-a-down`, `zone-a-down.start`, `zone-a-down.end`. */
export function edgeOf(text: string): { name: string; edge: 'start' | 'end' } {
  if (text.endsWith('.end')) return { name: text.slice(0, -4), edge: 'end' };
  if (text.endsWith('.start')) return { name: text.slice(0, -6), edge: 'start' };
  return { name: text, edge: 'start' };
}

/**
 * Calls `happened` at each start (or end) of a failure or operation of that name. A number is that
 * instant, and `null` the run's start; these happen once.
 */
export class ReferenceInstants {
  readonly edge: 'start' | 'end';
  readonly #name: string | null;
  #touchedNothing: string | null = null;
  #count = 0;

  constructor(after: string | number | null, collector: Collector, happened: (atUs: number, event: EventId) => void) {
    const { name, edge } = typeof after === 'string' ? edgeOf(after) : { name: null, edge: 'start' as const };
    this.#name = name;
    this.edge = edge;
    // One microsecond earlier, so that what happens at that instant comes after it.
    if (name === null) collector.callAt((Number(after) || 0) - 1, () => this.#happen(Number(after) || 0, -1, happened));
    else collector.listen({ event: (event) => this.#hear(event, happened) });
  }

  /** Why it never happened; null when it did. */
  whyNever(): string | null {
    if (this.#count > 0) return null;
    if (this.#name === null) return 'the run ended before that instant';
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
