import { assert } from './assert.ts';
import { EventHeap } from './eventHeap.ts';

/** What an event does when its time comes; the two numbers are whatever the scheduler of the event passed. */
export type Action = (a: number, b: number) => void;

/**
 * Names one scheduled event: generation * 2^24 + slot * 2 + queue tag, an exact integer below 2^53.
 * Neither 0 nor a negative number is ever a handle, so a zeroed column of handles is harmless.
 */
export type TimerHandle = number;

/** The handle of no event. */
export const NO_TIMER: TimerHandle = -1;

/** Which of the kernel's queues a handle belongs to: the lowest bit. */
export type QueueTag = 0 | 1;

/**
 * Pending events with cheap cancelling.
 *
 * Columns, one row per slot (parallel arrays, grown by doubling; slots are reused, last freed first):
 *   action      what to run; NOTHING when the slot is free or its event was cancelled
 *   a, b        Float64  arguments of the action
 *   generation  Int32    raised when the slot's event runs or is cancelled, which makes its handle stale
 *
 * A cancelled event stays in the heap until its time comes or until more than half of the heap is
 * cancelled; then all cancelled ones are swept out at once. Keeping each event's heap row up to date instead
 * would make cancelling immediate, but its scattered write per moved row costs 7 to 15 % on every event (hold model of
 * bench/kernel.ts), and restarting a timer 7 million times a second is already cheap enough.
 */
export class EventQueue {
  readonly #heap = new EventHeap();
  readonly #tag: QueueTag;
  readonly #lastGeneration: number;
  readonly #action: Action[] = [];
  #a = new Float64Array(INITIAL_SLOTS);
  #b = new Float64Array(INITIAL_SLOTS);
  #generation = new Int32Array(INITIAL_SLOTS).fill(1);
  #free = new Int32Array(INITIAL_SLOTS);
  #freeCount = 0;
  #cancelledCount = 0;

  /** @param lastGeneration a slot that reached it is never used again, so that no handle is ever given out twice */
  constructor(tag: QueueTag, lastGeneration = MAX_GENERATION) {
    this.#tag = tag;
    this.#lastGeneration = lastGeneration;
  }

  /** Events that will run. */
  get pendingCount(): number {
    return this.#heap.length - this.#cancelledCount;
  }

  /** Rows in use, cancelled ones included; at most twice the pending ones plus a constant. */
  get heldCount(): number {
    return this.#heap.length;
  }

  /** Time of the first event, cancelled or not; Infinity when there is none. */
  get headTimeUs(): number {
    return this.#heap.headTimeUs;
  }

  /** Rank of the first event, cancelled or not; meaningless when the queue is empty. */
  get headRank(): number {
    return this.#heap.headRank;
  }

  push(timeUs: number, rank: number, action: Action, a: number, b: number): TimerHandle {
    const slot = this.#takeSlot();
    this.#action[slot] = action;
    this.#a[slot] = a;
    this.#b[slot] = b;
    this.#heap.push(timeUs, rank, slot);
    return this.#generation[slot]! * GENERATION_STRIDE + slot * 2 + this.#tag;
  }

  isPending(handle: TimerHandle): boolean {
    if (!(handle > 0)) return false;
    const slot = slotOf(handle);
    if (slot >= this.#action.length || this.#action[slot] === NOTHING) return false;
    return this.#generation[slot] === generationOf(handle);
  }

  cancel(handle: TimerHandle): void {
    if (!this.isPending(handle)) return;
    const slot = slotOf(handle);
    this.#generation[slot]!++;
    this.#action[slot] = NOTHING;
    this.#cancelledCount++;
    if (this.#cancelledCount > SWEEP_AT_LEAST && this.#cancelledCount * 2 > this.#heap.length) this.#sweep();
  }

  /** Removes the first event if it was cancelled, and says whether it was; the queue must not be empty. */
  dropCancelledHead(): boolean {
    const slot = this.#heap.headSlot;
    if (this.#action[slot] !== NOTHING) return false;
    this.#heap.removeHead();
    this.#cancelledCount--;
    this.#freeSlot(slot);
    return true;
  }

  /** Removes the first event, which must be a pending one, and runs it. */
  runHead(): void {
    const slot = this.#heap.headSlot;
    const action = this.#action[slot]!;
    const a = this.#a[slot]!;
    const b = this.#b[slot]!;
    this.#heap.removeHead();
    this.#action[slot] = NOTHING;
    this.#generation[slot]!++;
    this.#freeSlot(slot);
    action(a, b);
  }

  /** Name of the function that the first event runs, for messages. */
  get headActionName(): string {
    return this.#action[this.#heap.headSlot]?.name || 'an unnamed action';
  }

  #takeSlot(): number {
    if (this.#freeCount > 0) return this.#free[--this.#freeCount]!;
    const slot = this.#action.length;
    assert(slot < MAX_SLOTS, `an event queue holds at most ${MAX_SLOTS} events`);
    if (slot === this.#a.length) this.#grow();
    this.#action.push(NOTHING);
    return slot;
  }

  #freeSlot(slot: number): void {
    if (this.#generation[slot]! < this.#lastGeneration) this.#free[this.#freeCount++] = slot;
  }

  #sweep(): void {
    this.#heap.retain((slot) => {
      if (this.#action[slot] !== NOTHING) return true;
      this.#freeSlot(slot);
      return false;
    });
    this.#cancelledCount = 0;
  }

  #grow(): void {
    const slots = this.#a.length * 2;
    const a = new Float64Array(slots);
    a.set(this.#a);
    const b = new Float64Array(slots);
    b.set(this.#b);
    const generation = new Int32Array(slots).fill(1);
    generation.set(this.#generation);
    const free = new Int32Array(slots);
    free.set(this.#free);
    this.#a = a;
    this.#b = b;
    this.#generation = generation;
    this.#free = free;
  }
}

/** The queue that gave out a handle. */
export function queueTagOf(handle: TimerHandle): QueueTag {
  return (handle & 1) as QueueTag;
}

const INITIAL_SLOTS = 64;
const MAX_SLOTS = 0x80_0000;
const GENERATION_STRIDE = MAX_SLOTS * 2;
const MAX_GENERATION = 0x1fff_ffff; // handles stay below 2^53
const SWEEP_AT_LEAST = 64;

const NOTHING: Action = () => assert(false, 'a cancelled event never runs');

// The bit operators reduce modulo 2^32 first, which is exact for every integer below 2^53.
function slotOf(handle: TimerHandle): number {
  return (handle & (GENERATION_STRIDE - 1)) >>> 1;
}

function generationOf(handle: TimerHandle): number {
  return (handle - (handle & (GENERATION_STRIDE - 1))) / GENERATION_STRIDE;
}
