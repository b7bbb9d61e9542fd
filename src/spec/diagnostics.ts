import type { DiagnosticCode } from './codes.ts';
import { LIMITS } from './limits.ts';
import type { Sources } from './sources.ts';
import type { Span } from './tree.ts';

export interface Related {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that a person should change in a scenario. Line and columns count from 1; `endColumn` is excluded. */
export interface Diagnostic {
  readonly code: `SP1${string}`;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly hint: string | null;
  readonly related: readonly Related[];
}

export interface Finding {
  readonly hint?: string | undefined;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
}

/** Collects what is wrong with a scenario: one finding per place, sorted as the files read. */
export class Diagnostics {
  readonly #sources: Sources;
  readonly #found = new Map<string, Diagnostic>();
  #errorCount = 0;
  #dropped = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  get hasErrors(): boolean {
    return this.#errorCount > 0;
  }

  error(code: DiagnosticCode, span: Span, message: string, finding: Finding = {}): void {
    this.#add('error', code, span, message, finding);
  }

  warning(code: DiagnosticCode, span: Span, message: string, finding: Finding = {}): void {
    this.#add('warning', code, span, message, finding);
  }

  /** Whether an error was already found that starts inside `span`: what follows from it is not said again. */
  hasErrorWithin(span: Span): boolean {
    const from = this.#sources.location(span);
    const to = this.#sources.position(span.file, span.end);
    return [...this.#found.values()].some(
      (d) =>
        d.severity === 'error' &&
        d.file === span.file &&
        (d.line > from.line || (d.line === from.line && d.column >= from.column)) &&
        (d.line < to.line || (d.line === to.line && d.column <= to.column)),
    );
  }

  /** In the order of files' first mention, lines and columns; at most 100, then one that counts the rest. */
  list(): Diagnostic[] {
    const files = new Map<string, number>();
    for (const { file } of this.#found.values()) if (!files.has(file)) files.set(file, files.size);
    const sorted = [...this.#found.values()].sort(
      (a, b) => files.get(a.file)! - files.get(b.file)! || a.line - b.line || a.column - b.column,
    );
    const kept = sorted.slice(0, LIMITS.diagnostics);
    const more = sorted.length - kept.length + this.#dropped;
    const last = kept.at(-1);
    if (more > 0 && last) {
      kept.push({ ...last, code: 'SP1190', severity: 'error', message: `and ${more} more`, hint: null, related: [] });
    }
    return kept;
  }

  #add(severity: 'error' | 'warning', code: DiagnosticCode, span: Span, message: string, finding: Finding): void {
    const { line, column } = this.#sources.position(span.file, span.start);
    const end = this.#sources.position(span.file, span.end);
    const place = `${severity} ${span.file} ${line} ${column}`;
    // Several keys may be missing in one place; anything else there follows from what was found first.
    const key = code === 'SP1101' ? `${place} ${message}` : place;
    if (this.#found.has(key)) return;
    if (severity === 'error') this.#errorCount++;
    if (this.#found.size >= LIMITS.diagnostics * 10) {
      this.#dropped++;
      return;
    }
    const endOfLine = (this.#sources.line(span.file, line)?.length ?? 0) + 1;
    this.#found.set(key, {
      code,
      severity,
      message,
      file: span.file,
      line,
      column,
      endColumn: Math.max(end.line === line ? end.column : endOfLine, column + 1),
      hint: finding.hint ?? null,
      related: (finding.related ?? []).map((r) => ({ message: r.message, ...this.#sources.location(r.span) })),
    });
  }
}
