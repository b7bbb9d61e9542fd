/**
 * The one document that every reporter reads: what was asked, what happened, what holds and why.
 *
 * Versioned by `schemaVersion` (semver: minor adds, major breaks); its JSON Schema is published as
 * `schemas/run-result.schema.json`. Only `environment` may hold wall-clock values; all else is a function of
 * scenario, seed and program version.
 */
export const RESULT_SCHEMA_VERSION = '1.0.0';

export type VerdictStatus = 'passed' | 'failed' | 'inconclusive';
export type Outcome = VerdictStatus | 'interrupted';

export interface Verdict {
  name: string;
  /** Key in the assertion registry. */
  claim: string;
  status: VerdictStatus;
  /** What was asked, as a sentence. */
  expected: string;
  /** What was seen, as a sentence; for inconclusive: why nothing could be decided. */
  observed: string;
  /** First instant at which the verdict was certain, or null. */
  atUs: number | null;
  /** `violated: true` in the scenario: status is already inverted. */
  violationExpected: boolean;
  location: { file: string; line: number; column: number };
  evidence: Evidence[];
  /** From the effect back to its root: the last one has no cause of its own. */
  causes: CauseLink[];
}

export interface Evidence {
  text: string;
  atUs: number | null;
  topic: string | null;
  partition: number | null;
  /** Inclusive offsets, or null. */
  firstOffset: number | null;
  lastOffset: number | null;
  count: number | null;
}

export interface CauseLink {
  eventId: number;
  atUs: number;
  text: string;
}

export interface TimelineEntry {
  id: number;
  atUs: number;
  cause: number;
  type: string;
  /** One sentence in Kafka's words. */
  text: string;
  severity: 'info' | 'notice' | 'warning' | 'critical';
}

export interface RealisedFailure {
  name: string;
  verb: string;
  fromUs: number;
  /** Null: still in force at the end. */
  toUs: number | null;
  touched: string[];
  note: string | null;
}

export interface RealisedOperation {
  name: string;
  verb: string;
  fromUs: number;
  toUs: number | null;
  steps: { atUs: number; what: string }[];
  error: string | null;
}

/** What monitoring would have raised: a metric of Kafka's broke its rule. */
export interface Alert {
  metric: string;
  /** The cluster. */
  of: string;
  /** `> 0` */
  condition: string;
  severity: 'warning' | 'critical';
  fromUs: number;
  /** Null: still raised at the end. */
  toUs: number | null;
  /** The worst value meanwhile. */
  worst: number;
}

/** Down-sampled series: columns of equal length. */
export interface Series {
  metric: string;
  of: string;
  unit: 'us' | 'bytes' | 'bytes/s' | 'records' | 'records/s' | 'count' | 'share';
  bucketUs: number;
  atUs: number[];
  min: (number | null)[];
  max: (number | null)[];
  mean: (number | null)[];
}

export interface HistogramSummary {
  metric: string;
  of: string;
  unit: 'us' | 'bytes' | 'records' | 'count';
  count: number;
  min: number;
  mean: number;
  p50: number;
  p95: number;
  p99: number;
  p999: number;
  max: number;
}

export interface LedgerEntry {
  of: string;
  offered: number;
  acknowledged: number;
  refused: number;
  unknown: number;
  neverSent: number;
  /** Of transactions that were aborted; absent: none. */
  aborted?: number;
  /** Still on its way when the run ended (part of no other population). */
  unresolved: number;
  stored: number;
  expired: number;
  lost: number;
  duplicated: number;
  reordered: number;
  /** Failed for the application but in the log all the same. */
  storedThoughFailed: number;
  delivered: number;
  redelivered: number;
  notDelivered: number;
}

export interface PartitionLane {
  /** Absent in results of earlier versions. */
  cluster?: string;
  topic: string;
  partition: number;
  replicas: number[];
  spans: { fromUs: number; toUs: number; leader: number | null; isr: number[]; leaderEpoch: number }[];
}

export interface RunResult {
  schemaVersion: string;
  program: { name: 'streamproof'; version: string };
  scenario: {
    name: string;
    description: string;
    tags: string[];
    file: string;
    /** Hash of the scenario's normalised text. */
    digest: string;
    source: string;
    durationUs: number;
    warmupUs: number;
    variant: { path: string; value: string }[];
    clusters: {
      name: string;
      kafka: string;
      brokers: { id: number; zone: string }[];
      controllers: { id: number; zone: string }[];
      topics: { name: string; partitions: number; replicationFactor: number }[];
    }[];
    producers: { name: string; instances: number }[];
    consumers: { name: string; instances: number }[];
  };
  seed: string;
  outcome: Outcome;
  /** Why the run ended early, or null. */
  endedEarly: { reason: 'budget' | 'interrupted' | 'error'; text: string } | null;
  simulatedUs: number;
  verdicts: Verdict[];
  timeline: TimelineEntry[];
  /** How many timeline entries were left out when it was capped. */
  timelineOmitted: number;
  failures: RealisedFailure[];
  operations: RealisedOperation[];
  /** Absent in results of earlier versions. */
  alerts?: Alert[];
  partitions: PartitionLane[];
  series: Series[];
  histograms: HistogramSummary[];
  totals: Record<string, number>;
  ledger: { total: LedgerEntry; topics: LedgerEntry[]; groups: LedgerEntry[] };
  notModelled: { what: string; where: string; consequence: string }[];
  /** Facts about numbers: guaranteed by the protocol, modelled, or calibrated from measurements. */
  assumptions: { text: string; kind: 'protocol' | 'modelled' | 'calibrated' }[];
  events: { control: number; data: number; trace: number };
  /** Hash of the whole trace. */
  digest: string;
  /** The one command that reproduces this run. */
  reproduce: string;
  environment: { startedAt: string; wallMs: number; node: string; platform: string };
}

/** One scenario under many seeds, or one scenario's matrix. */
export interface SeedSummary {
  scenario: string;
  file: string;
  seeds: number;
  outcomes: Record<Outcome, number>;
  /** Per expectation: how many seeds passed, failed, were inconclusive. */
  expectations: { name: string; passed: number; failed: number; inconclusive: number; worstSeed: string | null }[];
  worst: { seed: string; outcome: Outcome; reproduce: string } | null;
}

export interface MatrixSummary {
  scenario: string;
  file: string;
  axes: string[];
  rows: {
    variant: { path: string; value: string }[];
    outcome: Outcome;
    statuses: { name: string; status: VerdictStatus; observed: string }[];
    reproduce: string;
  }[];
}

/** What one invocation of `run` produced, in input order. */
export interface RunReport {
  schemaVersion: string;
  results: RunResult[];
  seeds: SeedSummary[];
  matrices: MatrixSummary[];
}
