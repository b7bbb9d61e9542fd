/**
 * Requests that wait for a request handler thread, by when each will be taken; handlers take them in the order of
 * arrival. Only requests that must wait are kept. Not modelled: `queued.max.requests` (network threads that stop
 * reading when 500 wait).
 *
 * Source: RequestChannel.requestQueue.
 */
export class RequestQueue {
  /** A ring; instants ascend from `#head` on. */
  #takenUs = new Float64Array(64);
  #head = 0;
  #count = 0;

  /** At `nowUs` a request comes that will be taken at `takenUs`, which is not before that of the last one. */
  add(takenUs: number, nowUs: number): void {
    this.waiting(nowUs);
    if (this.#count === this.#takenUs.length) this.#grow();
    this.#takenUs[(this.#head + this.#count) % this.#takenUs.length] = takenUs;
    this.#count++;
  }

  /** How many wait at `nowUs`; forgets those that are taken. Called at ascending instants. */
  waiting(nowUs: number): number {
    while (this.#count > 0 && this.#takenUs[this.#head]! <= nowUs) {
      this.#head = (this.#head + 1) % this.#takenUs.length;
      this.#count--;
    }
    return this.#count;
  }

  #grow(): void {
    const grown = new Float64Array(this.#takenUs.length * 2);
    for (let i = 0; i < this.#count; i++) grown[i] = this.#takenUs[(this.#head + i) % this.#takenUs.length]!;
    this.#takenUs = grown;
    this.#head = 0;
  }
}
