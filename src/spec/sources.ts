import type { SourceLocation } from '../scenario/scenario.ts';
import type { Span } from './tree.ts';

/** The texts that a scenario was read from, by the name under which diagnostics show them. */
export class Sources {
  readonly #texts = new Map<string, string>();
  readonly #lineStarts = new Map<string, number[]>();

  add(file: string, text: string): void {
    this.#texts.set(file, text);
    this.#lineStarts.delete(file);
  }

  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  /** The 1-based line without its line end; undefined when there is no such line. */
  line(file: string, line: number): string | undefined {
    const text = this.#texts.get(file);
    const start = this.#startsOf(file)[line - 1];
    if (text === undefined || start === undefined) return undefined;
    const end = this.#startsOf(file)[line] ?? text.length + 1;
    return text.slice(start, end - 1).replace(/\r$/, '');
  }

  /** Line and column (both from 1) of an offset. */
  position(file: string, offset: number): { line: number; column: number } {
    const starts = this.#startsOf(file);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  location(span: Span): SourceLocation {
    return { file: span.file, ...this.position(span.file, span.start) };
  }

  #startsOf(file: string): readonly number[] {
    let starts = this.#lineStarts.get(file);
    if (!starts) {
      starts = [0];
      const text = this.#texts.get(file) ?? '';
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#lineStarts.set(file, starts);
    }
    return starts;
  }
}
