import type { RealisedFailure, RealisedOperation, RunResult } from '../../result/runResult.ts';
import { formatDuration, formatInstant, plural } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

const MAX_ROWS = 100;
/** More rows than this are folded away. */
const MAX_OPEN = 12;
const MAX_TOUCHED = 12;
const KIND_WORD = {
  protocol: 'guaranteed by the protocol',
  calibrated: 'calibrated from measurements',
  modelled: 'modelled',
} as const;

/** What failures and operations really touched, once selectors and random choices were resolved. */
export function realisedSection(result: RunResult, id: string): Html {
  if (result.failures.length + result.operations.length === 0) return html``;
  return html`<section id="${id}-failures">
<h3>Failures and operations as they came</h3>
${result.failures.length > 0 && failuresTable(result.failures)}
${result.operations.length > 0 && operationsTable(result.operations)}
</section>
`;
}

function failuresTable(failures: readonly RealisedFailure[]): Html {
  const rest = failures.length - MAX_ROWS;
  return html`${failureRows(failures.slice(0, MAX_OPEN))}
${failures.length > MAX_OPEN && html`<details><summary>${plural(Math.min(failures.length, MAX_ROWS) - MAX_OPEN, 'more failure')}</summary>${failureRows(failures.slice(MAX_OPEN, MAX_ROWS))}</details>`}
${rest > 0 && html`<p class="note">${plural(rest, 'more failure')} in the JSON result.</p>`}`;
}

function failureRows(failures: readonly RealisedFailure[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">Failure</th><th scope="col">Verb</th><th scope="col">From</th><th scope="col">For</th><th scope="col">Touched</th></tr></thead>
<tbody>${failures.map(
    (failure) =>
      html`<tr><th scope="row"><bdi>${failure.name}</bdi></th><td>${failure.verb}</td>${timeCells(failure)}<td>${touchedList(failure)}</td></tr>
`,
  )}</tbody></table></div>`;
}

function touchedList({ touched, note }: RealisedFailure): Html {
  const more = touched.length - MAX_TOUCHED;
  return html`${touched.length === 0 && html`<strong>nothing</strong>`}${touched.slice(0, MAX_TOUCHED).map((what) => html`<div>${what}</div>`)}${more > 0 && html`<div class="muted">and ${more} more</div>`}${note !== null && html`<div class="muted">${note}</div>`}`;
}

function operationsTable(operations: readonly RealisedOperation[]): Html {
  const rest = operations.length - MAX_ROWS;
  return html`<h4>Operations</h4><div class="scroll"><table>
<thead><tr><th scope="col">Operation</th><th scope="col">Verb</th><th scope="col">From</th><th scope="col">For</th><th scope="col">Steps</th></tr></thead>
<tbody>${operations.slice(0, MAX_ROWS).map(
    (operation) =>
      html`<tr><th scope="row"><bdi>${operation.name}</bdi></th><td>${operation.verb}</td>${timeCells(operation)}<td>${stepList(operation)}</td></tr>
`,
  )}</tbody></table></div>${rest > 0 && html`<p class="note">${plural(rest, 'more operation')} in the JSON result.</p>`}`;
}

function stepList({ steps, error }: RealisedOperation): Html {
  const more = steps.length - MAX_TOUCHED;
  return html`${steps.slice(0, MAX_TOUCHED).map((step) => html`<div><span class="muted">${formatInstant(step.atUs)}</span> ${step.what}</div>`)}${more > 0 && html`<div class="muted">and ${more} more</div>`}${error !== null && html`<div><strong>error:</strong> ${error}</div>`}`;
}

function timeCells({ fromUs, toUs }: { fromUs: number; toUs: number | null }): Html {
  const lasts = toUs === null ? 'until the end' : formatDuration(toUs - fromUs);
  return html`<td class="nowrap">${formatInstant(fromUs)}</td><td class="nowrap">${lasts}</td>`;
}

/** How far the answer can be trusted: what has no effect in the model, and what its numbers rest on. */
export function limitsSection(result: RunResult, id: string): Html {
  return html`<section id="${id}-limits">
<h3>What this answer rests on</h3>
<h4>Not modelled</h4>
${
  result.notModelled.length === 0
    ? html`<p>Everything that the scenario asks for has its effect in the model.</p>`
    : html`<div class="scroll"><table>
<thead><tr><th scope="col">What</th><th scope="col">Where</th><th scope="col">Consequence</th></tr></thead>
<tbody>${result.notModelled.slice(0, MAX_ROWS).map(
        (item) => html`<tr><th scope="row">${item.what}</th><td>${item.where}</td><td>${item.consequence}</td></tr>
`,
      )}</tbody></table></div>`
}
${result.notModelled.length > MAX_ROWS && html`<p class="note">${plural(result.notModelled.length - MAX_ROWS, 'more entry', 'more entries')} in the JSON result.</p>`}
${
  result.assumptions.length > 0 &&
  html`<h4>Assumptions</h4><div class="scroll"><table><thead><tr><th scope="col">Assumption</th><th scope="col">Kind</th></tr></thead>
<tbody>${result.assumptions.slice(0, MAX_ROWS).map(
    (item) => html`<tr><td>${item.text}</td><td class="nowrap muted">${KIND_WORD[item.kind]}</td></tr>
`,
  )}</tbody></table></div>`
}
</section>
`;
}
