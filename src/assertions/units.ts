import type { Unit } from '../metrics/meters/meter.ts';

/** A number with its unit, as the language would write it: `9.4s`, `60ms`, `1.5MB`, `2.1k/s`, `99.95%`. */
export function show(value: number, unit: Unit): string {
  switch (unit) {
    case 'us':
      return showDuration(value);
    case 'share':
      return `${rounded(value * 100, 4)}%`;
    case 'bytes':
      return scaled(value, ['B', 'kB', 'MB', 'GB', 'TB']);
    case 'bytes/s':
      return `${scaled(value, ['B', 'kB', 'MB', 'GB', 'TB'])}/s`;
    case 'records/s':
      return `${scaled(value, ['', 'k', 'M', 'G'])}/s`;
    default:
      return `${rounded(value, 3)}`;
  }
}

export function showDuration(us: number): string {
  if (us === 0) return '0s';
  if (us < 1000) return `${rounded(us, 1)}us`;
  if (us < 1_000_000) return `${rounded(us / 1000, 3)}ms`;
  return `${rounded(us / 1_000_000, 3)}s`;
}

function scaled(value: number, names: readonly string[]): string {
  let place = 0;
  let rest = value;
  while (rest >= 1000 && place < names.length - 1) {
    rest /= 1000;
    place++;
  }
  return `${rounded(rest, 2)}${names[place]}`;
}

function rounded(value: number, digits: number): number {
  const scale = [1, 10, 100, 1000, 10_000][digits]!;
  return Math.round(value * scale) / scale;
}
