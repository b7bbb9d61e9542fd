import type { RealisedFailure } from '../../result/runResult.ts';
import { type Html, html } from './html.ts';
import { px, type Scale } from './scales.ts';

/** At most so many bands in a chart: a day of random failures would paint it over. */
const MAX_BANDS = 60;

/** The shade behind a chart while a failure is in force. */
export function failureShades(
  failures: readonly RealisedFailure[],
  endUs: number,
  x: Scale,
  top: number,
  bottom: number,
): Html {
  return html`${failures.slice(0, MAX_BANDS).map((failure) => {
    const from = x(failure.fromUs);
    const width = Math.max(x(failure.toUs ?? endUs) - from, 1);
    return html`<rect class="force" x="${px(from)}" y="${top}" width="${px(width)}" height="${bottom - top}"/><path class="force-edge" d="M${px(from)} ${top}V${bottom}"/>`;
  })}`;
}

/** Instants along the bottom, with a grid line up through the chart. */
export function timeAxis(x: Scale, top: number, bottom: number): Html {
  return html`${x.ticks.map(({ value, label }, index) => {
    const at = px(x(value));
    const atRight = x(Number.MAX_VALUE) - x(value) < 12;
    const anchor = index === 0 ? 'start' : atRight ? 'end' : 'middle';
    return html`<path class="grid" d="M${at} ${top}V${bottom}"/><text x="${at}" y="${bottom + 15}" text-anchor="${anchor}">${label}</text>`;
  })}<path class="axis" d="M${px(x(0))} ${bottom}H${px(x(Number.MAX_VALUE))}"/>`;
}
