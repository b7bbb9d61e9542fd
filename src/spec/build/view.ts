import type { Delay } from '../../scenario/scenario.ts';
import type { Node, Span } from '../tree.ts';
import {
  parseCount,
  parseDelay,
  parseDuration,
  parseFactor,
  parsePercent,
  parseRate,
  parseSize,
  parseThroughput,
  type Reading,
} from '../units.ts';

/**
 * A place in the tree that may be empty or wrong: reads give the fallback then.
 *
 * What is wrong was reported by the schema and unit checks, so that reading never reports it again and goes on.
 */
export class View {
  readonly node: Node | undefined;
  /** Where to point when something about this place is wrong: the value, or the key above when there is none. */
  readonly span: Span;

  constructor(node: Node | undefined, span: Span) {
    this.node = node;
    this.span = node?.span ?? span;
  }

  get isWritten(): boolean {
    return this.node !== undefined;
  }

  at(key: string): View {
    const entry = this.node?.kind === 'map' ? this.node.entries.get(key) : undefined;
    return new View(entry?.value, this.span);
  }

  has(key: string): boolean {
    return this.node?.kind === 'map' && this.node.entries.has(key);
  }

  /** The key's own place, for what is wrong with the key. */
  keySpan(key: string): Span {
    return (this.node?.kind === 'map' ? this.node.entries.get(key)?.keySpan : undefined) ?? this.span;
  }

  /** The map's entries, as written. */
  get entries(): { key: string; keySpan: Span; view: View }[] {
    if (this.node?.kind !== 'map') return [];
    return [...this.node.entries.values()].map(({ key, keySpan, value }) => ({
      key,
      keySpan,
      view: new View(value, keySpan),
    }));
  }

  get items(): View[] {
    return this.node?.kind === 'list' ? this.node.items.map((item) => new View(item, this.span)) : [];
  }

  /** A list's entries, or the single value as the only one. */
  get itemsOrSelf(): View[] {
    return this.node?.kind === 'list' ? this.items : this.node ? [this] : [];
  }

  /** Text as written; numbers keep their digits (`4.10`). */
  get text(): string | undefined {
    if (this.node?.kind !== 'scalar' || this.node.value === null || typeof this.node.value === 'boolean')
      return undefined;
    return this.node.source;
  }

  get boolean(): boolean | undefined {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'boolean' ? this.node.value : undefined;
  }

  get number(): number | undefined {
    return this.node?.kind === 'scalar' && typeof this.node.value === 'number' ? this.node.value : undefined;
  }

  get integer(): number | undefined {
    return this.number !== undefined && Number.isInteger(this.number) ? this.number : undefined;
  }

  get durationUs(): number | undefined {
    const value = this.#read(parseDuration);
    return value === undefined || value < 0 ? undefined : value;
  }

  get bytes(): number | undefined {
    return this.#read(parseSize);
  }

  get bytesPerSec(): number | undefined {
    return this.#read(parseThroughput);
  }

  get recordsPerSec(): number | undefined {
    return this.#read(parseRate);
  }

  get share(): number | undefined {
    return this.#read(parsePercent);
  }

  get count(): number | undefined {
    return this.#read(parseCount);
  }

  get factor(): number | undefined {
    return this.#read(parseFactor);
  }

  get delay(): Delay | undefined {
    return this.#read(parseDelay);
  }

  #read<T>(parse: (text: string) => Reading<T>): T | undefined {
    const reading = this.text === undefined ? undefined : parse(this.text);
    return reading?.ok ? reading.value : undefined;
  }
}
