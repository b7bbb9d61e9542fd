/** Numbers in base units as the language writes them: `1.5s`, `32GiB`, `20k/s`, `10Gbps`, `99.95%`. */
export function showDuration(us: number): string {
  if (us === 0) return '0s';
  const [unit, size] = DURATIONS.find(([, least]) => us >= least && Number.isInteger((us / least) * 100))!;
  return `${us / size}${unit}`;
}

const DURATIONS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
];

/** Round decimal sizes as such (1TB), others in powers of 1024 where they are round in those (32GiB). */
export function showBytes(bytes: number): string {
  const decimal = `${scaled(bytes)}B`;
  if (decimal.length <= 5 && bytes % 1000 === 0) return decimal;
  const unit = BINARY.find(([, size]) => bytes >= size && Number.isInteger((bytes / size) * 4));
  return unit ? `${bytes / unit[1]}${unit[0]}` : decimal;
}

const BINARY: readonly (readonly [string, number])[] = [
  ['TiB', 1_099_511_627_776],
  ['GiB', 1_073_741_824],
  ['MiB', 1_048_576],
  ['KiB', 1_024],
];

/** Networks are measured in bits, disks in bytes. */
export function showBandwidth(bytesPerSec: number): string {
  return `${scaled(bytesPerSec * 8)}bps`;
}

export function showThroughput(bytesPerSec: number): string {
  return `${scaled(bytesPerSec)}B/s`;
}

export function showRate(recordsPerSec: number): string {
  return `${scaled(recordsPerSec)}/s`;
}

export function showShare(share: number): string {
  return `${Math.round(share * 1e6) / 1e4}%`;
}

function scaled(value: number): string {
  for (const [unit, size] of [['T', 1e12] as const, ['G', 1e9] as const, ['M', 1e6] as const, ['k', 1e3] as const]) {
    if (value >= size) return `${Math.round((value / size) * 1000) / 1000}${unit}`;
  }
  return `${Math.round(value * 1000) / 1000}`;
}
