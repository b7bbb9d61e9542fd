import type { MatrixSummary, RunReport, RunResult, SeedSummary } from '../../result/runResult.ts';
import { passRate, shortPath, titleOf } from '../describe.ts';
import { formatCount, formatPercent, plural } from '../text/numbers.ts';
import { STATUS_SYMBOL, tallyText } from '../text/status.ts';
import { type Html, html } from './html.ts';
import { chip } from './verdicts.ts';

const MAX_ROWS = 500;

/** The first screen of a report with several runs: each with its outcome, linked to its part when it has one. */
export function indexSection(report: RunReport, anchors: ReadonlyMap<RunResult, string>): Html {
  const rest = report.results.length - MAX_ROWS;
  return html`<section id="index"><h3>Runs</h3>
<div class="scroll"><table><thead><tr><th scope="col">Outcome</th><th scope="col">Scenario</th><th scope="col">Verdicts</th><th scope="col">Seed</th></tr></thead>
<tbody>${report.results.slice(0, MAX_ROWS).map((result) => {
    const anchor = anchors.get(result);
    const title = titleOf(result);
    return html`<tr><td class="nowrap">${chip(result.outcome)}</td><th scope="row">${anchor === undefined ? html`<bdi>${title}</bdi>` : html`<a href="#${anchor}"><bdi>${title}</bdi></a>`}</th><td>${tallyText(result.verdicts.map((verdict) => verdict.status))}${firstProblem(result)}</td><td>${result.seed}</td></tr>
`;
  })}</tbody></table></div>
${rest > 0 && html`<p class="note">${plural(rest, 'more run')} in the JSON result.</p>`}
</section>
`;
}

/** The first failed expectation, or why the run ended early: what makes a reader open this run first. */
function firstProblem(result: RunResult): Html {
  const failed = result.verdicts.find((verdict) => verdict.status === 'failed');
  if (failed !== undefined) return html`<div class="note"><bdi>${failed.name}</bdi>: ${failed.observed}</div>`;
  return html`${result.endedEarly !== null && html`<div class="note">${result.endedEarly.text}</div>`}`;
}

export function seedsSection(summary: SeedSummary): Html {
  return html`<section><h3><bdi>${summary.scenario}</bdi>: ${passRate(summary)} seeds passed</h3>
<div class="scroll"><table><thead><tr><th scope="col">Expectation</th><th class="number" scope="col">Pass rate</th><th class="number" scope="col">Passed</th><th class="number" scope="col">Failed</th><th class="number" scope="col">Inconclusive</th><th scope="col">Worst seed</th></tr></thead>
<tbody>${summary.expectations.slice(0, MAX_ROWS).map((one) => {
    const total = one.passed + one.failed + one.inconclusive;
    return html`<tr><th scope="row"><bdi>${one.name}</bdi></th><td class="number">${total === 0 ? '—' : formatPercent(one.passed / total)}</td><td class="number">${formatCount(one.passed)}</td><td class="number">${formatCount(one.failed)}</td><td class="number">${formatCount(one.inconclusive)}</td><td>${one.worstSeed ?? '—'}</td></tr>
`;
  })}</tbody></table></div>
${summary.worst !== null && summary.worst.outcome !== 'passed' && html`<p>The worst seed ends ${chip(summary.worst.outcome)}; see it again:</p><pre class="command">${summary.worst.reproduce}</pre>`}
</section>
`;
}

export function matrixSection(matrix: MatrixSummary): Html {
  const names = matrix.rows[0]?.statuses.map((status) => status.name) ?? [];
  const rest = matrix.rows.length - MAX_ROWS;
  return html`<section><h3><bdi>${matrix.scenario}</bdi>: ${plural(matrix.rows.length, 'variant')}</h3>
<div class="scroll"><table><thead><tr>${matrix.axes.map((axis) => html`<th scope="col">${shortPath(axis)}</th>`)}<th scope="col">Outcome</th>${names.map((name) => html`<th scope="col"><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${matrix.rows.slice(0, MAX_ROWS).map(
    (
      row,
    ) => html`<tr>${matrix.axes.map((axis) => html`<td>${row.variant.find((one) => one.path === axis)?.value ?? '—'}</td>`)}<td class="nowrap">${chip(row.outcome)}</td>${row.statuses.map((one) => html`<td><span class="chip ${one.status}">${STATUS_SYMBOL[one.status]} ${one.status}</span><div class="note">${one.observed}</div></td>`)}</tr>
`,
  )}</tbody></table></div>
${rest > 0 && html`<p class="note">${plural(rest, 'more variant')} in the JSON result.</p>`}
${matrix.rows.length > 0 && html`<details><summary>Commands that reproduce each variant</summary>${matrix.rows.slice(0, MAX_ROWS).map((row) => html`<pre class="command">${row.reproduce}</pre>`)}</details>`}
</section>
`;
}
