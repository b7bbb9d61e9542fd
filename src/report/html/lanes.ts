import type { PartitionLane, RunResult } from '../../result/runResult.ts';
import { cleanText } from '../text/clean.ts';
import { truncate } from '../text/columns.ts';
import { formatInstant, plural } from '../text/numbers.ts';
import { failureShades, timeAxis } from './failureBands.ts';
import { type Html, html } from './html.ts';
import { px, type Scale, timeScale } from './scales.ts';

const WIDTH = 960;
const LEFT = 132;
const RIGHT = WIDTH - 16;
const BAR = 13;
const STRIP = 3;
const STRIP_STEP = 4.5;
const MAX_LANES = 24;
const MAX_SPANS_PER_LANE = 300;
const MAX_TABLE_ROWS = 200;
const PALETTE = 8;

type Span = PartitionLane['spans'][number];

/** Who led each partition and who was in sync: a bar for the leader, a thin line for each replica in the ISR. */
export function lanesSection(result: RunResult, id: string): Html {
  if (result.partitions.length === 0) return html``;
  const shown = mostEventful(result.partitions);
  const brokers = [...new Set(result.partitions.flatMap((lane) => lane.replicas))].sort((a, b) => a - b);
  const colorOf = new Map(brokers.map((broker, index) => [broker, index % PALETTE]));
  const cut = shown.filter((lane) => lane.spans.length > MAX_SPANS_PER_LANE).length;
  const hidden = result.partitions.length - shown.length;
  return html`<section id="${id}-partitions">
<h3>Leaders and in-sync replicas</h3>
<p>The bar is the partition leader. Under it, one line for each replica, in the order of the assignment: solid while the replica is in the ISR, dashed while it is not.</p>
${legend(brokers, colorOf)}
${hidden > 0 && html`<p class="note">The ${shown.length} most eventful of ${plural(result.partitions.length, 'partition')} are drawn; the JSON result has all.</p>`}
<div class="scroll" tabindex="0" role="region" aria-label="Leaders and in-sync replicas">${drawing(result, shown, colorOf, id)}</div>
${cut > 0 && html`<p class="note">Of ${plural(cut, 'partition')} only the first ${MAX_SPANS_PER_LANE} changes are drawn.</p>`}
${spansTable(shown)}
</section>
`;
}

/** Patterns shared by all lanes of the page: a broker is told by its label and pattern as well as its colour. */
export function lanePatterns(): Html {
  const strokes = [
    '',
    'M-2 10L10 -2M4 16L16 4',
    'M0 3H12M0 9H12',
    'M-2 2L10 14M4 -4L16 8',
    'M3 0V12M9 0V12',
    'M2 2h3v3h-3zM8 8h3v3h-3z',
    'M0 0L12 12M0 12L12 0',
    'M0 6H12',
  ];
  return html`<svg width="0" height="0" aria-hidden="true" focusable="false" class="defs"><defs>
${strokes.map((d, index) => html`<pattern id="broker-${index}" width="12" height="12" patternUnits="userSpaceOnUse"><rect class="paper" width="12" height="12"/><rect class="b${index} tint" width="12" height="12"/>${d !== '' && html`<path class="stroke" d="${d}"/>`}</pattern>`)}
<pattern id="no-leader" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern>
</defs></svg>
`;
}

function mostEventful(lanes: readonly PartitionLane[]): PartitionLane[] {
  if (lanes.length <= MAX_LANES) return [...lanes];
  const weight = (lane: PartitionLane) =>
    lane.spans.length + (lane.spans.some((span) => span.leader === null) ? 1000 : 0);
  const kept = new Set([...lanes].sort((a, b) => weight(b) - weight(a)).slice(0, MAX_LANES));
  return lanes.filter((lane) => kept.has(lane));
}

function legend(brokers: readonly number[], colorOf: ReadonlyMap<number, number>): Html {
  const swatch = (shape: Html, text: string) =>
    html`<li><svg viewBox="0 0 28 13" aria-hidden="true">${shape}</svg>${text}</li>`;
  return html`<ul class="legend">
${brokers.slice(0, PALETTE).map((broker) => {
  const color = colorOf.get(broker) ?? 0;
  return swatch(
    html`<rect fill="url(#broker-${color})" width="28" height="13"/><rect class="b${color}" width="3" height="13"/>`,
    `broker ${broker}`,
  );
})}
${brokers.length > PALETTE && html`<li>colours repeat after ${PALETTE} brokers; the labels tell</li>`}
${swatch(html`<rect class="leaderless" x=".5" y=".5" width="27" height="12"/><rect fill="url(#no-leader)" width="28" height="13"/>`, 'no leader')}
${swatch(html`<path class="out" d="M0 6.5H28"/>`, 'not in the ISR')}
</ul>`;
}

