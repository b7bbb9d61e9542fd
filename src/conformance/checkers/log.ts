import { defaultConfigValue } from '../../kafka/configTable.ts';
import { errorFacts, type KafkaError } from '../../kafka/errors.ts';
import { LATEST_VERSION } from '../../kafka/versions.ts';
import {
  type AppendRules,
  type OfferedBatch,
  storedTimestampMs,
  validateBatch,
} from '../../model/algorithms/appendValidation.ts';
import { batchSizeBytes } from '../../model/algorithms/recordBatchSize.ts';
import {
  activeSegment,
  appendBatch,
  deleteOldSegments,
  logSizeBytes,
  newSegmentedLog,
  type SegmentConfig,
  type SegmentedLog,
} from '../../model/algorithms/segments.ts';
import { difference, firstOf, type VectorChecker } from '../checker.ts';

interface AppendStep {
  op: 'append';
  t: number;
  records: number;
  valueBytes: number;
  batchBytes: number;
  timestamps?: number[];
  logAppendTime?: number;
}

type LogStep = AppendStep | { op: 'highWatermark'; offset: number } | { op: 'retention'; t: number };

type TopicConfig = Record<string, number | string>;

export const segmentsChecker: VectorChecker = {
  file: 'log-retention-segments',
  check(vector) {
    const { config, steps } = vector as unknown as { config: TopicConfig; steps: LogStep[] };
    const run = {
      log: newSegmentedLog(0),
      highWatermark: 0,
      config: segmentConfig(config),
      rules: appendRules(config),
    };
    return firstOf(steps.map((step, index) => checkStep(run, step, `step ${index}`)));
  },
};

interface Run {
  log: SegmentedLog;
  highWatermark: number;
  config: SegmentConfig;
  rules: AppendRules;
}

function segmentConfig(config: TopicConfig): SegmentConfig {
  return {
    segmentBytes: numberOf(config, 'segment.bytes'),
    segmentMs: numberOf(config, 'segment.ms'),
    retentionMs: numberOf(config, 'retention.ms'),
    retentionBytes: numberOf(config, 'retention.bytes'),
    indexBytes: numberOf(config, 'segment.index.bytes'),
    indexIntervalBytes: numberOf(config, 'index.interval.bytes'),
  };
}

function appendRules(config: TopicConfig): AppendRules {
  return {
    maxMessageBytes: numberOf(config, 'max.message.bytes'),
    segmentBytes: numberOf(config, 'segment.bytes'),
    isCompacted: config['cleanup.policy'] === 'compact',
    timestampType: config['message.timestamp.type'] === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    timestampBeforeMaxMs: numberOf(config, 'message.timestamp.before.max.ms'),
    timestampAfterMaxMs: numberOf(config, 'message.timestamp.after.max.ms'),
  };
}

function numberOf(config: TopicConfig, name: string): number {
  return Number(config[name] ?? defaultConfigValue('topic', name, LATEST_VERSION));
}

function checkStep(run: Run, step: LogStep, at: string): string | undefined {
  if (step.op === 'highWatermark') {
    run.highWatermark = step.offset;
    return undefined;
  }
  return step.op === 'append' ? checkAppend(run, step, at) : checkRetention(run, step, at);
}

function checkRetention({ log, config, highWatermark }: Run, step: { t: number; op: string }, at: string) {
  const { op: _op, t, ...expected } = step;
  const segmentsDeleted = deleteOldSegments(log, config, highWatermark, t);
  const { logStartOffset, logEndOffset } = log;
  const state = { segmentsDeleted, logStartOffset, logEndOffset, segments: baseOffsets(log), bytes: logSizeBytes(log) };
  return difference(at, expected, state);
}

function checkAppend({ log, config, rules }: Run, step: AppendStep, at: string): string | undefined {
  const { op: _op, t, records, valueBytes, batchBytes, timestamps = [t], logAppendTime, ...expected } = step;
  const batch: OfferedBatch = {
    sizeBytes: batchBytes,
    hasKeys: false,
    earliestTimestampMs: timestamps.reduce((a, b) => Math.min(a, b)),
    latestTimestampMs: timestamps.reduce((a, b) => Math.max(a, b)),
  };
  const error = validateBatch(batch, rules, t);
  const largestTimestampMs = storedTimestampMs(batch, rules, t);
  const answer: Record<string, unknown> = {};
  if (error === 'NONE') {
    answer.baseOffset = appendBatch(
      log,
      { recordCount: records, sizeBytes: batchBytes, largestTimestampMs },
      config,
      t,
    );
  } else {
    answer.error = exceptionOf(error);
  }
  const after = { activeBaseOffset: activeSegment(log).baseOffset, segments: baseOffsets(log) };
  return firstOf([
    step.timestamps ? undefined : difference(`${at} bytes`, batchBytes, batchSizeBytes(records, nullKey(valueBytes))),
    logAppendTime === undefined ? undefined : difference(`${at} stored time`, logAppendTime, largestTimestampMs),
    difference(at, expected, { ...answer, ...after }),
  ]);
}

/** Inside the broker both refusals of single records are one exception, which carries the error. */
function exceptionOf(error: KafkaError): string | null {
  const isOfRecords = error === 'INVALID_RECORD' || error === 'INVALID_TIMESTAMP';
  return isOfRecords ? 'RecordValidationException' : errorFacts(error).exception;
}

function nullKey(valueBytes: number) {
  return { keyBytes: -1, valueBytes, headersBytes: 1 };
}

function baseOffsets(log: SegmentedLog): number[] {
  return log.segments.map((segment) => segment.baseOffset);
}
