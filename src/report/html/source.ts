import type { RunResult } from '../../result/runResult.ts';
import { cleanLines } from '../text/clean.ts';
import { plural } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

const MAX_LINES = 1_000;
const MAX_CHARACTERS = 120_000;

/** The scenario as written, with line numbers; lines whose expectation failed are marked. */
export function sourceSection(result: RunResult, id: string): Html {
  const lines = cleanLines(result.scenario.source);
  const failed = new Set(
    result.verdicts.filter((verdict) => verdict.status === 'failed').map((verdict) => verdict.location.line),
  );
  let characters = 0;
  const shown = lines.slice(0, MAX_LINES).filter((line) => {
    characters += Math.min(line.length, 2_000) + 60;
    return characters <= MAX_CHARACTERS;
  });
  const rest = lines.length - shown.length;
  const items = shown.map((line, index) => {
    const hit = failed.has(index + 1);
    const label = hit && html`<span class="muted">  ← failed</span>`;
    return html`<li id="${id}-L${index + 1}"${hit && html` class="hit"`}><span class="no">${index + 1}</span><code>${line === '' ? ' ' : line}${label}</code></li>
`;
  });
  return html`<section id="${id}-scenario">
<h3>The scenario</h3>
<p class="note">${result.scenario.file} · digest ${result.scenario.digest}</p>
<ol class="source" tabindex="0" aria-label="Scenario source">
${items}</ol>
${rest > 0 && html`<p class="note">${plural(rest, 'more line')} not shown.</p>`}
</section>
`;
}
