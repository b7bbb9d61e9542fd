/**
 * How long the first rebalance of an Empty group waits for more members: another delay as long as the last one brought
 * somebody, up to the largest rebalance timeout.
 *
 * Source: Apache Kafka `GroupMetadataManager.tryCompleteInitialRebalanceElseSchedule`, KIP-134. The member that opens the
 * window does not count as somebody who came.
 */
export class InitialRebalanceWindow {
  readonly #stepUs: number;
  #isOpen = false;
  #hasNewMember = false;
  #delayUs = 0;
  #remainingUs = 0;

  /** @param stepUs  `group.initial.rebalance.delay.ms` */
  constructor(stepUs: number) {
    this.#stepUs = stepUs;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @returns how long to wait first */
  open(rebalanceTimeoutUs: number): number {
    this.#isOpen = true;
    this.#hasNewMember = false;
    this.#delayUs = this.#stepUs;
    this.#remainingUs = Math.max(rebalanceTimeoutUs - this.#stepUs, 0);
    return this.#stepUs;
  }

  memberAdded(): void {
    this.#hasNewMember = true;
  }

  /** @returns how long to wait on, or null when the wait is over */
  extend(): number | null {
    if (!this.#isOpen || !this.#hasNewMember || this.#remainingUs === 0) return null;
    this.#hasNewMember = false;
    const delayUs = Math.min(this.#stepUs, this.#remainingUs);
    this.#remainingUs = Math.max(this.#remainingUs - this.#delayUs, 0);
    this.#delayUs = delayUs;
    return delayUs;
  }

  close(): void {
    this.#isOpen = false;
  }
}
