/**
 * Moving a partition to other brokers (KIP-455): the lists while it runs, when it is complete, and the way back.
 *
 * Source: `PartitionReassignmentReplicas`, `PartitionReassignmentRevert`.
 */
import type { Behaviour } from '../../kafka/behaviour.ts';
import { containsAll, type PartitionRegistration, without } from './partitionRegistration.ts';

export interface ReassignmentLists {
  replicas: readonly number[];
  adding: readonly number[];
  removing: readonly number[];
}

/** The target first, then what will be removed, by id. An order change alone adds and removes nothing. */
export function startReassignment(current: readonly number[], target: readonly number[]): ReassignmentLists {
  const adding = sortedById(without(target, current));
  const removing = sortedById(without(current, target));
  return { replicas: [...target, ...removing], adding, removing };
}

export function isReassigning({ adding, removing }: ReassignmentLists): boolean {
  return adding.length > 0 || removing.length > 0;
}

/**
 * Replicas and ISR after completion; undefined while the move must go on, or none runs.
 *
 * Something must be left in the ISR. Up to 4.2 every replica that stays must be in it; from 4.3 every added one, and
 * all that stay only when fewer are added than removed.
 */
export function completeReassignment(
  lists: ReassignmentLists,
  isr: readonly number[],
  behaviour: Pick<Behaviour, 'reassignmentCompletes'>,
): { replicas: readonly number[]; isr: readonly number[] } | undefined {
  if (!isReassigning(lists)) return undefined;
  const replicas = without(lists.replicas, lists.removing);
  const remainingIsr = without(isr, lists.removing);
  const needsAll =
    behaviour.reassignmentCompletes === 'everyTargetInIsr' || lists.adding.length < lists.removing.length;
  // A later target may drop a replica that an earlier one was about to add.
  const added = without(lists.adding, lists.removing);
  const needed = needsAll ? replicas : added;
  if (remainingIsr.length === 0 || !containsAll(remainingIsr, needed) || !containsAll(remainingIsr, added)) {
    return undefined;
  }
  return { replicas, isr: remainingIsr };
}

/**
 * What a cancelled move goes back to: the replicas without the added ones.
 *
 * `isUnclean` when none of them is in the ISR; then the first one becomes it, and records may be lost.
 */
export function revertReassignment(registration: Pick<PartitionRegistration, 'replicas' | 'adding' | 'isr'>): {
  replicas: readonly number[];
  isr: readonly number[];
  isUnclean: boolean;
} {
  const replicas = without(registration.replicas, registration.adding);
  const isr = without(registration.isr, registration.adding);
  return isr.length > 0
    ? { replicas, isr, isUnclean: false }
    : { replicas, isr: replicas.slice(0, 1), isUnclean: true };
}

function sortedById(ids: readonly number[]): readonly number[] {
  return [...ids].sort((a, b) => a - b);
}
