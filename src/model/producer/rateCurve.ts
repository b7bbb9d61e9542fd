import type { RatePoint } from '../../scenario/scenario.ts';

interface Piece {
  readonly fromUs: number;
  readonly toUs: number;
  /** Records per microsecond at its start, and how fast that changes. */
  readonly rate: number;
  readonly slope: number;
  /** Records before it. */
  readonly before: number;
  readonly total: number;
}

/** A piecewise linear rate as arithmetic: how many records by a time, and when a number of records is reached. */
export class RateCurve {
  readonly #pieces: Piece[] = [];
  readonly fromUs: number;
  readonly untilUs: number;

  /** @param share  of the written rate that this curve carries, 0..1 */
  constructor(points: readonly RatePoint[], share: number, fromUs: number, untilUs: number) {
    this.fromUs = fromUs;
    this.untilUs = untilUs;
    let before = 0;
    for (const [index, point] of points.entries()) {
      const next = points[index + 1];
      const start = index === 0 ? Math.min(point.atUs, fromUs) : point.atUs;
      const end = next?.atUs ?? Math.max(untilUs, start);
      const rate = (point.recordsPerSec * share) / 1e6;
      const slope =
        point.shape === 'ramp' && next !== undefined && end > start
          ? ((next.recordsPerSec * share) / 1e6 - rate) / (end - start)
          : 0;
      const from = Math.max(start, fromUs);
      const to = Math.min(end, untilUs);
      if (to <= from) continue;
      const rateAtFrom = rate + slope * (from - start);
      const length = to - from;
      const total = rateAtFrom * length + (slope * length * length) / 2;
      this.#pieces.push({ fromUs: from, toUs: to, rate: rateAtFrom, slope, before, total });
      before += total;
    }
  }

  /** Records (a fraction) that came until `atUs`. */
  countBy(atUs: number): number {
    const piece = this.#pieceAt(atUs);
    if (piece === undefined) return 0;
    const elapsed = Math.min(atUs, piece.toUs) - piece.fromUs;
    if (elapsed <= 0) return piece.before;
    return piece.before + piece.rate * elapsed + (piece.slope * elapsed * elapsed) / 2;
  }

  /** First whole microsecond by which `count` records have come; Infinity when they never do. */
  timeOf(count: number): number {
    for (const piece of this.#pieces) {
      const needed = count - piece.before;
      if (needed > piece.total + 1e-9) continue;
      if (needed <= 0) return piece.fromUs;
      const elapsed =
        piece.slope === 0
          ? needed / piece.rate
          : (Math.sqrt(piece.rate * piece.rate + 2 * piece.slope * needed) - piece.rate) / piece.slope;
      return piece.fromUs + Math.ceil(elapsed - 1e-6);
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Records per microsecond at `atUs`. */
  rateAt(atUs: number): number {
    const piece = this.#pieceAt(atUs);
    return piece === undefined || atUs > piece.toUs ? 0 : piece.rate + piece.slope * (atUs - piece.fromUs);
  }

  #pieceAt(atUs: number): Piece | undefined {
    let found: Piece | undefined;
    for (const piece of this.#pieces) {
      if (piece.fromUs > atUs) break;
      found = piece;
    }
    return found;
  }
}
