import type { EventId } from '../model/trace.ts';
import type { LedgerEntry } from '../result/runResult.ts';
import { IntervalSet } from './intervalSet.ts';
import { PartitionLog } from './partitionLog.ts';

/** Everything that can become of the records of one producer instance on one partition, as sets of record numbers. */
export class LaneAccount {
  readonly client: number;
  readonly partition: number;
  offered = 0;
  readonly acknowledged = new IntervalSet();
  readonly refused = new IntervalSet();
  readonly unknown = new IntervalSet();
  readonly neverSent = new IntervalSet();
  readonly unresolved = new IntervalSet();
  /** In the surviving log. */
  readonly stored = new IntervalSet();
  /** Was in the log until retention removed it. */
  readonly expired = new IntervalSet();
  readonly duplicated = new IntervalSet();
  /** Backward steps of record numbers in offset order, second copies not counted. */
  reordered = 0;
  /** One above the largest record number that a leader ever appended. */
  appendedEnd = 0;
  /** Number of the record last seen in offset order. */
  lastInLog = -1;

  constructor(client: number, partition: number) {
    this.client = client;
    this.partition = partition;
  }

  /** Acknowledged, and neither in the surviving log nor removed by retention. */
  lost(): IntervalSet {
    return this.acknowledged.subtract(this.stored).subtract(this.expired);
  }

  inLog(): IntervalSet {
    return this.stored.union(this.expired);
  }
}

/** What one group's application saw of one lane. */
export class Deliveries {
  readonly once = new IntervalSet();
  readonly again = new IntervalSet();
}

/** Records that a log lost: cut off by a truncation, or left behind by a leader that had less. */
export interface RemovedRange {
  readonly partition: number;
  /** The replica that held them; -1 for the leaders' common log. */
  readonly broker: number;
  readonly lane: number;
  readonly atUs: number;
  readonly cause: EventId;
  offset: number;
  count: number;
  first: number;
}

/** Where the log shows a second copy, or a step back. */
export interface LogOddity {
  readonly lane: number;
  readonly partition: number;
  readonly offset: number;
  readonly count: number;
  readonly first: number;
}

export interface LateAppend {
  readonly partition: number;
  readonly offset: number;
  readonly count: number;
  readonly atUs: number;
}

const ODDITIES_KEPT = 1000;

/**
 * Record accounting: each record that an application handed to its producer ends in exactly one of acknowledged,
 * refused, unknown, never sent, unresolved; and those in the log are delivered, delivered again, or not delivered.
 * Verdicts about loss, order and duplicates come from here and nowhere else.
 *
 * Lane -1 stands for records that no producer of the scenario sent (committed offsets); they have no account.
 */
export class Ledger {
  readonly lanes: LaneAccount[] = [];
  /** deliveries[group][lane]; holes where a group never saw a lane. */
  readonly deliveries: (Deliveries | undefined)[][] = [];
  readonly removedRanges: RemovedRange[] = [];
  /** By lane: partitions take turns, so what continues is rarely the last of all. */
  readonly #lastRemoved: (RemovedRange | undefined)[] = [];
  /** By partition, the highest log start of any leader. */
  readonly #expiredTo: number[] = [];
  readonly duplicates: LogOddity[] = [];
  readonly backwardSteps: LogOddity[] = [];
  /** Appends of records behind later ones of their lane: retries that came too late, or came twice. */
  readonly lateAppends: LateAppend[] = [];
  readonly #logs: PartitionLog[] = [];
  #cutPartition = 0;
  #cutCause: EventId = -1;
  #cutAtUs = 0;

  laneOpened(lane: number, client: number, partition: number): void {
    this.lanes[lane] = new LaneAccount(client, partition);
  }

  offered(lane: number, first: number, count: number): void {
    const account = this.lanes[lane]!;
    if (first + count > account.offered) account.offered = first + count;
  }

  neverSent(lane: number, first: number, count: number): void {
    this.lanes[lane]!.neverSent.add(first, count);
  }

  acknowledged(lane: number, first: number, count: number): void {
    this.lanes[lane]!.acknowledged.add(first, count);
  }

  failed(lane: number, first: number, count: number, unknown: boolean): void {
    const account = this.lanes[lane]!;
    (unknown ? account.unknown : account.refused).add(first, count);
  }

