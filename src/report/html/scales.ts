import { formatDuration, formatInstant, formatQuantity, type QuantityUnit } from '../text/numbers.ts';

/** Maps values to pixels, with the values worth a tick. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly { value: number; label: string }[];
  readonly kind: 'linear' | 'log';
}

const SECOND = 1_000_000;
const TIME_STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((s) => s * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((min) => min * 60 * SECOND),
  ...[1, 2, 3, 6, 12].map((h) => h * 3600 * SECOND),
  ...[1, 2, 5, 10, 30, 100, 365].map((d) => d * 86_400 * SECOND),
];

/** The run's time from left to right; at most `count` intervals between round instants. */
export function timeScale(endUs: number, left: number, right: number, count = 8): Scale {
  const end = Math.max(endUs, 1);
  const round = end < count * SECOND ? undefined : TIME_STEPS.find((one) => end / one <= count);
  const step = round ?? Math.max(niceStep(end / count), 1);
  const label = end < 10_000 ? formatDuration : formatInstant;
  const scale = (us: number) => left + ((right - left) * Math.min(Math.max(us, 0), end)) / end;
  return Object.assign(scale, {
    ticks: ticksUpTo(end, step).map((value) => ({ value, label: label(value) })),
    kind: 'linear' as const,
  });
}

/** From zero (or the smallest value below it) up to a round number. */
export function linearScale(min: number, max: number, bottom: number, top: number, unit: QuantityUnit): Scale {
  const low = Math.min(0, min);
  const nice = niceStep(Math.max(max - low, unit === 'share' ? 0.01 : 1) / 4);
  // There is no half partition and no half record.
  const step = unit === 'count' || unit === 'records' ? Math.max(nice, 1) : nice;
  const start = Math.floor(low / step) * step;
  const end = Math.max(Math.ceil(max / step) * step, start + step);
  const scale = (value: number) => bottom + ((top - bottom) * (value - start)) / (end - start);
  const ticks = ticksUpTo(end - start, step).map((value) => ({
    value: start + value,
    label: formatQuantity(start + value, unit),
  }));
  return Object.assign(scale, { ticks, kind: 'linear' as const });
}

/** Whole powers of ten around positive values; what is below the lowest sits on the axis. */
export function logScale(min: number, max: number, bottom: number, top: number, unit: QuantityUnit): Scale {
  const low = Math.floor(Math.log10(Math.max(min, 1)));
  const high = Math.max(Math.ceil(Math.log10(Math.max(max, 1))), low + 1);
  const scale = (value: number) =>
    bottom + ((top - bottom) * (Math.max(Math.log10(Math.max(value, 1)), low) - low)) / (high - low);
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => Number(`1e${low + index}`)).map((value) => ({
    value,
    label: formatQuantity(value, unit),
  }));
  return Object.assign(scale, { ticks, kind: 'log' as const });
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
export function niceStep(rough: number): number {
  const power = Number(`1e${Math.floor(Math.log10(Math.max(rough, 1e-9)))}`);
  return ([1, 2, 5].find((factor) => factor * power >= rough * 0.999999) ?? 10) * power;
}

function ticksUpTo(end: number, step: number): number[] {
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, index) => Math.round(index * step * 1e6) / 1e6);
}

/** A coordinate with one decimal: enough for a screen, short in the file. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
