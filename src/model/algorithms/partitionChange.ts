/**
 * One decision of the KRaft controller about one partition: what the caller wants in, the record to write out.
 *
 * In this order: a reassignment that may complete does; members that leave an ISR below min.insync.replicas become
 * eligible leader replicas; a leader is elected; epochs are raised where the release demands it.
 *
 * Source: `PartitionChangeBuilder`, KIP-455, KIP-966. Not modelled: directory ids.
 */
import type { Behaviour } from '../../kafka/behaviour.ts';
import { type ElectionResult, type ElectionType, electLeader } from './partitionElection.ts';
import { completeReassignment } from './partitionReassignment.ts';
import {
  applyChange,
  areEqualLists,
  containsAll,
  type LeaderRecoveryState,
  NO_LEADER,
  type PartitionChangeRecord,
  type PartitionRegistration,
  without,
} from './partitionRegistration.ts';

/** Targets that are absent stay as registered. */
export interface PartitionChangeRequest {
  /** Active, not in controlled shutdown, log directory online. */
  isAcceptableLeader: (brokerId: number) => boolean;
  election?: ElectionType;
  elrEnabled?: boolean;
  /** For the ELR only: the topic's min.insync.replicas, capped by its replication factor. */
  minIsr?: number;
  mayUseLastKnownLeader?: boolean;
  targetIsr?: readonly number[];
  targetReplicas?: readonly number[];
  targetAdding?: readonly number[];
  targetRemoving?: readonly number[];
  targetLeaderRecoveryState?: LeaderRecoveryState;
  /** Brokers that came back without a clean shutdown: they may have lost what they had. */
  uncleanShutdownReplicas?: readonly number[];
}

export interface PartitionChange {
  record: PartitionChangeRecord;
  /** The registration once the record is applied. */
  registration: PartitionRegistration;
  /** Who was elected and how; undefined when the leader stays. */
  election: ElectionResult | undefined;
  /** The record completes a reassignment. */
  completesReassignment: boolean;
}

export type PartitionChangeBehaviour = Pick<
  Behaviour,
  'reassignmentCompletes' | 'epochBumpOnIsrShrink' | 'lastKnownLeaderMustBeAlive' | 'lastKnownLeaderRemembered'
>;

/** What is about to be written, before it is compared with the registration. */
interface Target {
  replicas: readonly number[];
  adding: readonly number[];
  removing: readonly number[];
  isr: readonly number[];
  elr: readonly number[];
  lastKnownElr: readonly number[];
}

/** The change, or undefined when there is nothing to write. */
export function changePartition(
  before: PartitionRegistration,
  request: PartitionChangeRequest,
  behaviour: PartitionChangeBehaviour,
): PartitionChange | undefined {
  const target = newTarget(before, request);
  const completesReassignment = completeIfPossible(target, behaviour);
  const elrEnabled = request.elrEnabled ?? false;
  if (elrEnabled) fillElr(target, before, request);

  const record: PartitionChangeRecord = {};
  const election = elect(target, before, request, behaviour);
  const isUnclean = election?.kind === 'unclean' || election?.kind === 'lastKnownLeader';
  if (election) record.leader = election.leader;
  if (election && isUnclean) {
    record.isr = [election.leader];
    if (before.leaderRecoveryState !== 'RECOVERING') record.leaderRecoveryState = 'RECOVERING';
  } else {
    if (election?.kind === 'eligibleReplica') moveFromElrToIsr(target, election.leader);
    // Without ELR an ISR never becomes empty: its last member stays, so that it can be elected when it returns.
    const mayWrite = target.isr.length > 0 || elrEnabled;
    if (mayWrite && !areEqualLists(target.isr, before.isr)) record.isr = target.isr;
  }
  if (isUnclean || !elrEnabled) {
    target.elr = [];
    target.lastKnownElr = [];
  }
  raiseLeaderEpoch(record, target, before, behaviour);
  if (!areEqualLists(target.elr, before.elr)) record.elr = target.elr;
  rememberLastLeader(record, target, before, request, behaviour);
  writeAssignment(record, target, before, request);

  if (Object.keys(record).length === 0) return undefined;
  return { record, registration: applyChange(before, record), election, completesReassignment };
}

