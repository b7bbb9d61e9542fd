/**
 * The published shape of a result file, as JSON Schema draft-07; `schemas/run-result.schema.json` is this object.
 *
 * Unknown keys are allowed everywhere: a minor version adds keys, and yesterday's reader must accept them.
 */
export interface Schema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

export type SchemaType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: ['string', 'null'] };
const number: Schema = { type: 'number' };
const integer: Schema = { type: 'integer' };
const integerOrNull: Schema = { type: ['integer', 'null'] };
const count: Schema = { type: 'integer', minimum: 0 };
const instant: Schema = { type: 'integer', minimum: 0, description: 'simulated microseconds since the start' };
const instantOrNull: Schema = { type: ['integer', 'null'], minimum: 0 };
const version: Schema = { type: 'string', pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$' };
const flag: Schema = { type: 'boolean' };
const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description && { description }),
});
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });

/**
 * Every property is required: a result says nothing by leaving a key out. Those that a minor version added (`later`)
 * are missing in older results.
 */
function shape(
  properties: Record<string, Schema>,
  description?: string,
  later: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    required: Object.keys(properties),
    properties: { ...properties, ...later },
    ...(description && { description }),
  };
}

const variant = list(shape({ path: text, value: text }), 'which combination of matrix.vary this is');
const hosts = list(shape({ id: integer, zone: text }));
const clients = list(shape({ name: text, instances: count }));

const verdict = shape({
  name: text,
  claim: { ...text, description: 'key in the assertion registry' },
  status: ref('status'),
  expected: { ...text, description: 'what was asked, as a sentence' },
  observed: { ...text, description: 'what was seen; for inconclusive: why nothing could be decided' },
  atUs: { ...instantOrNull, description: 'first instant at which the verdict was certain' },
  violationExpected: { ...flag, description: 'violated: true in the scenario; status is already inverted' },
  location: shape({ file: text, line: count, column: count }),
  evidence: list(
    shape({
      text,
      atUs: instantOrNull,
      topic: textOrNull,
      partition: integerOrNull,
      firstOffset: integerOrNull,
      lastOffset: integerOrNull,
      count: integerOrNull,
    }),
  ),
  causes: list(shape({ eventId: integer, atUs: instant, text }), 'from the effect back to its root'),
});

const scenario = shape({
  name: text,
  description: text,
  tags: list(text),
  file: text,
  digest: { ...text, description: "hash of the scenario's normalised text" },
  source: text,
  durationUs: instant,
  warmupUs: instant,
  variant,
  clusters: list(
    shape({
      name: text,
      kafka: text,
      brokers: hosts,
      controllers: hosts,
      topics: list(shape({ name: text, partitions: count, replicationFactor: count })),
    }),
  ),
  producers: clients,
  consumers: clients,
});

const ledgerEntry = shape(
  {
    of: text,
    offered: count,
    acknowledged: count,
    refused: count,
    unknown: count,
    neverSent: count,
    unresolved: { ...count, description: 'still on its way when the run ended' },
    stored: count,
    expired: count,
    lost: count,
    duplicated: count,
    reordered: count,
    storedThoughFailed: { ...count, description: 'failed for the application but in the log all the same' },
    delivered: count,
    redelivered: count,
    notDelivered: count,
  },
  undefined,
  { aborted: { ...count, description: 'of transactions that were aborted; absent: none' } },
);

const partitionLane = shape(
  {
    topic: text,
    partition: count,
    replicas: list(integer),
    spans: list(
      shape({ fromUs: instant, toUs: instant, leader: integerOrNull, isr: list(integer), leaderEpoch: integer }),
    ),
  },
  undefined,
  { cluster: text },
);

const column = list({ type: ['number', 'null'] });
const series = shape(
  {
    metric: text,
    of: text,
    unit: oneOf('us', 'bytes', 'bytes/s', 'records', 'records/s', 'count', 'share'),
    bucketUs: count,
    atUs: list(instant),
    min: column,
    max: column,
    mean: column,
  },
  'down-sampled; columns of equal length',
);

