import { describe, expect, test } from 'vitest';
import type { RunProgress } from '../runner/progress.ts';
import { layout } from './layout.ts';
import { widthOf } from './line.ts';
import { initialState, type ViewState, withFinished, withProgress, withScroll } from './viewState.ts';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 40, rows: 15 },
  { columns: 200, rows: 60 },
];

function progress(overrides: Partial<RunProgress> = {}): RunProgress {
  return {
    job: 0,
    nowUs: 34_200_000,
    durationUs: 60_000_000,
    events: 512_000,
    wallMs: 240,
    clusters: [
      {
        name: 'main',
        activeController: 101,
        brokers: [
          { id: 1, zone: 'a', state: 'RUNNING', isFenced: false },
          { id: 2, zone: 'b', state: 'NOT_RUNNING', isFenced: true },
          { id: 3, zone: 'c', state: 'RUNNING', isFenced: false },
        ],
        partitions: [
          { topic: 'orders', partition: 0, replicas: [1, 2, 3], leader: 1, isr: [1, 3] },
          { topic: 'orders', partition: 1, replicas: [2, 3, 1], leader: null, isr: [2] },
          { topic: 'payments', partition: 0, replicas: [3, 1, 2], leader: 3, isr: [1, 2, 3] },
        ],
      },
    ],
    failuresInForce: ['leader of orders-0 crashes'],
    expectations: [
      { name: 'nothing acknowledged is lost', status: 'open' },
      { name: 'orders stays available', status: 'failed' },
    ],
    ...overrides,
  };
}

function running(overrides: Partial<RunProgress> = {}): ViewState {
  const scenarios = [
    { title: 'Broker crash under acks=all', file: 'scenarios/02-broker-crash.scenario.yaml' },
    { title: 'Rolling restart', file: 'scenarios/06-rolling-restart.scenario.yaml' },
  ];
  return withProgress(initialState(scenarios, 1), progress(overrides));
}

function textOf(state: ViewState, size = SIZES[0]!): string {
  return layout(state, size)
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

test('the live region at 80x24 shows clock, brokers, partitions, failures and verdicts', () => {
  expect(textOf(running())).toMatchInlineSnapshot(`
    "streamproof 0 of 2 runs done
    ▶ Broker crash under acks=all
    ━━━━━━━━━━━━━━━━━─────────────  56%  34.2 s of 60 s  143× real time
    main  controller 101  ● 1/a  ✗ 2/b NOT_RUNNING  ● 3/c

    ! orders-0   1 [1 3]     ✗ orders-1   none [2]    ● payments-0 3 [1 2 3]

    ⚡ leader of orders-0 crashes

    ✗ failed       orders stays available
    · open         nothing acknowledged is lost
    q quit  space pause  ↑↓ scroll"
  `);
});

test('a scenario that ended is counted with its outcome', () => {
  const state = withFinished(running(), { job: 0, outcome: 'failed', verdicts: [] });
  expect(textOf(state)).toContain('1 of 2 runs done  1 failed');
  expect(textOf(state)).not.toContain('Broker crash');
});

describe('the live region is never higher than the terminal less two rows, nor wider than it', () => {
  const many = Array.from({ length: 400 }, (_, partition) => ({
    topic: `a-topic-with-a-rather-long-name-${partition % 7}`,
    partition,
    replicas: [1, 2, 3],
    leader: partition % 11 === 0 ? null : 2,
    isr: [2, 3],
  }));
  const brokers = Array.from({ length: 60 }, (_, index) => ({
    id: index + 1,
    zone: 'eu-west-1a',
    state: index % 3 === 0 ? 'NOT_RUNNING' : 'RUNNING',
    isFenced: index % 3 === 0,
  }));
  const crowded = running({
    clusters: ['eu', 'us'].map((name) => ({ name, activeController: null, brokers, partitions: many })),
    failuresInForce: Array.from({ length: 9 }, (_, index) => `failure number ${index} ${'x'.repeat(90)}`),
    expectations: Array.from({ length: 30 }, (_, index) => ({
      name: `claim ${index} ${'y'.repeat(300)}`,
      status: 'open' as const,
    })),
  });
  const states: [string, ViewState][] = [
    ['nothing runs yet', initialState([{ title: 'a', file: 'a' }], 1)],
    ['a small cluster', running()],
    ['a crowd', crowded],
    ['a crowd, scrolled to the end', withScroll(crowded, 100_000)],
  ];
  test.each(states)('%s', (_name, state) => {
    for (const size of [...SIZES, { columns: 20, rows: 6 }]) {
      const lines = layout(state, size);
      expect(lines.length).toBeLessThanOrEqual(size.rows - 2);
      for (const line of lines) expect(widthOf(line)).toBeLessThan(Math.max(size.columns, 21));
    }
  });

  test('the keys stay visible whatever the crowd', () => {
    for (const size of SIZES) expect(textOf(crowded, size).split('\n').at(-1)).toContain('q quit');
  });
});

test('more partitions than rows are a window that scrolls and says where it stands', () => {
  const partitions = Array.from({ length: 90 }, (_, partition) => ({
    topic: 'orders',
    partition,
    replicas: [1, 2, 3],
    leader: 1,
    isr: [1, 2, 3],
  }));
  const state = running({ clusters: [{ name: 'main', activeController: 1, brokers: [], partitions }] });
  expect(textOf(state)).toContain('● orders-0 ');
  expect(textOf(state)).toMatch(/rows 1–10 of 30/);
  const scrolled = withScroll(state, 1000);
  expect(textOf(scrolled)).not.toContain('● orders-0 ');
  expect(textOf(scrolled)).toContain('orders-89');
});

test('names with terminal escapes cannot reach the terminal', () => {
  const hostile = '\u001b]8;;http://evil\u0007click\u001b[2J\u202eme';
  const state = running({ failuresInForce: [hostile], expectations: [{ name: hostile, status: 'failed' }] });
  expect(textOf(state)).toContain('clickme');
  expect(textOf(state)).not.toMatch(/[\u001b\u0007\u202e]/);
});

test('a cluster in trouble says how many partitions are, and a healthy one says nothing', () => {
  const cluster = progress().clusters[0]!;
  const trouble = { underReplicated: 56, underMinIsr: 2, offline: 0 };
  const text = textOf(running({ clusters: [{ ...cluster, trouble }] }));
  expect(text).toContain('main  controller 101  under-replicated 56  under min ISR 2');
  expect(text).not.toContain('offline');
  const none = { underReplicated: 0, underMinIsr: 0, offline: 0 };
  expect(textOf(running({ clusters: [{ ...cluster, trouble: none }] }))).not.toContain('under-replicated');
});