  unresolved(lane: number, first: number, count: number): void {
    this.lanes[lane]!.unresolved.add(first, count);
  }

  /** `leadership` is the event that made this broker leader, in case the append shows what it left behind. */
  appended(
    partition: number,
    broker: number,
    leaderEpoch: number,
    baseOffset: number,
    count: number,
    lane: number,
    first: number,
    leadership: EventId,
    atUs: number,
  ): void {
    if (lane < 0) return;
    const account = this.lanes[lane]!;
    if (first < account.appendedEnd) this.#late(partition, baseOffset, count, atUs);
    else account.appendedEnd = first + count;
    this.#prepareCut(partition, leadership, atUs);
    const log = this.#logOf(partition);
    if (log.append(leaderEpoch, baseOffset, count, lane, first, this.#cut)) return;
    this.removed(partition, broker, baseOffset, count, lane, first, leadership, atUs);
  }

  leading(partition: number, leaderEpoch: number, logEndOffset: number, cause: EventId, atUs: number): void {
    this.#prepareCut(partition, cause, atUs);
    this.#logOf(partition).truncate(leaderEpoch, logEndOffset, this.#cut);
  }

  removed(
    partition: number,
    broker: number,
    offset: number,
    count: number,
    lane: number,
    first: number,
    cause: EventId,
    atUs: number,
  ): void {
    if (lane < 0) return;
    const last = this.#lastRemoved[lane];
    const sameLog = last?.broker === broker && last.cause === cause;
    if (last !== undefined && sameLog && last.offset + last.count === offset && last.first + last.count === first) {
      last.count += count;
      return;
    }
    if (last !== undefined && sameLog && offset + count === last.offset && first + count === last.first) {
      last.offset = offset;
      last.first = first;
      last.count += count;
      return;
    }
    const range = { partition, broker, lane, atUs, cause, offset, count, first };
    this.removedRanges.push(range);
    this.#lastRemoved[lane] = range;
  }

  expired(partition: number, toOffset: number): void {
    this.#expiredTo[partition] = Math.max(toOffset, this.#expiredTo[partition] ?? 0);
    this.#logOf(partition).expire(toOffset, (offset, count, lane, first) => {
      this.#inLog(partition, offset, count, lane, first, this.lanes[lane]!.expired);
    });
  }

