import { EpochLog } from './epochLog.ts';

/** Everything that any leader of a partition ever appended, by leader epoch. */
export class PartitionHistory {
  readonly #epochs = new Map<number, EpochLog>();

  /** The stretch of `leaderEpoch`; created when its leader takes over at `startOffset`. */
  open(leaderEpoch: number, startOffset: number): EpochLog {
    let log = this.#epochs.get(leaderEpoch);
    if (log === undefined) {
      log = new EpochLog(leaderEpoch, startOffset);
      this.#epochs.set(leaderEpoch, log);
    }
    return log;
  }

  /** Whether any leader appended something of a transaction. */
  get hasTransactions(): boolean {
    for (const log of this.#epochs.values()) if (log.hasTransactions) return true;
    return false;
  }

  epoch(leaderEpoch: number): EpochLog {
    const log = this.#epochs.get(leaderEpoch);
    if (log === undefined) throw new Error(`no leader of epoch ${leaderEpoch} ever appended`);
    return log;
  }

  compact(settledOffset: number): void {
    for (const log of this.#epochs.values()) log.compact(settledOffset);
  }
}
