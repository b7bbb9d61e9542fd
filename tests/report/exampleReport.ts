import type { MatrixSummary, RunReport, RunResult, SeedSummary, Verdict } from '../../src/result/runResult.ts';
import { RESULT_SCHEMA_VERSION } from '../../src/result/runResult.ts';
import {
  BACK_US,
  CRASH_US,
  END_US,
  exampleSeries,
  FENCED_US,
  histogram,
  lanes,
  ledger,
  MS,
  PREFERRED_US,
  S,
  SOURCE,
  timeline,
} from './exampleTrace.ts';

/**
 * Results as a real run would leave them, for the tests of reporters and views: three brokers, twelve partitions,
 * broker 2 dies at 40 s and is back at 1 min 25 s. Written under acks=1, so that acknowledged records are lost.
 *
 * `text` passes through every string that a user could have chosen; the hostile-text tests replace it.
 */
export interface ExampleOptions {
  text?: (value: string) => string;
  partitions?: number;
  /** Points of each series. */
  points?: number;
}

export function exampleReport(options: ExampleOptions = {}): RunReport {
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    results: [failedResult(options), passedResult(options), inconclusiveResult(options)],
    seeds: [exampleSeeds(options)],
    matrices: [exampleMatrix(options)],
  };
}

/** Broker crash under acks=1: acknowledged records lost. */
export function failedResult(options: ExampleOptions = {}): RunResult {
  const text = options.text ?? same;
  const file = text('scenarios/03-broker-crash-acks-1.scenario.yaml');
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    program: { name: 'streamproof', version: '0.1.0' },
    scenario: {
      name: text('A broker dies under acks=1'),
      description: text(
        'Checkout writes orders with acks=1, because it is faster. Broker 2 dies without warning for 45 seconds. ' +
          'What the leader acknowledged and had not yet replicated is gone.',
      ),
      tags: [text('durability'), text('broker-crash')],
      file,
      digest: '9d1f4be02c7a66e1',
      source: SOURCE.split('\n').map(text).join('\n'),
      durationUs: END_US,
      warmupUs: 10 * S,
      variant: [],
      clusters: [
        {
          name: text('main'),
          kafka: '4.1',
          brokers: [
            { id: 1, zone: text('default/a') },
            { id: 2, zone: text('default/b') },
            { id: 3, zone: text('default/c') },
          ],
          controllers: [
            { id: 101, zone: text('default/a') },
            { id: 102, zone: text('default/b') },
            { id: 103, zone: text('default/c') },
          ],
          topics: [{ name: text('orders'), partitions: options.partitions ?? 12, replicationFactor: 3 }],
        },
      ],
      producers: [{ name: text('checkout'), instances: 2 }],
      consumers: [{ name: text('billing'), instances: 3 }],
    },
    seed: text('broker-crash'),
    outcome: 'failed',
    endedEarly: null,
    simulatedUs: END_US,
    verdicts: verdicts(text, file),
    timeline: timeline(text),
    timelineOmitted: 214,
    failures: [
      {
        name: text('broker 2 dies'),
        verb: 'crash',
        fromUs: CRASH_US,
        toUs: BACK_US,
        touched: [text('broker 2'), text('leader of orders-1, orders-4, orders-7, orders-10')],
        note: null,
      },
      {
        name: text('flaky link'),
        verb: 'degrade',
        fromUs: 130 * S,
        toUs: null,
        touched: [text('12 connections between default/a and default/c')],
        note: text('still in force when the run ended'),
      },
    ],
    operations: [
      {
        name: text('spread the leaders'),
        verb: 'electLeaders',
        fromUs: PREFERRED_US,
        toUs: PREFERRED_US + 214 * MS,
        steps: [
          { atUs: PREFERRED_US, what: text('preferred election asked for 4 partitions') },
          { atUs: PREFERRED_US + 214 * MS, what: text('4 partitions moved, none refused') },
        ],
        error: null,
      },
    ],
    partitions: lanes(text, options.partitions ?? 12),
    series: exampleSeries(text, options.points ?? 300),
    histograms: [
      histogram('produce.latency', text('checkout'), [640, 4_180, 3_910, 8_450, 21_400, 9_061_000, 9_112_400], 291_180),
      histogram(
        'endToEnd.latency',
        text('billing'),
        [1_200, 31_400, 8_120, 64_200, 412_000, 9_140_800, 9_203_000],
        289_644,
      ),
      histogram('fetch.latency', text('billing'), [310, 220_400, 181_000, 498_600, 500_900, 502_100, 509_000], 8_124),
    ],
    totals: {
      'errors.NOT_LEADER_OR_FOLLOWER': 8,
      'isr.shrinks': 8,
      'isr.expands': 12,
      'elections.clean': 8,
      retries: 41,
    },
    ledger: {
      total: ledger(text('all')),
      topics: [ledger(text('orders'))],
      groups: [ledger(text('billing'))],
    },
    notModelled: [
      {
        what: text('log.flush.interval.messages'),
        where: text('clusters.main.config'),
        consequence: text('Flushing has no cost in the model; the page cache survives a crash of the process.'),
      },
    ],
    assumptions: [
      {
        text: 'An acknowledged record under acks=1 exists on the leader only until followers fetched it.',
        kind: 'protocol',
      },
      {
        text: 'A broker of this hardware answers a produce request in 0.4 ms plus disk and network time.',
        kind: 'calibrated',
      },
      { text: 'Clients see a crashed process as a closed connection (RST) within one round trip.', kind: 'modelled' },
    ],
    events: { control: 18_204, data: 1_204_388, trace: 9_120 },
    digest: 'c0a81f7e55d9b3124f6677aa01be93d2',
    reproduce: `streamproof run ${text('scenarios/03-broker-crash-acks-1.scenario.yaml')} --seed ${text('broker-crash')}`,
    environment: { startedAt: '2026-03-04T09:15:00.000Z', wallMs: 842, node: 'v24.21.0', platform: 'linux x64' },
  };
}

