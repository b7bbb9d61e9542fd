import { describe, expect, test } from 'vitest';
import { type Played, play, seconds } from '../testing/play.ts';

interface Settings {
  readonly kafka?: string;
  readonly duration?: string;
  readonly cluster?: readonly string[];
  readonly producers: readonly string[];
  readonly failures?: readonly string[];
  readonly seed?: string;
}

/** Three brokers, `orders` with three partitions, a group that reads what is committed and one that reads everything. */
function transactions({
  kafka = '4.3',
  duration = '20s',
  cluster = [],
  producers,
  failures = [],
  seed,
}: Settings): Played {
  const lines = [
    'name: transactions',
    `duration: ${duration}`,
    'cluster:',
    `  kafka: "${kafka}"`,
    '  brokers: 3',
    ...cluster.map((line) => `  ${line}`),
    '  topics:',
    '    orders: { replicas: { 0: [1, 2, 3], 1: [2, 3, 1], 2: [3, 1, 2] }, config: { min.insync.replicas: 2 } }',
    'producers:',
    ...producers.map((producer) => `  ${producer}`),
    'consumers:',
    '  strict: { from: orders, config: { isolation.level: read_committed, auto.offset.reset: earliest } }',
    '  loose: { from: orders, config: { auto.offset.reset: earliest } }',
    ...(failures.length > 0 ? ['failures:', ...failures.map((failure) => `  - { ${failure} }`)] : []),
  ];
  return play(`${lines.join('\n')}\n`, seed === undefined ? {} : { seed });
}

const pay = (keys = '', config = ''): string =>
  `pay: { to: orders, rate: 300/s, partitioner: round-robin, transaction: { every: 100ms${keys} }, config: { transactional.id: pay${config} } }`;

/** Record numbers by lane, as text. */
function recordsOf(ranges: readonly { readonly lane: number; readonly first: number; readonly count: number }[]) {
  const records = new Set<string>();
  for (const { lane, first, count } of ranges)
    for (let record = first; record < first + count; record++) records.add(`${lane}/${record}`);
  return records;
}

function deliveredTo(group: string, { trace }: Played) {
  const index = trace.cast.groups.findIndex(({ name }) => name === group);
  return recordsOf(trace.deliveries.filter((one) => one.group === index));
}

const TIDY = { miscounted: 0, acknowledgedAndLost: 0, acknowledgedAndNotCommitted: 0, storedTwice: 0 };

describe.each(['2.8', '3.5', '3.9', '4.0', '4.3'])('transactions of Kafka %s', (kafka) => {
  test('read_committed returns what was committed and nothing of what was aborted', () => {
    const played = transactions({ kafka, producers: [pay(', abortShare: 20%')] });
    const { ask, trace } = played;
    expect(ask.fates()).toMatchObject({ ...TIDY, failed: 0, neverSent: 0 });
    expect(ask.fates().aborted).toBeGreaterThan(600);
    expect(ask.fates().acknowledged).toBeGreaterThan(4000);
    const strict = deliveredTo('strict', played);
    for (const record of recordsOf(trace.uncommitted)) expect(strict.has(record)).toBe(false);
    expect(strict.size).toBeGreaterThan(ask.fates().acknowledged - 200);
    expect(deliveredTo('loose', played).size).toBeGreaterThan(strict.size + 600);
  });

  test('survive the death of any one broker: nothing that was committed is lost, doubled or aborted', () => {
    for (const broker of [1, 2, 3]) {
      const failures = [`name: f, at: 6s, for: 8s, crash: { broker: ${broker} }`];
      const played = transactions({ kafka, producers: [pay(', abortShare: 10%')], failures, duration: '45s' });
      const { ask, trace } = played;
      expect(ask.fates()).toMatchObject(TIDY);
      const strict = deliveredTo('strict', played);
      for (const record of recordsOf(trace.uncommitted)) expect(strict.has(record)).toBe(false);
      expect(trace.acknowledgements.at(-1)!.atUs).toBeGreaterThan(seconds(40));
    }
  });

  test('a newer instance with the same transactional.id fences the older one, which has to close', () => {
    const second = pay().replace('pay:', 'again:').replace('rate', 'from: 8s, rate');
    const failures = ['name: pause, at: 6s, for: 6s, freeze: client pay/0'];
    const played = transactions({ kafka, producers: [pay(), second], failures });
    const { ask } = played;
    expect(ask.events('transaction.failed').filter(({ fatal }) => fatal)).toMatchObject([{ client: 0 }]);
    expect(ask.events('client.stopped')).toMatchObject([{ client: 0 }]);
    expect(ask.fates()).toMatchObject(TIDY);
  });
});

