import { cleanText } from '../text/clean.ts';

/** Markup that is known to be safe; everything else is escaped when it enters a template. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Longest text shown of one value: a name of a megabyte must not make the page one. */
const MAX_TEXT = 2_000;

/**
 * Builds HTML; what is inserted is cleaned and escaped, for element content and for double-quoted attributes alike.
 * Nothing may be inserted into <style>, a comment, an unquoted attribute or a URL that is not a fragment.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  let markup = strings[0] ?? '';
  values.forEach((value, index) => {
    markup += markupOf(value) + (strings[index + 1] ?? '');
  });
  return new Html(markup);
}

/** The one escaping function of the page. */
export function escapeHtml(text: string): string {
  const clean = cleanText(text);
  const shown = clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT).toWellFormed()}…` : clean;
  return shown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export function markupOf(value: Content): string {
  if (value instanceof Html) return value.markup;
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escapeHtml(value);
  return value.map(markupOf).join('');
}
