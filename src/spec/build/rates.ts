import type { RatePoint } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { View } from './view.ts';

const DAY_US = 86_400_000_000;
const MINUTE_US = 60_000_000;
/** A daily wave is drawn with this many straight pieces a period: within 1.3 % of the cosine. */
const PIECES = 24;
const MAX_POINTS = 20_000;

/** One rate, a curve, or a daily or bursty wave, as points over the scenario's duration. */
export function buildRate(view: View, durationUs: number, diagnostics: Diagnostics): RatePoint[] {
  if (view.node?.kind === 'list') return buildCurve(view, diagnostics);
  if (view.node?.kind === 'map') return buildWave(view, durationUs, diagnostics);
  return [{ atUs: 0, recordsPerSec: view.recordsPerSec ?? 0, shape: 'step' }];
}

function buildCurve(view: View, diagnostics: Diagnostics): RatePoint[] {
  const points: RatePoint[] = view.items.map((item) => ({
    atUs: item.at('at').durationUs ?? 0,
    recordsPerSec: item.at('rate').recordsPerSec ?? 0,
    shape: item.at('shape').text === 'ramp' ? 'ramp' : 'step',
  }));
  for (const [index, item] of view.items.entries()) {
    if (index > 0 && points[index]!.atUs <= points[index - 1]!.atUs) {
      diagnostics.error('SP1152', item.at('at').span, 'the points of a curve follow each other in time');
    }
  }
  const [first] = points;
  return first && first.atUs > 0 ? [{ atUs: 0, recordsPerSec: 0, shape: 'step' }, ...points] : points;
}

function buildWave(view: View, durationUs: number, diagnostics: Diagnostics): RatePoint[] {
  const [base, peak] = [view.at('base').recordsPerSec ?? 0, view.at('peak').recordsPerSec ?? 0];
  const isBursty = view.at('shape').text === 'bursty';
  const periodUs = view.at('period').durationUs ?? (isBursty ? MINUTE_US : DAY_US);
  const pieces = isBursty ? 2 : PIECES;
  if (peak < base) diagnostics.error('SP1152', view.at('peak').span, 'the peak is lower than the base');
  if (periodUs < 1000 * pieces || (durationUs / periodUs) * pieces > MAX_POINTS) {
    diagnostics.error(
      'SP1152',
      view.at('period').span,
      `the period is too short: more than ${MAX_POINTS} changes of the rate`,
    );
    return [{ atUs: 0, recordsPerSec: base, shape: 'step' }];
  }
  return isBursty ? burstPoints(base, peak, periodUs, durationUs) : dailyPoints(base, peak, periodUs, durationUs);
}

function burstPoints(base: number, peak: number, periodUs: number, durationUs: number): RatePoint[] {
  const points: RatePoint[] = [];
  for (let startUs = 0; startUs < durationUs; startUs += periodUs) {
    points.push({ atUs: startUs, recordsPerSec: peak, shape: 'step' });
    points.push({ atUs: startUs + Math.round(periodUs / 10), recordsPerSec: base, shape: 'step' });
  }
  return points;
}

function dailyPoints(base: number, peak: number, periodUs: number, durationUs: number): RatePoint[] {
  const points: RatePoint[] = [];
  for (let piece = 0; (piece - 1) * (periodUs / PIECES) < durationUs; piece++) {
    const height = (1 - Math.cos((2 * Math.PI * piece) / PIECES)) / 2;
    const recordsPerSec = Math.round(1000 * (base + (peak - base) * height)) / 1000;
    points.push({ atUs: Math.round((piece * periodUs) / PIECES), recordsPerSec, shape: 'ramp' });
  }
  return points;
}
