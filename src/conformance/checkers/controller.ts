import { behaviourOf } from '../../kafka/behaviour.ts';
import { LATEST_VERSION, parseKafkaVersion } from '../../kafka/versions.ts';
import { changePartition, type PartitionChangeRequest } from '../../model/algorithms/partitionChange.ts';
import {
  completeReassignment,
  isReassigning,
  revertReassignment,
  startReassignment,
} from '../../model/algorithms/partitionReassignment.ts';
import { type PartitionRegistration, without } from '../../model/algorithms/partitionRegistration.ts';
import { type PlacementRefusal, placeReplicas } from '../../model/algorithms/replicaPlacer.ts';
import { difference, firstOf, type VectorChecker } from '../checker.ts';

interface ChangeCase extends Omit<PartitionChangeRequest, 'isAcceptableLeader' | 'mayUseLastKnownLeader'> {
  registration: PartitionRegistration;
  acceptableLeaders: number[];
  useLastKnownLeaderInBalancedRecovery?: boolean;
  /** Such as 3.5-IV2; it decides the leader epoch bump only. */
  metadataVersion: string;
  record: Record<string, unknown> | null;
  after?: PartitionRegistration;
}

export const partitionChangeChecker: VectorChecker = {
  file: 'partition-change',
  check(vector) {
    const { registration, acceptableLeaders, metadataVersion, record, after, ...request } =
      vector as unknown as ChangeCase;
    const { epochBumpOnIsrShrink } = behaviourOf(parseKafkaVersion(metadataVersion.split('-')[0]!)!);
    const change = changePartition(
      registration,
      {
        ...request,
        isAcceptableLeader: (brokerId) => acceptableLeaders.includes(brokerId),
        mayUseLastKnownLeader: request.useLastKnownLeaderInBalancedRecovery,
      },
      { ...behaviourOf(LATEST_VERSION), epochBumpOnIsrShrink },
    );
    return firstOf([
      difference('record', record, change?.record ?? null),
      after && difference('after', after, change?.registration),
    ]);
  },
};

interface ReassignmentCase {
  current: number[];
  target: number[];
  replicas: number[];
  adding: number[];
  removing: number[];
  inProgress: boolean;
  original: number[];
  isrs: { isr: number[]; completed: unknown; revert: unknown }[];
}

export const reassignmentChecker: VectorChecker = {
  file: 'partition-reassignment',
  check(vector) {
    const { current, target, isrs, ...expected } = vector as unknown as ReassignmentCase;
    const lists = startReassignment(current, target);
    const original = without(lists.replicas, lists.adding);
    const differences = isrs.map(({ isr, ...wanted }) => {
      const completed = completeReassignment(lists, isr, behaviourOf(LATEST_VERSION)) ?? null;
      const { isUnclean, ...revert } = revertReassignment({ ...lists, isr });
      return difference(`isr ${isr}`, wanted, { completed, revert: { ...revert, unclean: isUnclean } });
    });
    return firstOf([
      difference('lists', expected, { ...lists, inProgress: isReassigning(lists), original }),
      ...differences,
    ]);
  },
};

interface PlacementCase {
  brokers: { id: number; rack?: string; fenced?: boolean }[];
  partitions: number;
  replicationFactor: number;
  rackVisitOrder: (string | null)[];
  random: { bound: number; value: number }[];
  expected?: number[][];
  error?: string;
}

const REFUSALS: Record<PlacementRefusal, string> = {
  notPositive: 'must be positive',
  allBrokersFenced: 'All brokers are currently fenced',
  tooFewBrokers: 'cannot be reached because',
};

export const placementChecker: VectorChecker = {
  file: 'replica-placement',
  check(vector) {
    const c = vector as unknown as PlacementCase;
    const draws = [...c.random];
    const wrongDraws: string[] = [];
    const placement = placeReplicas(
      {
        brokers: c.brokers.map(({ id, rack, fenced }) => ({ id, rack: rack ?? null, isFenced: fenced ?? false })),
        partitionCount: c.partitions,
        replicationFactor: c.replicationFactor,
        rackDrawOrder: c.rackVisitOrder,
      },
      (bound) => {
        const draw = draws.shift();
        if (draw?.bound !== bound) wrongDraws.push(`a draw below ${draw?.bound ?? 'nothing'}, ours below ${bound}`);
        return draw?.value ?? 0;
      },
    );
    if (wrongDraws.length > 0) return `draws: Kafka ${wrongDraws[0]}`;
    if (!placement.ok) {
      const isSame = c.error?.includes(REFUSALS[placement.reason]);
      return isSame ? undefined : `error: Kafka ${c.error ?? 'places'}, ours ${placement.reason}`;
    }
    return firstOf([
      difference('replicas', c.expected ?? c.error, placement.replicas),
      difference('unused draws', 0, draws.length),
    ]);
  },
};
