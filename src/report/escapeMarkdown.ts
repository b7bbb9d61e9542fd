import { cleanText } from './text/clean.ts';

/**
 * Text that GitHub's Markdown shows as written, also in a table cell: no markup, no HTML, no mention of a person, no
 * reference to an issue, no automatic link. An empty comment breaks what a backslash does not.
 */
export function escapeMarkdown(text: string): string {
  return breakReferences(
    cleanText(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replace(/[\\`*[\]|~$]/g, '\\$&')
      // An underscore within a word, as in NOT_LEADER_OR_FOLLOWER, is plain text in GitHub's Markdown.
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_'),
  );
}

/** For text inside an HTML tag that Markdown leaves alone, such as <summary>. */
export function escapeSummary(text: string): string {
  return breakReferences(
    cleanText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  );
}

/** A code block that its text cannot leave: the fence is longer than any run of backticks within. */
export function codeFence(text: string, language: string): string {
  const clean = cleanText(text);
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${clean}\n${fence}`;
}

const NOTHING = '<!-- -->';

function breakReferences(text: string): string {
  return text
    .replaceAll('@', `@${NOTHING}`)
    .replaceAll('#', `#${NOTHING}`)
    .replace(/\b(gh-)(?=\d)/gi, `$1${NOTHING}`)
    .replace(/:\/\//g, `:${NOTHING}//`)
    .replace(/\b(www)\./gi, `$1${NOTHING}.`);
}