function drawing(
  result: RunResult,
  lanes: readonly PartitionLane[],
  colorOf: ReadonlyMap<number, number>,
  id: string,
): Html {
  const x = timeScale(result.simulatedUs, LEFT, RIGHT, 10);
  const heights = lanes.map((lane) => BAR + 4 + Math.max(lane.replicas.length, 3) * STRIP_STEP + 10);
  const tops = heights.map((_, index) => 6 + heights.slice(0, index).reduce((sum, height) => sum + height, 0));
  const bottom = 6 + heights.reduce((sum, height) => sum + height, 0);
  return html`<svg class="wide" viewBox="0 0 ${WIDTH} ${bottom + 24}" role="img" aria-labelledby="${id}-lanes-title">
<title id="${id}-lanes-title">Leader and in-sync replicas of each partition over time; the table below tells the same</title>
${timeAxis(x, 0, bottom)}${failureShades(result.failures, result.simulatedUs, x, 0, bottom)}
${lanes.map((lane, index) => laneRow(lane, x, tops[index] ?? 0, colorOf))}
</svg>`;
}

function laneRow(lane: PartitionLane, x: Scale, top: number, colorOf: ReadonlyMap<number, number>): Html {
  const spans = lane.spans.slice(0, MAX_SPANS_PER_LANE);
  const label = `${truncate(cleanText(lane.topic), 16)}-${lane.partition}`;
  return html`<g><text class="ink" x="0" y="${px(top + 11)}">${label}</text><text x="0" y="${px(top + 25)}">${truncate(`on ${lane.replicas.join(', ')}`, 22)}</text>
${leaderRuns(spans).map((run) => leaderBar(run, x, top, colorOf))}
${lane.replicas.map((replica, slot) => isrStrip(replica, spans, x, px(top + BAR + 4 + slot * STRIP_STEP), colorOf))}</g>
`;
}

/** Neighbouring spans of the same leader in the same leader epoch, as one: only the ISR changed between them. */
function leaderRuns(spans: readonly Span[]): Span[] {
  const runs: Span[] = [];
  for (const span of spans) {
    const last = runs.at(-1);
    if (
      last !== undefined &&
      last.leader === span.leader &&
      last.leaderEpoch === span.leaderEpoch &&
      last.toUs === span.fromUs
    ) {
      runs[runs.length - 1] = { ...last, toUs: span.toUs };
    } else {
      runs.push(span);
    }
  }
  return runs;
}

function leaderBar(run: Span, x: Scale, top: number, colorOf: ReadonlyMap<number, number>): Html {
  const from = x(run.fromUs);
  const width = Math.max(x(run.toUs) - from, 1);
  const box = html`x="${px(from)}" y="${px(top)}" width="${px(width)}" height="${BAR}"`;
  if (run.leader === null) {
    const word = width > 58 ? 'no leader' : width > 34 ? 'none' : '';
    return html`<rect class="leaderless" ${box}/><rect fill="url(#no-leader)" fill-opacity=".35" ${box}/>${word !== '' && html`<text class="none" x="${px(from + width / 2)}" y="${px(top + 10.5)}" text-anchor="middle">${word}</text>`}`;
  }
  const color = colorOf.get(run.leader) ?? 0;
  const text = width > 64 ? `broker ${run.leader}` : width > 16 ? String(run.leader) : '';
  return html`<rect fill="url(#broker-${color})" ${box}/><rect class="b${color}" x="${px(from)}" y="${px(top)}" width="${px(Math.min(3, width))}" height="${BAR}"/>${text !== '' && html`<text class="ink" x="${px(from + 7)}" y="${px(top + 10.5)}">${text}</text>`}`;
}

function isrStrip(
  replica: number,
  spans: readonly Span[],
  x: Scale,
  y: string,
  colorOf: ReadonlyMap<number, number>,
): Html {
  const color = colorOf.get(replica) ?? 0;
  const runs: { fromUs: number; toUs: number; inSync: boolean }[] = [];
  for (const span of spans) {
    const inSync = span.isr.includes(replica);
    const last = runs.at(-1);
    if (last !== undefined && last.inSync === inSync && last.toUs === span.fromUs) last.toUs = span.toUs;
    else runs.push({ fromUs: span.fromUs, toUs: span.toUs, inSync });
  }
  return html`${runs.map((run) => {
    const from = x(run.fromUs);
    const width = Math.max(x(run.toUs) - from, 0.5);
    if (run.inSync)
      return html`<rect class="b${color}" x="${px(from)}" y="${y}" width="${px(width)}" height="${STRIP}"/>`;
    return html`<path class="out" d="M${px(from)} ${px(Number(y) + STRIP / 2)}h${px(width)}"/>`;
  })}`;
}

function spansTable(lanes: readonly PartitionLane[]): Html {
  const rows = lanes.flatMap((lane) => lane.spans.map((span) => ({ lane, span })));
  const rest = rows.length - MAX_TABLE_ROWS;
  return html`<details><summary>The same as a table</summary><div class="scroll"><table>
<thead><tr><th scope="col">Partition</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Leader</th><th scope="col">ISR</th><th class="number" scope="col">Leader epoch</th></tr></thead><tbody>
${rows.slice(0, MAX_TABLE_ROWS).map(
  ({
    lane,
    span,
  }) => html`<tr><th scope="row">${lane.topic}-${lane.partition}</th><td class="nowrap">${formatInstant(span.fromUs)}</td><td class="nowrap">${formatInstant(span.toUs)}</td><td>${span.leader ?? 'none'}</td><td>${span.isr.join(', ')}</td><td class="number">${span.leaderEpoch}</td></tr>
`,
)}</tbody></table></div>${rest > 0 && html`<p class="note">${plural(rest, 'more row')} in the JSON result.</p>`}</details>`;
}
