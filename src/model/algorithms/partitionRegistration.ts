/**
 * One partition as the controller's metadata log describes it.
 *
 * Source: `PartitionRegistration`. Lists hold broker ids; leader -1 is none. Not modelled: directory ids.
 */
export interface PartitionRegistration {
  /** In the order of assignment; the first is the preferred leader. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Eligible leader replicas: left the ISR below min.insync.replicas, yet hold all that was committed (KIP-966). */
  readonly elr: readonly number[];
  /** The last leader before the partition lost its leader; at most one id. */
  readonly lastKnownElr: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** RECOVERING from an unclean election until the new leader has reported itself. */
  readonly leaderRecoveryState: LeaderRecoveryState;
}

export type LeaderRecoveryState = 'RECOVERED' | 'RECOVERING';

export const NO_LEADER = -1;

/** A change record: only the fields that change, or that the controller writes again. */
export interface PartitionChangeRecord {
  /** Also written with the same leader, to raise the leader epoch. */
  leader?: number;
  isr?: readonly number[];
  elr?: readonly number[];
  lastKnownElr?: readonly number[];
  replicas?: readonly number[];
  adding?: readonly number[];
  removing?: readonly number[];
  leaderRecoveryState?: LeaderRecoveryState;
}

/** A partition right after its creation: both epochs 0. */
export function newPartitionRegistration(
  replicas: readonly number[],
  isr: readonly number[],
  leader: number,
): PartitionRegistration {
  return {
    replicas,
    isr,
    elr: [],
    lastKnownElr: [],
    adding: [],
    removing: [],
    leader,
    leaderEpoch: 0,
    partitionEpoch: 0,
    leaderRecoveryState: 'RECOVERED',
  };
}

/** The partition epoch rises with every record, the leader epoch with every record that names a leader. */
export function applyChange(before: PartitionRegistration, record: PartitionChangeRecord): PartitionRegistration {
  return {
    ...before,
    ...record,
    leaderEpoch: before.leaderEpoch + (record.leader === undefined ? 0 : 1),
    partitionEpoch: before.partitionEpoch + 1,
  };
}

/** The order of both lists counts. */
export function areEqualLists(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

export function containsAll(list: readonly number[], ids: readonly number[]): boolean {
  return ids.every((id) => list.includes(id));
}

export function without(list: readonly number[], ids: readonly number[]): readonly number[] {
  return ids.length === 0 ? list : list.filter((id) => !ids.includes(id));
}
