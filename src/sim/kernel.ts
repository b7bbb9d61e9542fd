import { assert } from './assert.ts';
import { type Action, EventQueue, queueTagOf, type TimerHandle } from './eventQueue.ts';
import { RandomStreams } from './randomStreams.ts';

export { type Action, NO_TIMER, type TimerHandle } from './eventQueue.ts';

/** Before everything else at the same microsecond. */
export const URGENT = 0;
/** The order in which events were scheduled. */
export const NORMAL = 1;
/** After everything else at the same microsecond. */
export const LATE = 2;

/** More events than this at one instant are taken for a loop without delay. */
export const EVENTS_AT_ONE_INSTANT = 100_000;

/** The clock ends here: about 142 years of microseconds, and sums of two times are still exact. */
export const MAX_TIME_US = 0xf_ffff_ffff_ffff;

/**
 * Why a run ended.
 *
 *   reached  the next event lies after the asked time; the clock stands at the asked time
 *   drained  no event is left; the clock stands at the last one
 *   stopped  the budget's `stop` said so
 *   budget   `maxEvents` were run and another one is due
 *   zeno     the clock does not move any more, see EVENTS_AT_ONE_INSTANT; `describeHead` names the next event
 */
export type RunEnd = 'reached' | 'drained' | 'stopped' | 'budget' | 'zeno';

export interface RunBudget {
  /** Events that this call may run. */
  maxEvents?: number;
  /** Asked before the first event and then every `stopCheckEvery` events. */
  stop?: () => boolean;
  /** Default 1024. */
  stopCheckEvery?: number;
}

/**
 * The clock and what happens next.
 *
 * Events run in the order of (time, priority, sequence) over two queues together: control timers (few, long, often
 * cancelled) and data events (many, short). The sequence counts over both, so the queues share one total order;
 * they are apart so that a steady stretch can be skipped by moving the data events alone.
 */
export class Kernel {
  readonly random: RandomStreams;
  readonly #control = new EventQueue(CONTROL);
  readonly #data = new EventQueue(DATA);
  readonly #seed: string;
  #nowUs = 0;
  #sequence = 0;
  #eventCount = 0;
  #controlEventCount = 0;
  #eventsAtThisInstant = 0;
  #isRunning = false;

  /** @param seed never empty; equal seeds give equal runs */
  constructor(seed: string) {
    this.#seed = seed;
    this.random = new RandomStreams(seed);
  }

  /** Simulated microseconds since the start. */
  get nowUs(): number {
    return this.#nowUs;
  }

  /** Events run so far, of both queues. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Control timers run so far. */
  get controlEventCount(): number {
    return this.#controlEventCount;
  }

  /** Events scheduled, not yet run and not cancelled. */
  get pendingCount(): number {
    return this.#control.pendingCount + this.#data.pendingCount;
  }

  /** Schedules a control timer: few, long, often cancelled. `timeUs` is an integer and not in the past. */
  atControl(timeUs: number, action: Action, a = 0, b = 0, priority: number = NORMAL): TimerHandle {
    return this.#control.push(timeUs, this.#rankOf(timeUs, priority), action, a, b);
  }

  /** Schedules a data event: many, short. `timeUs` is an integer and not in the past. */
  atData(timeUs: number, action: Action, a = 0, b = 0, priority: number = NORMAL): TimerHandle {
    return this.#data.push(timeUs, this.#rankOf(timeUs, priority), action, a, b);
  }

  /** Cancels an event. NO_TIMER and events that ran or were cancelled already are ignored. */
  cancel(handle: TimerHandle): void {
    this.#queueOf(handle).cancel(handle);
  }

  /** Whether the event is still to run; false inside its own action. */
  isPending(handle: TimerHandle): boolean {
    return this.#queueOf(handle).isPending(handle);
  }

