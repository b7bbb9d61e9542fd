import type { VectorChecker } from './checker.ts';
import { assignorCheckers } from './checkers/assignors.ts';
import { initialDelayChecker, timelineChecker } from './checkers/classicGroups.ts';
import { consumerTimelineChecker, reconciliationChecker, serverAssignorChecker } from './checkers/consumerGroups.ts';
import { partitionChangeChecker, placementChecker, reassignmentChecker } from './checkers/controller.ts';
import { segmentsChecker } from './checkers/log.ts';
import { adaptiveChecker, binaryKeyChecker, coordinatorChecker, murmur2Checker } from './checkers/partitioning.ts';
import { backoffChecker, batchSizeChecker, sequenceChecker } from './checkers/producer.ts';
import { quotaChecker } from './checkers/quotas.ts';
import { lastStableOffsetChecker } from './checkers/transactions.ts';
import { configDefaultsChecker, errorCodeChecker, stateMachineChecker } from './checkers/vocabulary.ts';

/** Who checks which vector file. */
export const CHECKERS: readonly VectorChecker[] = [
  adaptiveChecker,
  ...assignorCheckers,
  backoffChecker,
  batchSizeChecker,
  binaryKeyChecker,
  configDefaultsChecker,
  consumerTimelineChecker,
  coordinatorChecker,
  errorCodeChecker,
  initialDelayChecker,
  lastStableOffsetChecker,
  murmur2Checker,
  partitionChangeChecker,
  placementChecker,
  quotaChecker,
  reassignmentChecker,
  reconciliationChecker,
  segmentsChecker,
  sequenceChecker,
  serverAssignorChecker,
  stateMachineChecker,
  timelineChecker,
];
