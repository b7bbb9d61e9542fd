import type { RunResult, TimelineEntry } from '../../result/runResult.ts';
import { cleanText } from '../text/clean.ts';
import { truncate } from '../text/columns.ts';
import { formatDuration, formatInstant, plural } from '../text/numbers.ts';
import { failureShades, mergeSpans, timeAxis } from './failureBands.ts';
import { type Html, html } from './html.ts';
import { notableEvents } from './notableEvents.ts';
import { px, type Scale, timeScale } from './scales.ts';

const WIDTH = 960;
const LEFT = 132;
const RIGHT = WIDTH - 16;
const BAND_STEP = 22;
const MARK_STEP = 22;
const MAX_BANDS = 24;
const MAX_NOTABLE = 40;
const MAX_LISTED = 300;
const MAX_STEPS = 50;
const SEVERITY_WORD = { critical: '▲ critical', warning: '△ warning', notice: '• notice', info: '· info' } as const;

/** All occurrences of one failure or operation. */
interface Band {
  name: string;
  kind: 'failure' | 'operation';
  times: { fromUs: number; toUs: number | null }[];
}

/** What happened, as bands and numbered marks over the run's time, then the same events as a list. */
export function timelineSection(result: RunResult, id: string): Html {
  if (result.timeline.length + result.failures.length + result.operations.length === 0) return html``;
  const notable = notableEvents(result, MAX_NOTABLE);
  const numbers = new Map(notable.map((entry, index) => [entry.id, index + 1]));
  const entries = new Map(result.timeline.map((entry) => [entry.id, entry]));
  const nearestCause = (entry: TimelineEntry): number | undefined => {
    let cause = entry.cause;
    // A cause lies before its effect; the limit keeps a result written by somebody else from going in circles.
    for (let step = 0; step < MAX_STEPS && cause >= 0; step++) {
      const number = numbers.get(cause);
      if (number !== undefined) return number;
      cause = entries.get(cause)?.cause ?? -1;
    }
    return undefined;
  };
  const more = result.timeline.length - notable.length;
  return html`<section id="${id}-timeline">
<h3>What happened</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Timeline">${drawing(result, notable, id)}</div>
<div class="scroll"><table>
<thead><tr><th class="number" scope="col">No.</th><th scope="col">When</th><th scope="col">Event</th><th scope="col">Weight</th><th scope="col">Caused by</th></tr></thead>
<tbody>${notable.map((entry) => row(entry, numbers.get(entry.id), nearestCause(entry)))}</tbody>
</table></div>
${more > 0 && everyEntry(result.timeline, notable.length)}
${result.timelineOmitted > 0 && html`<p class="note">${plural(result.timelineOmitted, 'event')} of little weight left out when the result was written.</p>`}
</section>
`;
}

function drawing(result: RunResult, notable: readonly TimelineEntry[], id: string): Html {
  const x = timeScale(result.simulatedUs, LEFT, RIGHT, 10);
  const bands = bandsOf(result);
  const shown = bands.slice(0, MAX_BANDS);
  const levels = markLevels(notable, x);
  const marksTop = 8;
  const bandsTop = marksTop + (Math.max(0, ...levels) + 1) * MARK_STEP + 8;
  const bottom = bandsTop + shown.length * BAND_STEP + 6;
  return html`<svg class="wide" viewBox="0 0 ${WIDTH} ${bottom + 24}" role="img" aria-labelledby="${id}-timeline-title">
<title id="${id}-timeline-title">Failures and operations as bands, notable events as numbered marks; the table below tells the same</title>
${failureShades(result.failures, result.simulatedUs, x, marksTop, bottom)}${timeAxis(x, marksTop, bottom)}
<text x="0" y="${marksTop + 15}">events</text>
${notable.map((entry, index) => mark(entry, index + 1, x(entry.atUs), marksTop + (levels[index] ?? 0) * MARK_STEP + 11, bandsTop))}
${shown.map((band, index) => bandRow(band, result.simulatedUs, x, bandsTop + index * BAND_STEP))}
</svg>${bands.length > shown.length && html`<p class="note">${plural(bands.length - shown.length, 'more band')} not drawn.</p>`}`;
}