  /**
   * Runs events in order up to and including `untilUs`, or until something in `RunEnd` ends it earlier.
   * A later call continues where this one ended. An error thrown by an action passes through; its event counts as run.
   */
  run(untilUs: number, budget: RunBudget = {}): RunEnd {
    assert(!this.#isRunning, this.#message('run was called from inside an action'));
    assert(untilUs >= this.#nowUs, this.#message(`asked to run until ${untilUs}, which is in the past`));
    this.#isRunning = true;
    try {
      return this.#runEvents(Math.min(untilUs, MAX_TIME_US), budget);
    } finally {
      this.#isRunning = false;
    }
  }

  /** The next event's time and the name of its action, for messages; undefined when no event is left. */
  describeHead(): string | undefined {
    this.#dropCancelledHeads();
    const queue = this.#firstQueue();
    return queue.pendingCount === 0 ? undefined : `${queue.headActionName} at ${queue.headTimeUs} us`;
  }

  #runEvents(untilUs: number, budget: RunBudget): RunEnd {
    const { maxEvents = Infinity, stop, stopCheckEvery = 1024 } = budget;
    const control = this.#control;
    const data = this.#data;
    let runCount = 0;
    let nextStopCheck = stop === undefined ? Infinity : 0;
    for (;;) {
      const controlTimeUs = control.headTimeUs;
      const dataTimeUs = data.headTimeUs;
      const isControl =
        controlTimeUs < dataTimeUs || (controlTimeUs === dataTimeUs && control.headRank < data.headRank);
      const timeUs = isControl ? controlTimeUs : dataTimeUs;
      if (timeUs > untilUs) return this.#endOfEvents(untilUs);
      const queue = isControl ? control : data;
      if (queue.dropCancelledHead()) continue;
      if (runCount >= maxEvents) return 'budget';
      if (runCount >= nextStopCheck) {
        if (stop!()) return 'stopped';
        nextStopCheck = runCount + stopCheckEvery;
      }
      if (timeUs !== this.#nowUs) {
        this.#nowUs = timeUs;
        this.#eventsAtThisInstant = 0;
      } else if (this.#eventsAtThisInstant >= EVENTS_AT_ONE_INSTANT) return 'zeno';
      this.#eventsAtThisInstant++;
      this.#eventCount++;
      if (isControl) this.#controlEventCount++;
      runCount++;
      queue.runHead();
    }
  }

  #endOfEvents(untilUs: number): RunEnd {
    if (this.pendingCount === 0) return 'drained';
    if (untilUs > this.#nowUs) this.#eventsAtThisInstant = 0;
    this.#nowUs = untilUs;
    return 'reached';
  }

  #firstQueue(): EventQueue {
    const control = this.#control;
    const data = this.#data;
    if (control.headTimeUs !== data.headTimeUs) return control.headTimeUs < data.headTimeUs ? control : data;
    return control.headRank < data.headRank ? control : data;
  }

  #dropCancelledHeads(): void {
    for (const queue of [this.#control, this.#data]) {
      while (queue.heldCount > 0 && queue.dropCancelledHead()) {}
    }
  }

  #rankOf(timeUs: number, priority: number): number {
    // Written so that NaN is refused too.
    if (!(timeUs >= this.#nowUs && timeUs <= MAX_TIME_US && Math.floor(timeUs) === timeUs)) {
      assert(false, this.#message(`an event was scheduled at ${timeUs} us, which is in the past or not an integer`));
    }
    if (priority !== NORMAL && priority !== URGENT && priority !== LATE) {
      assert(false, this.#message(`an event was scheduled with the unknown priority ${priority}`));
    }
    return priority * RANK_STRIDE + this.#sequence++;
  }

  #queueOf(handle: TimerHandle): EventQueue {
    return queueTagOf(handle) === CONTROL ? this.#control : this.#data;
  }

  #message(what: string): string {
    return `${what} (seed '${this.#seed}', time ${this.#nowUs} us, event ${this.#eventCount})`;
  }
}

const CONTROL = 0;
const DATA = 1;
const RANK_STRIDE = 0x4_0000_0000_0000; // 2^50: three priorities and any reachable sequence stay exact
