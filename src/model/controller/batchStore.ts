import type { RaftLog } from '../raft/raftLog.ts';
import type { MetadataBatch } from './metadataBatch.ts';

/**
 * The uncommitted batches of the metadata log, stored once: an epoch has one leader, so (epoch, offset) names a batch
 * whoever holds it.
 */
export class BatchStore {
  readonly #byEpoch = new Map<number, MetadataBatch[]>();

  add(batch: MetadataBatch): void {
    const batches = this.#byEpoch.get(batch.epoch);
    if (batches === undefined) this.#byEpoch.set(batch.epoch, [batch]);
    else batches.push(batch);
  }

  /** The batches of a log whose last offsets lie in [from, to), in log order. */
  between(log: RaftLog, from: number, to: number): MetadataBatch[] {
    const found: MetadataBatch[] = [];
    const ranges = log.read(from);
    let low = from;
    for (let at = 0; at < ranges.length && low < to; at += 2) {
      const high = Math.min(ranges[at + 1]!, to);
      for (const batch of this.#byEpoch.get(ranges[at]!) ?? [])
        if (batch.lastOffset >= low && batch.lastOffset < high) found.push(batch);
      low = high;
    }
    return found;
  }

  /** Everything below is committed; what other epochs had there will never be. */
  dropBelow(offset: number): void {
    for (const [epoch, batches] of this.#byEpoch) {
      const kept = batches.filter((batch) => batch.lastOffset >= offset);
      if (kept.length === 0) this.#byEpoch.delete(epoch);
      else if (kept.length < batches.length) this.#byEpoch.set(epoch, kept);
    }
  }

  /** Nobody is answered for them any more. */
  forgetAnswers(epoch: number): void {
    for (const batch of this.#byEpoch.get(epoch) ?? []) batch.onCommitted = null;
  }
}
