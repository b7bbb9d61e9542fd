/**
 * How numbers are written everywhere: in the terminal, in reports and in the live view. No locale: the same bytes
 * on every machine. A number and its unit are separated by a space; thousands by a narrow no-break space.
 */
const THIN_SPACE = '\u202f';
const MS = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A whole number with thin grouping: `1 204 388`; a fraction keeps at most two decimals. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return '—';
  const rounded = Math.round(value * 100) / 100;
  const [whole = '0', fraction] = Math.abs(rounded).toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  const decimals = (fraction ?? '').replace(/0+$/, '');
  return (rounded < 0 ? '−' : '') + grouped + (decimals === '' ? '' : `.${decimals}`);
}

/** A length of time: `250 µs`, `8.4 ms`, `41.2 s`, `3 min 5 s`, `2 h 10 min`, `30 d`. */
export function formatDuration(us: number): string {
  if (!Number.isFinite(us)) return '—';
  if (us === 0) return '0 s';
  if (us < 0) return `−${formatDuration(-us)}`;
  if (us < 999.5) return `${Math.round(us)} µs`;
  if (us < 999.5 * MS) return `${threeDigits(us / MS)} ms`;
  if (us < 59.95 * SECOND) return `${threeDigits(us / SECOND)} s`;
  // Round once, to the smallest unit that will be shown, so that "59.6 s" never stands beside "1 min".
  if (us < HOUR - SECOND / 2) return twoUnits(Math.round(us / SECOND), 60, 'min', 's');
  if (us < DAY - MINUTE / 2) return twoUnits(Math.round(us / MINUTE), 60, 'h', 'min');
  return twoUnits(Math.round(us / HOUR), 24, 'd', 'h');
}

/** A moment of the run, in seconds while that reads well: `40.215 s`, then `12 min 3.5 s`, `26 h 4 min 9 s`. */
export function formatInstant(us: number): string {
  if (!Number.isFinite(us)) return '—';
  if (us < 10 * MINUTE) return `${trimZeros((Math.round(us / MS) / 1000).toFixed(3))} s`;
  const tenths = Math.round(us / (SECOND / 10));
  const minutes = Math.floor(tenths / 600);
  const seconds = minutes < 60 ? (tenths - minutes * 600) / 10 : Math.floor((tenths - minutes * 600) / 10);
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)} h` : '',
    minutes % 60 > 0 ? `${minutes % 60} min` : '',
    seconds > 0 ? `${trimZeros(seconds.toFixed(1))} s` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A share 0..1 as percent: `99.95%`; never says 100% or 0% of something that is not quite that. */
export function formatPercent(share: number): string {
  if (!Number.isFinite(share)) return '—';
  const percent = share * 100;
  for (let digits = 2; digits <= 6; digits++) {
    const text = trimZeros(percent.toFixed(digits));
    if ((text !== '100' || share === 1) && ((text !== '0' && text !== '-0') || share === 0)) return `${text}%`;
  }
  return share < 0.5 ? '< 0.000001%' : share < 1 ? '> 99.999999%' : '100%';
}

/** Decimal multiples, as network and disk rates are written: `10.2 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '—';
  if (bytes < 0) return `−${formatBytes(-bytes)}`;
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step++;
  }
  return `${step === 0 ? formatCount(Math.round(value)) : threeDigits(value)} ${units[step]}`;
}

export type QuantityUnit = 'us' | 'bytes' | 'bytes/s' | 'records' | 'records/s' | 'count' | 'share';

/** A value in the unit of its series or histogram, for a sentence or a table cell. */
export function formatQuantity(value: number, unit: QuantityUnit): string {
  if (!Number.isFinite(value)) return '—';
  switch (unit) {
    case 'us':
      return formatDuration(value);
    case 'bytes':
      return formatBytes(value);
    case 'bytes/s':
      return `${formatBytes(value)}/s`;
    case 'records':
      return formatCount(value);
    case 'records/s':
      return `${formatCount(Math.abs(value) >= 100 ? Math.round(value) : value)} /s`;
    case 'count':
      return formatCount(value);
    case 'share':
      return formatPercent(value);
  }
}

/** `1 broker`, `3 brokers`; irregular plurals are given. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Three significant digits below 100, whole numbers from there; no trailing zeros. */
function threeDigits(value: number): string {
  if (value >= 99.95) return String(Math.round(value));
  return trimZeros(value >= 9.995 ? value.toFixed(1) : value.toFixed(2));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function twoUnits(total: number, per: number, big: string, small: string): string {
  const whole = Math.floor(total / per);
  const rest = total - whole * per;
  return rest === 0 ? `${formatCount(whole)} ${big}` : `${formatCount(whole)} ${big} ${rest} ${small}`;
}
