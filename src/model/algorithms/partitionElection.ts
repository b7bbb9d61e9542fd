/**
 * Who leads a partition, given the ISR and ELR that the controller is about to write.
 *
 * A replica may lead when it is acceptable (active, and its log directory is online) and in the target ISR, or in the
 * target ELR when that ISR is empty.
 *
 *   PREFERRED  the first replica; else the leader; else the other replicas in order; else the last known leader
 *   ONLINE     the leader; else the replicas in order; else the last known leader
 *   UNCLEAN    as ONLINE; else any acceptable replica in order
 *
 * Source: `PartitionChangeBuilder.electLeader`, KIP-966.
 */
import type { Behaviour } from '../../kafka/behaviour.ts';
import { NO_LEADER } from './partitionRegistration.ts';

export type ElectionType = 'PREFERRED' | 'ONLINE' | 'UNCLEAN';

/** `unclean` also for the last known leader: it is recovered like one, though it may well hold everything. */
export interface ElectionResult {
  leader: number;
  kind: 'none' | 'clean' | 'eligibleReplica' | 'lastKnownLeader' | 'unclean';
}

export interface ElectionInput {
  election: ElectionType;
  /** The leader up to now; -1 for none. */
  leader: number;
  replicas: readonly number[];
  isr: readonly number[];
  elr: readonly number[];
  lastKnownElr: readonly number[];
  isAcceptable: (brokerId: number) => boolean;
  elrEnabled: boolean;
  mayUseLastKnownLeader: boolean;
}

export function electLeader(
  input: ElectionInput,
  behaviour: Pick<Behaviour, 'lastKnownLeaderMustBeAlive'>,
): ElectionResult {
  const { election, replicas, leader } = input;
  const order = election === 'PREFERRED' ? [replicas[0]!, leader, ...replicas] : [leader, ...replicas];
  const valid = order.find((candidate) => isValid(input, candidate));
  if (valid !== undefined) return { leader: valid, kind: input.isr.includes(valid) ? 'clean' : 'eligibleReplica' };
  if (canElectLastKnown(input, behaviour)) return { leader: input.lastKnownElr[0]!, kind: 'lastKnownLeader' };
  const anyone = election === 'UNCLEAN' ? replicas.find(input.isAcceptable) : undefined;
  return anyone === undefined ? { leader: NO_LEADER, kind: 'none' } : { leader: anyone, kind: 'unclean' };
}

function isValid({ isr, elr, elrEnabled, isAcceptable }: ElectionInput, candidate: number): boolean {
  const isMember = isr.includes(candidate) || (elrEnabled && isr.length === 0 && elr.includes(candidate));
  return isMember && isAcceptable(candidate);
}

function canElectLastKnown(
  { isr, elr, lastKnownElr, elrEnabled, mayUseLastKnownLeader, isAcceptable }: ElectionInput,
  behaviour: Pick<Behaviour, 'lastKnownLeaderMustBeAlive'>,
): boolean {
  if (!elrEnabled || !mayUseLastKnownLeader || isr.length > 0 || elr.length > 0) return false;
  if (lastKnownElr.length !== 1) return false;
  return !behaviour.lastKnownLeaderMustBeAlive || isAcceptable(lastKnownElr[0]!);
}
