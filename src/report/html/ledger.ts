import type { LedgerEntry, RunResult } from '../../result/runResult.ts';
import { formatCount, formatPercent, formatQuantity, plural } from '../text/numbers.ts';
import { type Html, html } from './html.ts';

const MAX_COLUMNS = 6;
const MAX_HISTOGRAMS = 60;

type Field = Exclude<keyof LedgerEntry, 'of'>;

/** What a producer was asked to send ends in exactly one of these. */
const PARTS: readonly Field[] = ['acknowledged', 'refused', 'unknown', 'neverSent', 'aborted', 'unresolved'];
const LOG: readonly Field[] = ['stored', 'expired', 'lost', 'duplicated', 'reordered', 'storedThoughFailed'];
const READ: readonly Field[] = ['delivered', 'redelivered', 'notDelivered'];
const BAD: readonly Field[] = ['lost', 'duplicated', 'reordered'];

const WORDS: Readonly<Record<Field, string>> = {
  offered: 'Offered by applications',
  acknowledged: 'acknowledged',
  refused: 'refused with an error, never in a log',
  unknown: 'unknown: failed, yet perhaps written',
  neverSent: 'never sent: no room in the buffer',
  aborted: 'aborted: their transaction was not committed',
  unresolved: 'still on their way at the end',
  stored: 'In the log at the end',
  expired: 'Expired by retention',
  lost: 'Acknowledged, but lost',
  duplicated: 'Written twice',
  reordered: 'Out of order',
  storedThoughFailed: 'In the log although reported failed',
  delivered: 'Processed by a group',
  redelivered: 'Processed again',
  notDelivered: 'In the log, not processed',
};

/** Where every record ended up, for the whole run and for each topic and group. */
export function ledgerSection(result: RunResult, id: string): Html {
  const { total, topics, groups } = result.ledger;
  const one = topics.length === 1 ? [] : topics;
  const columns = [{ ...total, of: 'all topics' }, ...one].slice(0, MAX_COLUMNS);
  const rest = one.length + 1 - columns.length;
  const parts = PARTS.reduce((sum, field) => sum + (total[field] ?? 0), 0);
  return html`<section id="${id}-ledger">
<h3>Where every record ended up</h3>
<div class="scroll"><table>
<thead><tr><th scope="col">Records</th>${columns.map((entry) => html`<th class="number" scope="col"><bdi>${entry.of}</bdi></th>`)}<th class="number" scope="col">of offered</th></tr></thead>
<tbody>
${ledgerRow('offered', columns, total, 'sum')}
${PARTS.filter((field) => total[field] !== undefined).map((field) => ledgerRow(field, columns, total, 'part'))}
${LOG.map((field) => ledgerRow(field, columns, total, ''))}
</tbody></table></div>
${parts !== total.offered && result.endedEarly === null && html`<p class="banner">The five parts add up to ${formatCount(parts)}, not to ${formatCount(total.offered)}: this is a bug in the accounting.</p>`}
${result.endedEarly !== null && html`<p class="note">As far as it was known when the run was stopped.</p>`}
${rest > 0 && html`<p class="note">${plural(rest, 'more topic')} in the JSON result.</p>`}
${groups.length > 0 && groupsTable(groups)}
</section>
`;
}

function ledgerRow(field: Field, columns: readonly LedgerEntry[], total: LedgerEntry, kind: string): Html {
  const share = total.offered === 0 ? '—' : formatPercent((total[field] ?? 0) / total.offered);
  return html`<tr class="${kind}"><th scope="row">${WORDS[field]}</th>${columns.map((entry) => numberCell(entry, field))}<td class="number muted">${share}</td></tr>
`;
}

function numberCell(entry: LedgerEntry, field: Field): Html {
  const bad = BAD.includes(field) && (entry[field] ?? 0) > 0;
  return html`<td class="number${bad && ' bad'}">${formatCount(entry[field] ?? 0)}</td>`;
}

function groupsTable(groups: readonly LedgerEntry[]): Html {
  const rest = groups.length - 50;
  return html`<h4>As consumer groups saw it</h4><div class="scroll"><table>
<thead><tr><th scope="col">Group</th>${READ.map((field) => html`<th class="number" scope="col">${WORDS[field]}</th>`)}</tr></thead>
<tbody>${groups.slice(0, 50).map(
    (entry) => html`<tr><th scope="row"><bdi>${entry.of}</bdi></th>${READ.map((field) => numberCell(entry, field))}</tr>
`,
  )}</tbody></table></div>${rest > 0 && html`<p class="note">${plural(rest, 'more group')} in the JSON result.</p>`}`;
}

export function histogramsSection(result: RunResult, id: string): Html {
  if (result.histograms.length === 0) return html``;
  const rest = result.histograms.length - MAX_HISTOGRAMS;
  const columns = ['min', 'mean', 'p50', 'p95', 'p99', 'p999', 'max'] as const;
  return html`<section id="${id}-distributions">
<h3>Distributions</h3>
${result.scenario.warmupUs > 0 && html`<p class="note">Over the judged time: the warm-up is left out.</p>`}
<div class="scroll"><table>
<thead><tr><th scope="col">Metric</th><th scope="col">Of</th><th class="number" scope="col">Samples</th>${columns.map((column) => html`<th class="number" scope="col">${column === 'p999' ? 'p99.9' : column}</th>`)}</tr></thead>
<tbody>${result.histograms.slice(0, MAX_HISTOGRAMS).map(
    (
      one,
    ) => html`<tr><th scope="row" class="nowrap">${one.metric}</th><td><bdi>${one.of}</bdi></td><td class="number">${formatCount(one.count)}</td>${columns.map((column) => html`<td class="number">${one.count === 0 ? '—' : formatQuantity(one[column], one.unit)}</td>`)}</tr>
`,
  )}</tbody></table></div>${rest > 0 && html`<p class="note">${plural(rest, 'more distribution')} in the JSON result.</p>`}
</section>
`;
}