const histogram = shape({
  metric: text,
  of: text,
  unit: oneOf('us', 'bytes', 'records', 'count'),
  count,
  min: number,
  mean: number,
  p50: number,
  p95: number,
  p99: number,
  p999: number,
  max: number,
});

const alerts = list(
  shape({
    metric: text,
    of: text,
    condition: text,
    severity: oneOf('warning', 'critical'),
    fromUs: instant,
    toUs: instantOrNull,
    worst: number,
  }),
  "what monitoring by Kafka's metrics would have raised",
);

const result = shape(
  {
    schemaVersion: version,
    program: shape({ name: { const: 'streamproof', type: 'string' }, version: text }),
    scenario,
    seed: text,
    outcome: ref('outcome'),
    endedEarly: {
      anyOf: [{ type: 'null' }, shape({ reason: oneOf('budget', 'interrupted', 'error'), text })],
      description: 'why the run ended early',
    },
    simulatedUs: instant,
    verdicts: list(verdict),
    timeline: list(
      shape({
        id: integer,
        atUs: instant,
        cause: { ...integer, description: 'id of the entry that caused it; -1: the scenario itself' },
        type: text,
        text,
        severity: oneOf('info', 'notice', 'warning', 'critical'),
      }),
    ),
    timelineOmitted: count,
    failures: list(
      shape({ name: text, verb: text, fromUs: instant, toUs: instantOrNull, touched: list(text), note: textOrNull }),
    ),
    operations: list(
      shape({
        name: text,
        verb: text,
        fromUs: instant,
        toUs: instantOrNull,
        steps: list(shape({ atUs: instant, what: text })),
        error: textOrNull,
      }),
    ),
    partitions: list(partitionLane),
    series: list(series),
    histograms: list(histogram),
    totals: { type: 'object', additionalProperties: number },
    ledger: shape({ total: ref('ledgerEntry'), topics: list(ref('ledgerEntry')), groups: list(ref('ledgerEntry')) }),
    notModelled: list(shape({ what: text, where: text, consequence: text })),
    assumptions: list(shape({ text, kind: oneOf('protocol', 'modelled', 'calibrated') })),
    events: shape({ control: count, data: count, trace: count }),
    digest: { ...text, description: 'hash of the whole trace' },
    reproduce: { ...text, description: 'the one command that reproduces this run' },
    environment: shape(
      { startedAt: text, wallMs: { type: 'number', minimum: 0 }, node: text, platform: text },
      'the only place with wall-clock values',
    ),
  },
  undefined,
  { alerts },
);

const seedSummary = shape({
  scenario: text,
  file: text,
  seeds: count,
  outcomes: shape({ passed: count, failed: count, inconclusive: count, interrupted: count }),
  expectations: list(shape({ name: text, passed: count, failed: count, inconclusive: count, worstSeed: textOrNull })),
  worst: { anyOf: [{ type: 'null' }, shape({ seed: text, outcome: ref('outcome'), reproduce: text })] },
});

const matrixSummary = shape({
  scenario: text,
  file: text,
  axes: list(text),
  rows: list(
    shape({
      variant,
      outcome: ref('outcome'),
      statuses: list(shape({ name: text, status: ref('status'), observed: text })),
      reproduce: text,
    }),
  ),
});

export const resultSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://streamproof.dev/schemas/run-result.schema.json',
  title: 'Streamproof run report',
  ...shape(
    {
      schemaVersion: { ...version, description: 'minor adds keys, major breaks' },
      results: list(ref('result')),
      seeds: list(ref('seedSummary')),
      matrices: list(ref('matrixSummary')),
    },
    'What one invocation of `streamproof run` produced, in input order.',
  ),
  definitions: {
    status: oneOf('passed', 'failed', 'inconclusive'),
    outcome: oneOf('passed', 'failed', 'inconclusive', 'interrupted'),
    ledgerEntry,
    result,
    seedSummary,
    matrixSummary,
  },
};