describe('a transaction that nobody ends', () => {
  const hung = (every: string): string =>
    `hung: { to: orders, rate: 1/s, from: 4s, until: 5s, partitioner: round-robin, transaction: { every: ${every} }, config: { transactional.id: hung, transaction.timeout.ms: 15s } }`;
  const other = 'other: { to: orders, rate: 30/s, partitioner: round-robin }';

  test('keeps readers of its partition back until the scan after transaction.timeout.ms aborts it', () => {
    const played = transactions({ producers: [hung('35s'), other], duration: '45s' });
    const { ask, trace } = played;
    const [aborted] = ask.events('transaction.aborted');
    expect(aborted).toMatchObject({ transactionalId: 'hung', why: 'timedOut' });
    const begun = trace.appends.find(({ lane }) => lane >= 0 && trace.cast.lanes[lane]!.client === 0)!;
    expect(aborted!.atUs - begun.atUs).toBeGreaterThan(seconds(15));
    expect(aborted!.atUs - begun.atUs).toBeLessThan(seconds(25.1));
    const group = trace.cast.groups.findIndex(({ name }) => name === 'strict');
    const held = trace.deliveries.filter(
      ({ group: of, partition, offset }) => of === group && partition === begun.partition && offset > begun.baseOffset,
    );
    expect(held[0]!.atUs).toBeGreaterThan(aborted!.atUs);
    expect(held[0]!.atUs).toBeLessThan(aborted!.atUs + seconds(0.1));
    expect(deliveredTo('strict', played).size).toBeGreaterThan(1000);
  });

  test('cannot be committed late: INVALID_TXN_STATE in version 2, PRODUCER_FENCED before', () => {
    const late = (kafka: string): string[] =>
      transactions({ kafka, producers: [hung('35s'), other], duration: '45s' })
        .ask.events('transaction.failed')
        .map(({ error }) => error);
    expect(late('4.3')).toEqual(['INVALID_TXN_STATE']);
    expect(late('3.9')).toEqual(['PRODUCER_FENCED']);
  });

  test('of a producer that was killed is aborted by its successor at once', () => {
    const failures = ['name: f, at: 8s, for: 2s, crashClient: pay/0'];
    const { ask } = transactions({ producers: [pay().replace('100ms', '1s')], failures });
    expect(ask.events('transaction.aborted').map(({ why }) => why)).toEqual(['fenced']);
    expect(ask.fates()).toMatchObject(TIDY);
  });
});

describe('the coordinator', () => {
  test('refuses a transaction.timeout.ms above transaction.max.timeout.ms, and the producer closes', () => {
    const cluster = ['config: { transaction.max.timeout.ms: 10000 }'];
    const { ask } = transactions({ cluster, producers: [pay()] });
    expect(ask.events('transaction.failed')).toMatchObject([{ error: 'INVALID_TRANSACTION_TIMEOUT', fatal: true }]);
    expect(ask.fates().acknowledged).toBe(0);
  });

  test('is in no hurry with markers: the commit is answered first, and readers see the records later', () => {
    const played = transactions({ producers: [pay()] });
    const { trace } = played;
    const group = trace.cast.groups.findIndex(({ name }) => name === 'strict');
    const acknowledgedUs = new Map<string, number>();
    for (const { lane, first, atUs } of trace.acknowledgements) acknowledgedUs.set(`${lane}/${first}`, atUs);
    const waits = trace.deliveries
      .filter((one) => one.group === group && one.atUs > seconds(10))
      .flatMap(({ lane, first, atUs }) => atUs - (acknowledgedUs.get(`${lane}/${first}`) ?? Number.NaN))
      .filter((wait) => !Number.isNaN(wait));
    expect(waits.length).toBeGreaterThan(100);
    expect(Math.min(...waits)).toBeGreaterThan(0);
  });
});
