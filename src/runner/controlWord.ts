/**
 * What the main thread tells the workers, in memory that both see: a worker is busy in a loop and could not
 * receive a message. Workers look at it every 1,024 simulated events.
 */
export type ControlWord = Int32Array<SharedArrayBuffer>;

const STOP = 0;
const PAUSE = 1;
const WORDS = 2;

export function createControlWord(): ControlWord {
  return new Int32Array(new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT));
}

/** Asks every worker to end its run and hand over what it has. Wakes paused ones. */
export function requestStop(word: ControlWord): void {
  Atomics.store(word, STOP, 1);
  setPaused(word, false);
}

export function isStopRequested(word: ControlWord): boolean {
  return Atomics.load(word, STOP) !== 0;
}

export function setPaused(word: ControlWord, isPaused: boolean): void {
  Atomics.store(word, PAUSE, isPaused ? 1 : 0);
  if (!isPaused) Atomics.notify(word, PAUSE);
}

/** Blocks the calling worker while the runs are paused. Returns at once when they are not. */
export function waitWhilePaused(word: ControlWord): void {
  while (Atomics.load(word, PAUSE) !== 0) Atomics.wait(word, PAUSE, 1);
}