/** The same crash under acks=all: nothing is lost, writes pause. */
export function passedResult(options: ExampleOptions = {}): RunResult {
  const text = options.text ?? same;
  const base = failedResult(options);
  const file = text('scenarios/02-broker-crash.scenario.yaml');
  return {
    ...base,
    scenario: { ...base.scenario, name: text('A broker dies under acks=all'), file, digest: '51aa03cc98fe1d40' },
    outcome: 'passed',
    verdicts: base.verdicts
      .filter((verdict) => verdict.status === 'passed')
      .map((verdict) => ({ ...verdict, location: { ...verdict.location, file } })),
    failures: base.failures.slice(0, 1),
    operations: [],
    timelineOmitted: 0,
    ledger: {
      total: ledger(text('all'), 0),
      topics: [ledger(text('orders'), 0)],
      groups: [ledger(text('billing'), 0)],
    },
    notModelled: [],
    digest: '7be1029cc4415a0fd2e8b6c99f3170aa',
    reproduce: `streamproof run ${file} --seed ${text('broker-crash')}`,
  };
}

/** A run that its event budget ended before anything could be decided. */
export function inconclusiveResult(options: ExampleOptions = {}): RunResult {
  const text = options.text ?? same;
  const base = failedResult(options);
  const file = text('scenarios/12-random-failures.scenario.yaml');
  return {
    ...base,
    scenario: { ...base.scenario, name: text('A day of random failures'), file, digest: 'aa40e7710b3c9d21' },
    outcome: 'inconclusive',
    endedEarly: { reason: 'budget', text: text('20 000 000 of at most 20 000 000 events used after 31.2 s of 24 h') },
    simulatedUs: 31_200_000,
    verdicts: [
      {
        ...verdict(text, file, 'nothing acknowledged is lost', 'noRecordLoss'),
        status: 'inconclusive',
        expected: text('no acknowledged record of orders is lost'),
        observed: text('the run ended at 31.2 s of 24 h: nothing can be said about the rest'),
      },
    ],
    timeline: [],
    timelineOmitted: 0,
    failures: [],
    operations: [],
    partitions: [],
    series: [],
    histograms: [],
    reproduce: `streamproof run ${file} --seed ${text('broker-crash')}`,
  };
}

export function exampleSeeds(options: ExampleOptions = {}): SeedSummary {
  const text = options.text ?? same;
  return {
    scenario: text('A broker dies under acks=1'),
    file: text('scenarios/03-broker-crash-acks-1.scenario.yaml'),
    seeds: 200,
    outcomes: { passed: 13, failed: 186, inconclusive: 1, interrupted: 0 },
    expectations: [
      {
        name: text('nothing acknowledged is lost'),
        passed: 14,
        failed: 186,
        inconclusive: 0,
        worstSeed: text('broker-crash'),
      },
      {
        name: text('billing catches up'),
        passed: 199,
        failed: 0,
        inconclusive: 1,
        worstSeed: text('broker-crash/117'),
      },
      { name: text('orders stay in order'), passed: 200, failed: 0, inconclusive: 0, worstSeed: null },
    ],
    worst: {
      seed: text('broker-crash'),
      outcome: 'failed',
      reproduce: `streamproof run ${text('scenarios/03-broker-crash-acks-1.scenario.yaml')} --seed ${text('broker-crash')}`,
    },
  };
}