function bandsOf(result: RunResult): Band[] {
  const bands = new Map<string, Band>();
  const add = (kind: Band['kind'], name: string, fromUs: number, toUs: number | null) => {
    const band = bands.get(`${kind} ${name}`) ?? { name, kind, times: [] };
    band.times.push({ fromUs, toUs });
    bands.set(`${kind} ${name}`, band);
  };
  for (const { name, fromUs, toUs } of result.failures) add('failure', name, fromUs, toUs);
  for (const { name, fromUs, toUs } of result.operations) add('operation', name, fromUs, toUs);
  return [...bands.values()];
}

function bandRow(band: Band, endUs: number, x: Scale, top: number): Html {
  const spans = band.times.map(({ fromUs, toUs }) => ({ from: x(fromUs), to: x(toUs ?? endUs) }));
  const many = band.times.length > 1;
  const name = truncate(cleanText(band.name), many ? 16 : 21) + (many ? ` ×${band.times.length}` : '');
  const boxes = mergeSpans(spans).map(
    ({ from, to }) =>
      html`<rect class="band ${band.kind}" x="${px(from)}" y="${top + 2}" width="${px(Math.max(to - from, 2))}" height="13" rx="1.5"/>`,
  );
  return html`<text class="ink" x="0" y="${top + 12}">${name}</text>${boxes}${!many && lastsLabel(band, spans[0]!, top)}
`;
}

function lastsLabel(band: Band, { from, to }: { from: number; to: number }, top: number): Html {
  const { fromUs, toUs } = band.times[0]!;
  const lasts = toUs === null ? 'until the end' : formatDuration(toUs - fromUs);
  if (RIGHT - to > 90) return html`<text x="${px(to + 6)}" y="${top + 12}">${lasts}</text>`;
  return html`<text x="${px(from - 6)}" y="${top + 12}" text-anchor="end">${lasts}</text>`;
}

/** Lowest free row for each mark, so that events a moment apart stay apart. */
function markLevels(entries: readonly TimelineEntry[], x: Scale): number[] {
  const lastAt: number[] = [];
  return entries.map((entry) => {
    const at = x(entry.atUs);
    const free = lastAt.findIndex((last) => at - last >= 21);
    const level = free >= 0 ? free : lastAt.length < 5 ? lastAt.length : lastAt.indexOf(Math.min(...lastAt));
    lastAt[level] = at;
    return level;
  });
}

function mark(entry: TimelineEntry, number: number, at: number, y: number, bottom: number): Html {
  const textClass = entry.severity === 'critical' ? 'on-critical' : 'ink';
  const r = 9;
  const shape =
    entry.severity === 'info' || entry.severity === 'notice'
      ? html`<circle class="mark" cx="${px(at)}" cy="${y}" r="${r}"/>`
      : html`<rect class="mark ${entry.severity}" x="${px(at - r)}" y="${y - r}" width="${2 * r}" height="${2 * r}" rx="2"/>`;
  return html`<path class="stem" d="M${px(at)} ${y + r}V${bottom - 4}"/>${shape}<text class="${textClass}" x="${px(at)}" y="${y + 4}" text-anchor="middle">${number}</text>
`;
}

function row(entry: TimelineEntry, number: number | undefined, cause: number | undefined): Html {
  return html`<tr><td class="number">${number ?? ''}</td><td class="nowrap">${formatInstant(entry.atUs)}</td><td>${entry.text}</td><td class="nowrap muted">${SEVERITY_WORD[entry.severity]}</td><td class="nowrap muted">${cause !== undefined && `no. ${cause}`}</td></tr>
`;
}

function everyEntry(timeline: readonly TimelineEntry[], shown: number): Html {
  const rest = timeline.length - MAX_LISTED;
  return html`<details><summary>All ${plural(timeline.length, 'recorded event')}, of which ${shown} are numbered above</summary>
<table><thead><tr><th scope="col">When</th><th scope="col">Event</th><th scope="col">Weight</th></tr></thead><tbody>
${timeline.slice(0, MAX_LISTED).map(
  (
    entry,
  ) => html`<tr><td class="nowrap">${formatInstant(entry.atUs)}</td><td>${entry.text}</td><td class="nowrap muted">${SEVERITY_WORD[entry.severity]}</td></tr>
`,
)}</tbody></table>
${rest > 0 && html`<p class="note">${plural(rest, 'more event')} in the JSON result.</p>`}</details>`;
}