function newTarget(before: PartitionRegistration, request: PartitionChangeRequest): Target {
  return {
    replicas: request.targetReplicas ?? before.replicas,
    adding: request.targetAdding ?? before.adding,
    removing: request.targetRemoving ?? before.removing,
    isr: request.targetIsr ?? before.isr,
    elr: before.elr,
    lastKnownElr: before.lastKnownElr,
  };
}

function completeIfPossible(target: Target, behaviour: PartitionChangeBehaviour): boolean {
  const completed = completeReassignment(target, target.isr, behaviour);
  if (!completed) return false;
  target.replicas = completed.replicas;
  target.isr = completed.isr;
  target.adding = [];
  target.removing = [];
  return true;
}

function fillElr(target: Target, before: PartitionRegistration, request: PartitionChangeRequest): void {
  if (target.isr.length >= Math.min(request.minIsr ?? 1, target.replicas.length)) {
    target.elr = [];
    target.lastKnownElr = [];
    return;
  }
  const candidates = [...new Set([...before.elr, ...before.isr])].sort((a, b) => a - b);
  target.elr = without(without(candidates, target.isr), request.uncleanShutdownReplicas ?? []);
}

function elect(
  target: Target,
  before: PartitionRegistration,
  request: PartitionChangeRequest,
  behaviour: PartitionChangeBehaviour,
): ElectionResult | undefined {
  const result = electLeader(
    {
      election: request.election ?? 'ONLINE',
      leader: before.leader,
      replicas: target.replicas,
      isr: target.isr,
      elr: target.elr,
      lastKnownElr: before.lastKnownElr,
      isAcceptable: request.isAcceptableLeader,
      elrEnabled: request.elrEnabled ?? false,
      mayUseLastKnownLeader: request.mayUseLastKnownLeader ?? true,
    },
    behaviour,
  );
  return result.leader === before.leader ? undefined : result;
}

function moveFromElrToIsr(target: Target, leader: number): void {
  target.isr = [leader];
  target.elr = without(target.elr, [leader]);
}

/** Followers must truncate or stop: after a replica is dropped, and up to 3.5 after an ISR shrink. */
function raiseLeaderEpoch(
  record: PartitionChangeRecord,
  target: Target,
  before: PartitionRegistration,
  behaviour: PartitionChangeBehaviour,
): void {
  if (record.leader !== undefined) return;
  const dropsReplicas = !containsAll(target.replicas, before.replicas);
  const shrinksIsr = behaviour.epochBumpOnIsrShrink && !containsAll(target.isr, before.isr);
  if (dropsReplicas || shrinksIsr) record.leader = before.leader;
}

function rememberLastLeader(
  record: PartitionChangeRecord,
  target: Target,
  before: PartitionRegistration,
  request: PartitionChangeRequest,
  behaviour: PartitionChangeBehaviour,
): void {
  const isUsed = (request.elrEnabled ?? false) && (request.mayUseLastKnownLeader ?? true);
  let remembered = isUsed ? before.lastKnownElr : target.lastKnownElr;
  if (isUsed && losesLeader(record, before, behaviour)) remembered = [before.leader];
  else if (record.leader !== undefined && record.leader !== NO_LEADER) remembered = [];
  if (!areEqualLists(remembered, before.lastKnownElr)) record.lastKnownElr = remembered;
}

function losesLeader(
  record: PartitionChangeRecord,
  before: PartitionRegistration,
  behaviour: PartitionChangeBehaviour,
): boolean {
  if (before.leader === NO_LEADER) return false;
  if (behaviour.lastKnownLeaderRemembered === 'whenIsrEmpties') return record.isr?.length === 0;
  return record.leader === NO_LEADER && before.lastKnownElr.length === 0;
}

function writeAssignment(
  record: PartitionChangeRecord,
  target: Target,
  before: PartitionRegistration,
  request: PartitionChangeRequest,
): void {
  if (!areEqualLists(target.replicas, before.replicas)) record.replicas = target.replicas;
  if (!areEqualLists(target.adding, before.adding)) record.adding = target.adding;
  if (!areEqualLists(target.removing, before.removing)) record.removing = target.removing;
  const recovery = request.targetLeaderRecoveryState ?? before.leaderRecoveryState;
  if (recovery !== before.leaderRecoveryState) record.leaderRecoveryState = recovery;
}
