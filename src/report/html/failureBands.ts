import type { RealisedFailure } from '../../result/runResult.ts';
import { type Html, html } from './html.ts';
import { px, type Scale } from './scales.ts';

/** The shade behind a chart while any failure is in force. Overlapping failures make one shade, not a darker one. */
export function failureShades(
  failures: readonly RealisedFailure[],
  endUs: number,
  x: Scale,
  top: number,
  bottom: number,
): Html {
  const spans = failures.map(({ fromUs, toUs }) => ({ from: x(fromUs), to: x(toUs ?? endUs) }));
  return html`${mergeSpans(spans).map(
    ({ from, to }) =>
      html`<rect class="force" x="${px(from)}" y="${top}" width="${px(Math.max(to - from, 1))}" height="${bottom - top}"/><path class="force-edge" d="M${px(from)} ${top}V${bottom}"/>`,
  )}`;
}

/** Spans that overlap or come within a pixel of each other, joined: never more than the drawing has pixels. */
export function mergeSpans(spans: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const merged: { from: number; to: number }[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to + 1) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
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
