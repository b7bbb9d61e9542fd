import type { RunReport, RunResult } from '../../result/runResult.ts';
import { programText, summaryText, titleOf, worstOutcome } from '../describe.ts';
import type { Reporter } from '../reporter.ts';
import { selectDetails } from '../selectDetails.ts';
import { cleanText } from '../text/clean.ts';
import { plural } from '../text/numbers.ts';
import { STATUS_ORDER, STATUS_SYMBOL } from '../text/status.ts';
import { Html, html } from './html.ts';
import { lanePatterns } from './lanes.ts';
import { indexSection, matrixSection, seedsSection } from './overview.ts';
import { resultArticle } from './result.ts';
import { STYLES } from './styles.ts';

/** One self-contained page: no script, no network, under two megabytes, the same bytes for the same results. */
export const htmlReporter: Reporter = {
  name: 'html',
  extension: 'html',
  description: 'one page for people: verdicts, timeline, leaders and ISR, charts, ledger, the scenario',
  render: renderHtml,
};

const MAX_BYTES = 1_900_000;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

function renderHtml(report: RunReport): string {
  const details = selectDetails(report, 'all');
  const anchors = new Map(details.map((result, index) => [result, `r${index + 1}`]));
  const isOnly = report.results.length === 1 && report.seeds.length + report.matrices.length === 0;
  const draft = isOnly ? html`` : overviewOf(report, anchors);
  const { articles, left } = fittingArticles(details, anchors, isOnly, MAX_BYTES - byteLength(draft.markup));
  for (const result of left) anchors.delete(result);
  const overview = isOnly ? html`` : overviewOf(report, anchors);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${pageTitle(report)}</title>
<style>${new Html(STYLES)}</style>
</head>
<body>
${lanePatterns()}<header><h1 class="brand">Streamproof report</h1></header>
<main>
${overview}${articles}
${left.length > 0 && html`<p class="banner">${plural(left.length, 'run')} left out: the page would exceed two megabytes. The JSON result has all.</p>`}
</main>
${pageFooter(report, details)}
</body>
</html>
`;
  return page.markup;
}

/** In full while the page has room, runs with problems first; then verdicts only; then not at all, which is said. */
function fittingArticles(
  details: readonly RunResult[],
  anchors: ReadonlyMap<RunResult, string>,
  isOnly: boolean,
  budget: number,
): { articles: Html[]; left: RunResult[] } {
  let room = budget;
  const rendered = new Map<RunResult, Html>();
  const byNeed = STATUS_ORDER.flatMap((status) => details.filter((result) => result.outcome === status));
  for (const depth of ['full', 'brief'] as const) {
    for (const result of byNeed) {
      if (rendered.has(result)) continue;
      // A brief part is about a hundredth of a full one: keep room so that every run has at least its verdicts.
      const reserve = depth === 'full' ? (byNeed.length - rendered.size - 1) * 8_000 : 0;
      const article = resultArticle(result, anchors.get(result) ?? '', depth, isOnly);
      const size = byteLength(article.markup);
      if (size + reserve > room) continue;
      rendered.set(result, article);
      room -= size;
    }
  }
  const articles = details.map((result) => rendered.get(result)).filter((article) => article !== undefined);
  return { articles, left: details.filter((result) => !rendered.has(result)) };
}

function overviewOf(report: RunReport, anchors: ReadonlyMap<RunResult, string>): Html {
  return html`${overviewHeader(report)}${indexSection(report, anchors)}${report.matrices.map(matrixSection)}${report.seeds.map(seedsSection)}`;
}

function overviewHeader(report: RunReport): Html {
  const worst = worstOutcome(report);
  return html`<h2 class="title">${summaryText(report)}</h2>
${worst !== null && html`<div class="outcome"><span class="chip badge ${worst}"><span aria-hidden="true">${STATUS_SYMBOL[worst]}</span> ${worst}</span></div>`}
`;
}

function pageTitle(report: RunReport): string {
  const only = report.results.length === 1 ? report.results[0] : undefined;
  return only === undefined ? `Streamproof: ${summaryText(report)}` : `${titleOf(only)}: ${only.outcome}`;
}

function pageFooter(report: RunReport, details: readonly RunResult[]): Html {
  const first = report.results[0];
  return html`<footer><ul>
${details.slice(0, 50).map(
  (
    result,
  ) => html`<li><span class="mono">${cleanText(result.reproduce)}</span><br>seed ${result.seed} · ${programText(result)} · scenario ${result.scenario.digest} · trace ${result.digest}</li>
`,
)}
<li>Result format ${report.schemaVersion}${first !== undefined && `, written by ${programText(first)}`}. The same scenario, seed and version give this page again, byte for byte.</li>
</ul></footer>`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
