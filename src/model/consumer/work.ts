/**
 * The records of one poll() on their way through the application, one after the other. When each is done is arithmetic;
 * `settle` tells the recorder what is done by now.
 */
import type { ConsumerGroup } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { ModelContext } from '../context.ts';
import type { FetchedRange } from '../protocol.ts';

interface Piece {
  readonly partition: number;
  readonly range: FetchedRange;
  /** Records of the range before the piece. */
  readonly skipped: number;
  readonly count: number;
}

export class Work {
  readonly #ctx: ModelContext;
  readonly #group: number;
  readonly #client: number;
  readonly #spec: ConsumerGroup['work'];
  readonly #random: RandomStream;
  #perRecordUs: number;
  readonly #pieces: Piece[] = [];
  #total = 0;
  #done = 0;
  /** Since when the rest is worked on; `#done` records were done then. */
  #sinceUs = -1;
  #base = 0;
  #restUs = 0;
  /** What the application makes of its records goes there, when it is done with them. */
  output: ((count: number, atUs: number, lane: number, first: number) => void) | null = null;

  constructor(ctx: ModelContext, group: number, client: number, spec: ConsumerGroup['work'], random: RandomStream) {
    this.#ctx = ctx;
    this.#group = group;
    this.#client = client;
    this.#spec = spec;
    this.#random = random;
    this.#perRecordUs = spec.perRecordUs;
  }

  /** Records take no time: they are done when they come. */
  get isInstant(): boolean {
    return this.#perRecordUs === 0;
  }

  add(partition: number, range: FetchedRange, skipped: number, count: number): void {
    this.#pieces.push({ partition, range, skipped, count });
    this.#total += count;
  }

  /** @returns when the last record will be done if nothing intervenes */
  start(nowUs: number): number {
    this.#sinceUs = nowUs;
    this.#base = this.#done;
    this.#restUs = this.#durationUs(this.#total - this.#done);
    return nowUs + this.#restUs;
  }

  /** Tells what is done by now; the work goes on. */
  settle(nowUs: number): void {
    if (this.#sinceUs < 0) return;
    const rest = this.#total - this.#base;
    const isOver = nowUs >= this.#sinceUs + this.#restUs;
    const reached = isOver ? this.#total : this.#base + Math.floor((rest * (nowUs - this.#sinceUs)) / this.#restUs);
    this.#deliverUpTo(reached);
    if (reached < this.#total) return;
    this.#pieces.length = 0;
    this.#total = 0;
    this.#done = 0;
    this.#sinceUs = -1;
  }

  /** The process stands still or is gone, or the pace changes: what is done is told, the rest waits for `start`. */
  pause(nowUs: number): void {
    this.settle(nowUs);
    this.#sinceUs = -1;
  }

  /** Microseconds per record from now on; null: as the scenario says. */
  setPace(perRecordUs: number | null): void {
    this.#perRecordUs = perRecordUs ?? this.#spec.perRecordUs;
  }

  /** The sum of `count` times that vary evenly by the jitter, drawn as one normal; exactly `count` means without jitter. */
  #durationUs(count: number): number {
    const meanUs = count * this.#perRecordUs;
    const { jitter } = this.#spec;
    if (jitter === 0 || meanUs === 0) return Math.round(meanUs);
    const deviationUs = this.#perRecordUs * jitter * Math.sqrt(count / 3);
    const drawnUs = this.#random.normalInt(meanUs, deviationUs);
    return Math.round(Math.min(Math.max(drawnUs, meanUs * (1 - jitter)), meanUs * (1 + jitter)));
  }

  #deliverUpTo(reached: number): void {
    let before = 0;
    for (const piece of this.#pieces) {
      const from = Math.max(this.#done - before, 0);
      const to = Math.min(reached - before, piece.count);
      if (from < to) this.#deliver(piece, from, to - from, this.#doneAtUs(before + to));
      before += piece.count;
      if (before >= reached) break;
    }
    this.#done = Math.max(this.#done, reached);
  }

  #doneAtUs(record: number): number {
    const rest = this.#total - this.#base;
    return this.#sinceUs + Math.round((this.#restUs * (record - this.#base)) / rest);
  }

  #deliver({ partition, range, skipped }: Piece, from: number, count: number, atUs: number): void {
    // Records of coordinators have no lane and no application.
    if (range.lane < 0) return;
    const first = skipped + from;
    this.output?.(count, atUs, range.lane, range.first + first);
    const stepUs = range.count > 1 ? (range.createdToUs - range.createdFromUs) / (range.count - 1) : 0;
    this.#ctx.recorder.delivered(
      this.#group,
      this.#client,
      partition,
      range.offset + first,
      count,
      range.lane,
      range.first + first,
      Math.round(range.createdFromUs + stepUs * first),
      Math.round(range.createdFromUs + stepUs * (first + count - 1)),
      atUs,
    );
  }
}
