interface Alarm {
  readonly atUs: number;
  readonly action: () => void;
}

/** Actions waiting for instants, in order of time; equal instants in order of asking. Few, so a sorted list. */
export class Alarms {
  readonly #waiting: Alarm[] = [];

  /** Infinity when nobody waits. */
  get nextUs(): number {
    return this.#waiting[0]?.atUs ?? Infinity;
  }

  add(atUs: number, action: () => void): void {
    let place = this.#waiting.length;
    while (place > 0 && this.#waiting[place - 1]!.atUs > atUs) place--;
    this.#waiting.splice(place, 0, { atUs, action });
  }

  runNext(): void {
    this.#waiting.shift()?.action();
  }
}
