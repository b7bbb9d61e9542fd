/** Ids in one block that the controller leases to a broker (ProducerIdsBlock). */
const BLOCK_SIZE = 1000;

/**
 * Producer ids of one cluster, leased to brokers in blocks of 1,000. Source: ProducerIdManager, KIP-730.
 * A block is fetched from the active controller when the broker's last one is used up; without a controller it fails.
 */
export class ProducerIds {
  readonly #hasController: () => boolean;
  readonly #blocks = new Map<number, { next: number; end: number }>();
  #nextBlock = 0;

  constructor(hasController: () => boolean) {
    this.#hasController = hasController;
  }

  /** Calls back with the id, or -1 when no block can be had. */
  next(broker: number, done: (producerId: number) => void): void {
    let block = this.#blocks.get(broker);
    if (block === undefined || block.next === block.end) {
      if (!this.#hasController()) {
        done(-1);
        return;
      }
      block = { next: this.#nextBlock, end: this.#nextBlock + BLOCK_SIZE };
      this.#nextBlock = block.end;
      this.#blocks.set(broker, block);
    }
    done(block.next++);
  }
}
