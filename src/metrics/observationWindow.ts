import type { TraceEvent } from '../model/trace.ts';
import type { Window } from '../scenario/scenario.ts';
import type { Collector } from './collector.ts';

/**
 * When something is observed: instants [from, to) of a run, opened and closed by failures, operations and time.
 *
 * Warm-up is never observed. `steady` is outside of every failure; `during` and `outside` name a failure or an
 * operation and are open, or closed, while at least one of that name is in force.
 */
export class ObservationWindow {
  readonly #window: Window;
  readonly #collector: Collector;
  readonly #inForce = new Set<string>();
  readonly #spans: { fromUs: number; toUs: number }[] = [];
  readonly #onChange: ((atUs: number) => void)[] = [];
  #isWarm = false;
  #isReached: boolean;
  #isOpen = false;
  #touchedNothing: string | null = null;

  /** `withWarmup`: observe the warm-up as well, for what is counted and not judged. */
  constructor(window: Window, collector: Collector, withWarmup = false) {
    this.#window = window;
    this.#collector = collector;
    this.#isReached = window.kind !== 'between';
    this.#awaitTime(withWarmup ? 0 : collector.cast.scenario.warmupUs, () => {
      this.#isWarm = true;
    });
    if (window.kind === 'between') {
      this.#awaitTime(window.fromUs, () => {
        this.#isReached = true;
      });
      this.#awaitTime(window.toUs, () => {
        this.#isReached = false;
      });
    }
    collector.listen({ event: (event) => this.#hear(event), end: (atUs) => this.#close(atUs) });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Microseconds during which it was open so far. */
  openUs(nowUs: number): number {
    return this.#spans.reduce((sum, span) => sum + Math.min(span.toUs, nowUs) - span.fromUs, 0);
  }

  /** Whether it was open at an instant already told. */
  contains(atUs: number): boolean {
    for (let i = this.#spans.length - 1; i >= 0; i--) {
      const span = this.#spans[i]!;
      if (atUs >= span.toUs) return false;
      if (atUs >= span.fromUs) return true;
    }
    return false;
  }

  /** How many of `count` instants, evenly from `fromUs` to `toUs`, it contains. */
  countWithin(fromUs: number, toUs: number, count: number): number {
    const step = count > 1 ? (toUs - fromUs) / (count - 1) : 0;
    let inside = 0;
    for (const span of this.#spans) {
      if (span.toUs <= fromUs || span.fromUs > toUs) continue;
      inside += indexBefore(span.toUs, fromUs, step, count) - indexBefore(span.fromUs, fromUs, step, count);
    }
    return inside;
  }

  whenChanged(action: (atUs: number) => void): void {
    this.#onChange.push(action);
  }

  /** Why nothing could be observed; null when it was open at some time. */
  whyNever(): string | null {
    if (this.#spans.length > 0) return null;
    if (this.#touchedNothing !== null) return this.#touchedNothing;
    switch (this.#window.kind) {
      case 'during':
        return `${this.#window.name} never happened`;
      case 'between':
        return 'the run ended, or was still warming up, before the window came';
      case 'whole':
        return 'the run ended before the warm-up was over';
      default:
        return 'there was no such time after the warm-up';
    }
  }

  #hear(event: TraceEvent): void {
    switch (event.type) {
      case 'failure.began':
      case 'operation.began':
        this.#inForce.add(keyOf(event));
        break;
      case 'failure.ended':
      case 'operation.ended':
        this.#inForce.delete(keyOf(event));
        break;
      case 'failure.touchedNothing':
        if (this.#window.kind === 'during' && this.#window.name === event.name) {
          this.#touchedNothing = `${event.name} touched nothing: ${event.why}`;
        }
        return;
      default:
        return;
    }
    this.#update(event.atUs);
  }

  #awaitTime(atUs: number, reached: () => void): void {
    const act = () => {
      reached();
      this.#update(atUs);
    };
    // One microsecond earlier: the window contains its first instant and not its last.
    this.#collector.callAt(atUs - 1, act);
  }

  #update(atUs: number): void {
    const isOpen = this.#isWarm && this.#isReached && this.#isWanted();
    if (isOpen === this.#isOpen) return;
    if (isOpen) this.#spans.push({ fromUs: atUs, toUs: Infinity });
    this.#isOpen = isOpen;
    if (!isOpen) this.#close(atUs);
    for (const act of this.#onChange) act(atUs);
    this.#collector.touchFacts(atUs);
  }

  #close(atUs: number): void {
    const last = this.#spans.at(-1);
    if (last !== undefined && last.toUs === Infinity) last.toUs = atUs;
  }

  #isWanted(): boolean {
    const window = this.#window;
    if (window.kind === 'steady') return ![...this.#inForce].some((key) => key.startsWith('failure '));
    if (window.kind === 'during') return this.#isInForce(window.name);
    if (window.kind === 'outside') return !this.#isInForce(window.name);
    return true;
  }

  #isInForce(name: string): boolean {
    return [...this.#inForce].some((key) => key.endsWith(`/${name}`));
  }
}

/** Number k of the first of `count` evenly spread instants that is not before `atUs`. */
function indexBefore(atUs: number, fromUs: number, step: number, count: number): number {
  if (atUs <= fromUs) return 0;
  if (step === 0) return count;
  return Math.min(count, Math.ceil((atUs - fromUs) / step));
}

function keyOf(event: TraceEvent): string {
  if (event.type === 'failure.began' || event.type === 'failure.ended') return `failure ${event.failure}/${event.name}`;
  if (event.type === 'operation.began' || event.type === 'operation.ended') {
    return `operation ${event.operation}/${event.name}`;
  }
  return '';
}
