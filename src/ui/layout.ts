import { formatCount, formatInstant } from '../report/text/numbers.ts';
import { STATUS_SYMBOL, tallyText } from '../report/text/status.ts';
import type { RunProgress } from '../runner/progress.ts';
import { brokerLines, partitionCells } from './clusterMap.ts';
import { cutTo, type Line, segment, type Tone } from './line.ts';
import { jobCount, runningJobs, shownJob, titleOfJob, type ViewState } from './viewState.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const VERDICT_TONE: Readonly<Record<string, Tone>> = {
  passed: 'good',
  failed: 'bad',
  inconclusive: 'warn',
  interrupted: 'warn',
  open: 'dim',
};

/**
 * The live region, top to bottom: never more than `rows - 2` lines and never wider than `columns`. A taller one
 * would make Ink wipe the whole terminal, its history included, at every frame.
 *
 * What does not cutTo is left out in this order: partitions, verdicts, failures, brokers.
 */
export function layout(state: ViewState, { columns, rows }: Size): Line[] {
  const width = Math.max(20, columns - 1);
  const room = Math.max(3, rows - 2);
  const job = shownJob(state);
  const progress = job === null ? undefined : state.running.get(job);
  const lines = [statusLine(state)];
  if (job !== null && progress !== undefined) {
    lines.push(titleLine(state, job), barLine(progress, width));
    lines.push(...body(progress, state.scroll, width, room - lines.length - 1));
  }
  lines.push(keyLine(state));
  return lines.slice(-room).map((line) => cutTo(line, width));
}

function statusLine(state: ViewState): Line {
  const total = jobCount(state);
  const done = state.finished.length;
  const tally = done === 0 ? '' : `  ${tallyText(state.finished.map(({ outcome }) => outcome))}`;
  const mode = state.isStopping ? 'stopping' : state.isPaused ? 'paused' : '';
  return [
    segment('streamproof ', 'strong'),
    segment(`${formatCount(done)} of ${formatCount(total)} runs done`),
    segment(tally, 'dim'),
    segment(mode === '' ? '' : `  ${mode}`, 'warn'),
  ];
}

function titleLine(state: ViewState, job: number): Line {
  const jobs = runningJobs(state);
  const which = jobs.length > 1 ? `  (${jobs.indexOf(job) + 1} of ${jobs.length} running)` : '';
  return [segment('▶ '), segment(titleOfJob(state, job), 'strong'), segment(which, 'dim')];
}

function barLine(progress: RunProgress, width: number): Line {
  const share = progress.durationUs === 0 ? 1 : Math.min(1, progress.nowUs / progress.durationUs);
  const clock = `${formatInstant(progress.nowUs)} of ${formatInstant(progress.durationUs)}`;
  const speed = progress.wallMs < 1 ? 0 : progress.nowUs / 1000 / progress.wallMs;
  const text = `${String(Math.floor(share * 100)).padStart(4)}%  ${clock}  ${formatCount(roundSpeed(speed))}× real time`;
  const barWidth = Math.max(5, Math.min(30, width - text.length - 2));
  const filled = Math.floor(share * barWidth);
  return [segment('━'.repeat(filled), 'good'), segment('─'.repeat(barWidth - filled), 'dim'), segment(text)];
}

function roundSpeed(speed: number): number {
  return speed < 10 ? Math.round(speed * 10) / 10 : Math.round(speed);
}

function body(progress: RunProgress, scroll: number, width: number, room: number): Line[] {
  const spacing = room >= 14 ? 1 : 0;
  const failures = failureLines(progress, Math.min(2, Math.floor(room / 4)));
  const verdicts = verdictLines(progress, Math.max(1, Math.floor(room / 3)));
  const brokers = brokerLines(progress, width, Math.max(1, Math.floor(room / 4)));
  const left = room - failures.length - verdicts.length - brokers.length - 3 * spacing;
  const partitions = partitionWindow(progress, scroll, width, left);
  const blocks = [brokers, partitions, failures, verdicts].filter((block) => block.length > 0);
  const gap: Line[] = spacing === 1 ? [[segment(' ')]] : [];
  return blocks.flatMap((block, index) => (index === 0 ? block : [...gap, ...block])).slice(0, Math.max(0, room));
}

function partitionWindow(progress: RunProgress, scroll: number, width: number, room: number): Line[] {
  const rows = partitionCells(progress, width);
  if (room < 1 || rows.length === 0) return [];
  if (rows.length <= room) return rows;
  const shown = Math.max(1, room - 1);
  const top = Math.min(scroll, rows.length - shown);
  const hint = `rows ${top + 1}–${top + shown} of ${rows.length} (↑↓)`;
  return [...rows.slice(top, top + shown), ...(room > 1 ? [[segment(hint, 'dim')]] : [])];
}

function failureLines(progress: RunProgress, room: number): Line[] {
  const { failuresInForce: names } = progress;
  if (names.length === 0 || room < 1) return [];
  const shown = names.length > room ? names.slice(0, room - 1) : names;
  const lines: Line[] = shown.map((name) => [segment('⚡ ', 'bad'), segment(name, 'bad')]);
  if (shown.length < names.length) {
    lines.push([segment(`⚡ ${names.length - shown.length} failures in force`, 'bad')]);
  }
  return lines;
}

/** What has turned comes first: a person waits for those. */
function verdictLines(progress: RunProgress, room: number): Line[] {
  const order = ['failed', 'inconclusive', 'passed', 'open'];
  const sorted = order.flatMap((status) => progress.expectations.filter((one) => one.status === status));
  const shown = sorted.length > room ? sorted.slice(0, room - 1) : sorted;
  const lines: Line[] = shown.map(({ name, status }) => {
    const symbol = status === 'open' ? '·' : STATUS_SYMBOL[status];
    return [segment(`${symbol} ${status.padEnd(13)}`, VERDICT_TONE[status] ?? 'plain'), segment(name)];
  });
  const rest = sorted.length - shown.length;
  if (rest > 0 && room > 0) lines.push([segment(`  and ${rest} more expectations`, 'dim')]);
  return lines;
}

function keyLine(state: ViewState): Line {
  const pause = state.isPaused ? 'space go on' : 'space pause';
  const keys = [`q quit`, pause, '↑↓ scroll', ...(state.running.size > 1 ? ['←→ scenario'] : [])];
  return [segment(keys.join('  '), 'dim')];
}
