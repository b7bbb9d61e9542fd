/**
 * `auto.offset.reset`: where a consumer begins without a committed offset, and where it goes on when its position is
 * out of range. Source: AutoOffsetResetStrategy; KIP-1106 (by_duration).
 */
export interface ResetPolicy {
  /** As it was written. */
  readonly name: string;
  /** For ListOffsets: -2 earliest, -1 latest, else microseconds back from now; null for `none`. */
  readonly timestamp: number | null;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export function parseResetPolicy(name: string): ResetPolicy {
  switch (name) {
    case 'earliest':
      return { name, timestamp: -2 };
    case 'latest':
      return { name, timestamp: -1 };
    case 'none':
      return { name, timestamp: null };
    default:
      return { name, timestamp: durationUs(name) };
  }
}

function durationUs(name: string): number {
  const parts = name.startsWith('by_duration:') ? DURATION.exec(name.slice('by_duration:'.length)) : null;
  if (parts === null) throw new Error(`auto.offset.reset ${name} is not a policy`);
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(Number).map((part) => part || 0);
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000_000);
}
