import {
  AcknowledgedMeter,
  DeliveredMeter,
  FailedMeter,
  FailedShareMeter,
  LedgerMeter,
  NeverSentMeter,
  OfferedMeter,
} from '../meters/recordMeter.ts';
import { COUNT, listening, type MetricDefinition, metric, RECORDS_OF, TOTAL } from './define.ts';

export const recordCounts: readonly MetricDefinition[] = [
  metric(
    'records.offered',
    'records',
    RECORDS_OF,
    COUNT,
    'Records that the application handed to its producer.',
    listening((context) => new OfferedMeter(context)),
  ),
  metric(
    'records.acknowledged',
    'records',
    RECORDS_OF,
    COUNT,
    'Records whose success the application learned.',
    listening((context) => new AcknowledgedMeter(context)),
  ),
  metric(
    'records.refused',
    'records',
    RECORDS_OF,
    COUNT,
    'Records that failed and were never on the wire, or were certainly not appended.',
    listening((context) => new FailedMeter(context, 'refused')),
  ),
  metric(
    'records.unknown',
    'records',
    RECORDS_OF,
    COUNT,
    'Records that failed after a request with them was on the wire: they may be in the log.',
    listening((context) => new FailedMeter(context, 'unknown')),
  ),
  metric(
    'records.failed',
    'records',
    RECORDS_OF,
    COUNT,
    'Refused and unknown ones together.',
    listening((context) => new FailedMeter(context, 'both')),
  ),
  metric(
    'records.failedShare',
    'share',
    RECORDS_OF,
    TOTAL,
    'Refused and unknown records as a share of those offered.',
    (context) => new FailedShareMeter(context),
  ),
  metric(
    'records.neverSent',
    'records',
    RECORDS_OF,
    COUNT,
    "Records that found no room in the producer's buffer within `max.block.ms`.",
    listening((context) => new NeverSentMeter(context)),
  ),
  metric(
    'records.delivered',
    'records',
    'a group, a member of it, a topic or a partition',
    COUNT,
    'Deliveries to consuming applications, second ones included.',
    listening((context) => new DeliveredMeter(context)),
  ),
];

export const ledgerCounts: readonly MetricDefinition[] = (
  [
    ['stored', 'Records in the surviving log at the end.'],
    ['expired', 'Records that retention removed.'],
    ['lost', 'Records that were acknowledged and are neither in the log nor expired.'],
    ['duplicated', 'Records that are in the log more than once.'],
    [
      'reordered',
      'Backward steps: records that lie in the log behind a later one of the same producer instance and partition; second copies do not count.',
    ],
    ['storedThoughFailed', 'Records that failed for the application and are in the log all the same.'],
    ['aborted', 'Records of transactions that were aborted, as far as the application knows.'],
    ['redelivered', "Records that went through the same group's application more than once."],
    ['notDelivered', 'Records in the log that the group has not processed.'],
    ['unresolved', 'Records still on their way when the run ended.'],
  ] as const
).map(([field, description]) =>
  metric(
    `records.${field}`,
    'records',
    field === 'redelivered' || field === 'notDelivered' ? 'a group, topic or partition' : RECORDS_OF,
    TOTAL,
    `${description} Known of the whole run only, warm-up included.`,
    (context) => new LedgerMeter(context, field),
  ),
);