export function exampleMatrix(options: ExampleOptions = {}): MatrixSummary {
  const text = options.text ?? same;
  const acks = text('producers.checkout.config.acks');
  const minIsr = text('clusters.main.config.[min.insync.replicas]');
  const row = (ack: string, isr: string, lost: number, down: boolean): MatrixSummary['rows'][number] => ({
    variant: [
      { path: acks, value: text(ack) },
      { path: minIsr, value: text(isr) },
    ],
    outcome: lost > 0 || down ? 'failed' : 'passed',
    statuses: [
      {
        name: text('nothing acknowledged is lost'),
        status: lost > 0 ? 'failed' : 'passed',
        observed: text(lost > 0 ? `${lost} acknowledged records lost` : 'all 291 222 acknowledged records are there'),
      },
      {
        name: text('orders stay writable'),
        status: down ? 'failed' : 'passed',
        observed: text(down ? '93.1% of writes acknowledged' : '99.97% of writes acknowledged'),
      },
    ],
    reproduce: `streamproof run ${text('scenarios/15-what-if.scenario.yaml')} --set ${acks}=${text(ack)}`,
  });
  return {
    scenario: text('acks against min ISR'),
    file: text('scenarios/15-what-if.scenario.yaml'),
    axes: [acks, minIsr],
    rows: [row('1', '1', 42, false), row('1', '2', 42, false), row('all', '1', 0, false), row('all', '3', 0, true)],
  };
}

function same(value: string): string {
  return value;
}

function verdict(text: (value: string) => string, file: string, name: string, claim: string): Verdict {
  return {
    name: text(name),
    claim,
    status: 'passed',
    expected: '',
    observed: '',
    atUs: null,
    violationExpected: false,
    location: { file, line: 24, column: 5 },
    evidence: [],
    causes: [],
  };
}

function verdicts(text: (value: string) => string, file: string): Verdict[] {
  const at = (line: number) => ({ file, line, column: 5 });
  const lossEvidence = (partition: number, firstOffset: number, count: number) => ({
    text: text(`acknowledged records of orders-${partition} are in no log`),
    atUs: FENCED_US + 61 * MS,
    topic: text('orders'),
    partition,
    firstOffset,
    lastOffset: firstOffset + count - 1,
    count,
  });
  return [
    {
      ...verdict(text, file, 'nothing acknowledged is lost', 'noRecordLoss'),
      status: 'failed',
      expected: text('no acknowledged record of orders is lost'),
      observed: text('42 acknowledged records are lost, all in four partitions that broker 2 led'),
      atUs: FENCED_US + 61 * MS,
      location: at(24),
      evidence: [
        lossEvidence(1, 6_641, 11),
        lossEvidence(4, 6_702, 9),
        lossEvidence(7, 6_655, 14),
        lossEvidence(10, 6_690, 8),
      ],
      causes: [
        { eventId: 912, atUs: BACK_US + 3_410 * MS, text: text('broker 2 truncates orders-1 from 6652 to 6641') },
        {
          eventId: 640,
          atUs: FENCED_US + 61 * MS,
          text: text('broker 3 becomes leader of orders-1 in leader epoch 1, with log end offset 6641'),
        },
        {
          eventId: 631,
          atUs: FENCED_US,
          text: text('the controller fences broker 2: no heartbeat for broker.session.timeout.ms (9 s)'),
        },
        { eventId: 402, atUs: CRASH_US, text: text('failure "broker 2 dies": broker 2 is killed') },
      ],
    },
    {
      ...verdict(text, file, 'orders stay writable', 'availability'),
      expected: text('at least 93% of writes to orders are acknowledged in time'),
      observed: text('98.02% of writes were acknowledged; longest gap 9.1 s on orders-4'),
      atUs: END_US,
      location: at(25),
    },
    {
      ...verdict(text, file, 'billing catches up', 'eventually'),
      expected: text('consumer lag of billing below 5000 within 60 s after the end of broker 2 dies'),
      observed: text('lag was below 5000 from 1 min 32 s on'),
      atUs: 92 * S,
      location: at(26),
    },
    {
      ...verdict(text, file, 'produce stays quick', 'metric'),
      status: 'inconclusive',
      expected: text('p99 of produce.latency of checkout < 60 ms during flaky link'),
      observed: text('only 12 samples in the window; at least 100 are needed for a 99th percentile'),
      location: at(27),
    },
    {
      ...verdict(text, file, 'orders stay in order', 'orderPreserved'),
      expected: text('records of orders with the same key keep their order'),
      observed: text('291 222 records checked, none out of order'),
      atUs: END_US,
      location: at(28),
    },
    {
      ...verdict(text, file, 'documented weakness: duplicates', 'noDuplicates'),
      violationExpected: true,
      expected: text('duplicates of orders do occur (violated: true)'),
      observed: text('17 records of orders are in the log twice'),
      atUs: 49_980 * MS,
      location: at(29),
    },
  ];
}