  stored(partition: number, offset: number, count: number, lane: number, first: number): void {
    if (lane < 0) return;
    const { stored, expired } = this.lanes[lane]!;
    const mayBeTheSame = Math.max(0, Math.min(count, (this.#expiredTo[partition] ?? 0) - offset));
    // One copy, not two: the leader before had removed it already, and retention has not run yet on the one after it.
    if (mayBeTheSame > 0)
      expired.forEachMissing(first, mayBeTheSame, (from, to) => {
        this.#inLog(partition, offset + from - first, to - from, lane, from, stored);
      });
    if (mayBeTheSame < count)
      this.#inLog(partition, offset + mayBeTheSame, count - mayBeTheSame, lane, first + mayBeTheSame, stored);
  }

  delivered(group: number, lane: number, first: number, count: number): void {
    if (lane < 0) return;
    let byLane = this.deliveries[group];
    if (byLane === undefined) {
      byLane = [];
      this.deliveries[group] = byLane;
    }
    let seen = byLane[lane];
    if (seen === undefined) {
      seen = new Deliveries();
      byLane[lane] = seen;
    }
    const { once, again } = seen;
    if (first < once.end) once.forEachWithin(first, count, (from, to) => again.add(from, to - from));
    once.add(first, count);
  }

  /**
   * The account of some lanes. With `group`, delivery counts what that group saw; without, what any group saw.
   * Records of lanes that no group reads (`isRead` false) are not counted as not delivered.
   */
  entry(of: string, lanes: readonly number[], group: number | null, isRead: (lane: number) => boolean): LedgerEntry {
    const entry = emptyEntry(of);
    for (const lane of lanes) this.#addLane(entry, lane, group, isRead(lane));
    return entry;
  }

  /** Records that are in no population or in two; 0 unless the trace contradicts itself. */
  unaccounted(): number {
    let records = 0;
    for (const lane of this.lanes) {
      if (lane === undefined) continue;
      const { acknowledged, refused, unknown, neverSent, unresolved } = lane;
      const all = acknowledged.union(refused).union(unknown).union(neverSent).union(unresolved);
      const sum = acknowledged.count + refused.count + unknown.count + neverSent.count + unresolved.count;
      records += sum - all.count + Math.abs(lane.offered - all.count);
    }
    return records;
  }

  #addLane(entry: LedgerEntry, lane: number, group: number | null, isRead: boolean): void {
    const account = this.lanes[lane]!;
    const inLog = account.inLog();
    entry.offered += account.offered;
    entry.acknowledged += account.acknowledged.count;
    entry.refused += account.refused.count;
    entry.unknown += account.unknown.count;
    entry.neverSent += account.neverSent.count;
    entry.unresolved += account.unresolved.count;
    entry.stored += account.stored.count;
    entry.expired += account.expired.count;
    entry.lost += account.lost().count;
    entry.duplicated += account.duplicated.count;
    entry.reordered += account.reordered;
    entry.storedThoughFailed += inLog.intersect(account.refused.union(account.unknown)).count;
    const { once, again } = this.#deliveriesOf(lane, group);
    entry.delivered += once.count;
    entry.redelivered += again.count;
    if (isRead) entry.notDelivered += inLog.subtract(once).count;
  }

  #deliveriesOf(lane: number, group: number | null): { once: IntervalSet; again: IntervalSet } {
    if (group !== null) return this.deliveries[group]?.[lane] ?? new Deliveries();
    let once = new IntervalSet();
    let again = new IntervalSet();
    for (const byLane of this.deliveries) {
      const seen = byLane?.[lane];
      if (seen === undefined) continue;
      once = once.union(seen.once);
      again = again.union(seen.again);
    }
    return { once, again };
  }

  #inLog(partition: number, offset: number, count: number, lane: number, first: number, target: IntervalSet): void {
    const account = this.lanes[lane]!;
    const { stored, expired, duplicated } = account;
    const mayRepeat = first < stored.end || first < expired.end;
    if (!mayRepeat) {
      this.#orderOf(account, partition, offset, count, lane, first);
      target.add(first, count);
      return;
    }
    const known = stored.union(expired);
    known.forEachWithin(first, count, (from, to) => {
      duplicated.add(from, to - from);
      keep(this.duplicates, { lane, partition, offset: offset + from - first, count: to - from, first: from });
    });
    known.forEachMissing(first, count, (from, to) => {
      this.#orderOf(account, partition, offset + from - first, to - from, lane, from);
      target.add(from, to - from);
    });
  }

  #orderOf(account: LaneAccount, partition: number, offset: number, count: number, lane: number, first: number): void {
    if (first < account.lastInLog) {
      account.reordered++;
      keep(this.backwardSteps, { lane, partition, offset, count, first });
    }
    account.lastInLog = first + count - 1;
  }

  #late(partition: number, offset: number, count: number, atUs: number): void {
    if (this.lateAppends.length < ODDITIES_KEPT) this.lateAppends.push({ partition, offset, count, atUs });
  }

  #prepareCut(partition: number, cause: EventId, atUs: number): void {
    this.#cutPartition = partition;
    this.#cutCause = cause;
    this.#cutAtUs = atUs;
  }

  // One closure for all appends: the hot path must not allocate.
  readonly #cut = (offset: number, count: number, lane: number, first: number): void => {
    this.removed(this.#cutPartition, -1, offset, count, lane, first, this.#cutCause, this.#cutAtUs);
  };

  #logOf(partition: number): PartitionLog {
    let log = this.#logs[partition];
    if (log === undefined) {
      log = new PartitionLog();
      this.#logs[partition] = log;
    }
    return log;
  }
}

function keep(list: LogOddity[], oddity: LogOddity): void {
  if (list.length < ODDITIES_KEPT) list.push(oddity);
}

/** The account of no record. */
export function emptyEntry(of: string): LedgerEntry {
  return {
    of,
    offered: 0,
    acknowledged: 0,
    refused: 0,
    unknown: 0,
    neverSent: 0,
    unresolved: 0,
    stored: 0,
    expired: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    storedThoughFailed: 0,
    delivered: 0,
    redelivered: 0,
    notDelivered: 0,
  };
}
