import { describe, expect, test } from 'vitest';
import { type Played, play, seconds } from '../testing/play.ts';

interface Setup {
  /** Operations before the move. */
  readonly before?: readonly string[];
  readonly move?: string;
  readonly more?: readonly string[];
  readonly kafka?: string;
  readonly duration?: string;
  /** Rate after the first ten seconds, in records of 1 kB. */
  readonly rate?: string;
}

/** 60 MB on brokers 1, 2 and 3, of which broker 3 is replaced by broker 4 at 20 s. */
function moved({
  before = [],
  move = '',
  more = [],
  kafka = '4.3',
  duration = '60s',
  rate = '20/s',
}: Setup = {}): Played {
  const operations = [
    ...before,
    `name: move, at: 20s, reassign: { topic: orders, replicas: { 0: [1, 2, 4] }${move} }`,
    ...more,
  ];
  return play(`
name: moves
duration: ${duration}
cluster:
  kafka: "${kafka}"
  brokers: 4
  config: { auto.leader.rebalance.enable: false }
  topics: { orders: { replicas: { 0: [1, 2, 3] }, config: { min.insync.replicas: 2 } } }
producers:
  history: { to: orders, rate: 10k/s, until: 6s, record: { size: 1kB }, config: { acks: all, batch.size: 200000, linger.ms: 10 } }
  checkout: { to: orders, rate: ${rate}, from: 10s, record: { size: 1kB }, config: { acks: all } }
operations:
${operations.map((operation) => `  - { ${operation} }`).join('\n')}
`);
}

const tookS = ({ ask }: Played): number => {
  const changes = ask.changes('orders-0');
  const began = changes.find(({ reason }) => reason === 'reassignment')!;
  const done = changes.find(({ reason }) => reason === 'reassignmentCompleted');
  return done === undefined ? Number.POSITIVE_INFINITY : (done.atUs - began.atUs) / 1e6;
};

const BROKERS = [1, 2, 3, 4];
const rates = (name: string, rate: string): string[] =>
  BROKERS.map((id) => `at: 19900ms, alterConfig: { broker: ${id}, config: { ${name}: ${rate} } }`);
const LEADER_RATE = 'leader.replication.throttled.rate';
const FOLLOWER_RATE = 'follower.replication.throttled.rate';

describe('a reassignment', () => {
  test('without a throttle copies as fast as fetches go', () => {
    expect(tookS(moved())).toBeLessThan(2);
  });

  test('with one takes as long as the bytes at that rate, and not much longer', () => {
    const took = tookS(moved({ move: ', throttle: 5MB/s' }));
    expect(took).toBeGreaterThan(60 / 5 - 1);
    expect(took).toBeLessThan((60 / 5) * 1.3);
  });

  test('tells how far it has come', () => {
    const { ask } = moved({ move: ', throttle: 5MB/s' });
    const steps = ask.events('operation.step').map(({ what }) => what);
    expect(steps[0]).toMatch(
      /^1 partition, 1 new replica, 6\d(\.\d)? MB to copy; at 5 MB\/s a broker not before 1\d s$/,
    );
    expect(steps.slice(1)).toEqual(['25 % is copied', '50 % is copied', '75 % is copied', 'throttles are taken away']);
  });

  test('takes its throttles away when it has ended, and only then', () => {
    const { ask } = moved({ move: ', throttle: 5MB/s' });
    const altered = ask.events('config.altered');
    const done = ask.changes('orders-0').at(-1)!;
    const cleared = altered.filter(({ change }) => change?.value === null);
    expect(altered).toHaveLength(20);
    expect(cleared).toHaveLength(10);
    expect(Math.min(...cleared.map(({ atUs }) => atUs))).toBeGreaterThan(done.atUs);
  });

  test('whose --verify nobody runs leaves them behind', () => {
    const { ask } = moved({ move: ', throttle: 20MB/s, wait: false' });
    expect(ask.events('config.altered').some(({ change }) => change?.value === null)).toBe(false);
    expect(ask.changes('orders-0').at(-1)!.reason).toBe('reassignmentCompleted');
  });

  test('is not felt by producers when the leader stays: nothing is refused, no request fails', () => {
    const { ask } = moved({ rate: '500/s' });
    expect(ask.fates()).toMatchObject({ failed: 0, acknowledgedAndLost: 0, storedTwice: 0, neverSent: 0 });
    expect(ask.errorsOf('orders-0')).toEqual([]);
    expect(ask.longestGapUs('orders-0', seconds(20))).toBeLessThan(seconds(0.6));
  });

  test('deletes the copy of the removed replica once the move has ended', () => {
    const { ask } = moved();
    const [gone] = ask.events('replica.deleted');
    expect(gone).toMatchObject({ broker: 2, partition: ask.partition('orders-0') });
    expect(gone!.atUs).toBeGreaterThanOrEqual(ask.changes('orders-0').at(-1)!.atUs);
  });

  test('to a broker that held the partition before copies everything again', () => {
    const { ask } = moved({
      more: ['name: back, at: 40s, reassign: { topic: orders, replicas: { 0: [1, 2, 3] } }'],
    });
    expect(ask.changes('orders-0').at(-1)).toMatchObject({ replicas: [0, 1, 2], isr: [0, 1, 2] });
    expect(ask.events('replica.deleted').map(({ broker }) => ask.brokerId(broker))).toEqual([3, 4]);
    expect(ask.events('replica.truncated')).toEqual([]);
  });
});

describe('a broker that is down while its replica is taken away', () => {
  const { ask } = play(`
name: stray
duration: 2m
cluster:
  brokers: 4
  topics: { orders: { replicas: { 0: [1, 2, 3] } } }
producers:
  checkout: { to: orders, rate: 50/s, record: { size: 1kB } }
failures:
  - { name: down, at: 10s, for: 40s, crash: broker 3 }
operations:
  - { name: move, at: 30s, reassign: { topic: orders, replicas: { 0: [1, 2, 4] } } }
`);

  test('does not hold the move up', () => {
    const done = ask.changes('orders-0').find(({ reason }) => reason === 'reassignmentCompleted')!;
    expect(done.atUs).toBeLessThan(seconds(32));
    expect(done.replicas).toEqual([0, 1, 3]);
  });

  test('finds its copy to be a stray one when it starts, and deletes it', () => {
    const deleted = ask.events('replica.deleted').filter(({ partition }) => partition === ask.partition('orders-0'));
    expect(deleted.map(({ broker }) => ask.brokerId(broker))).toEqual([3]);
    expect(deleted[0]!.atUs).toBeGreaterThan(seconds(50));
    expect(ask.events('replica.following').some(({ broker, atUs }) => broker === 2 && atUs > seconds(50))).toBe(false);
  });
});

describe('replication throttles set by hand', () => {
  test('need both the rate and the list of replicas', () => {
    expect(tookS(moved({ before: [...rates(LEADER_RATE, '1MB/s'), ...rates(FOLLOWER_RATE, '1MB/s')] }))).toBeLessThan(
      2,
    );
    const list = 'at: 19900ms, alterConfig: { topic: orders, config: { leader.replication.throttled.replicas: "*" } }';
    expect(tookS(moved({ before: [list] }))).toBeLessThan(2);
  });

  test.each([
    ['leader', LEADER_RATE],
    ['follower', FOLLOWER_RATE],
  ])('hold back the %s alone as well', (side, rate) => {
    const list = `at: 19900ms, alterConfig: { topic: orders, config: { ${side}.replication.throttled.replicas: "*" } }`;
    const took = tookS(moved({ before: [list, ...rates(rate, '6MB/s')] }));
    expect(took).toBeGreaterThan(60 / 6 - 1);
    expect(took).toBeLessThan((60 / 6) * 1.4);
  });

  test('name replicas as partition:broker; others are free', () => {
    const list =
      'at: 19900ms, alterConfig: { topic: orders, config: { leader.replication.throttled.replicas: "0:2,0:3" } }';
    expect(tookS(moved({ before: [list, ...rates(LEADER_RATE, '1MB/s')] }))).toBeLessThan(2);
  });

  test('never hold back a follower in the ISR: acks=all goes on below the rate of what comes in', () => {
    const list =
      'at: 19900ms, alterConfig: { topic: orders, config: { leader.replication.throttled.replicas: "*", follower.replication.throttled.replicas: "*" } }';
    const { ask } = moved({
      before: [list, ...rates(LEADER_RATE, '100kB/s'), ...rates(FOLLOWER_RATE, '100kB/s')],
      rate: '2k/s',
      duration: '90s',
    });
    expect(ask.at('orders-0', seconds(89)).isr).toEqual([1, 2, 3]);
    expect(ask.acknowledgedRecords('orders-0', seconds(80), seconds(89))).toBeGreaterThan(17_000);
    expect(ask.errorsOf('orders-0')).toEqual([]);
  });
});

test('a new replica joins the ISR because of the reassignment, and not because its broker was added long ago', () => {
  const { ask, trace } = play(`
name: added, then used
duration: 90s
cluster:
  brokers: 3
  topics: { orders: { replicas: { 0: [1, 2, 3] } } }
producers:
  checkout: { to: orders, rate: 50/s, record: { size: 1kB } }
operations:
  - { name: more, at: 10s, addBrokers: { count: 1 } }
  - { name: move, at: 60s, reassign: { topic: orders, replicas: { 0: [1, 2, 4] } } }
`);
  let event: { readonly type: string; readonly cause: number; readonly atUs: number } | undefined = ask
    .changes('orders-0')
    .find(({ reason }) => reason === 'reassignmentCompleted');
  const chain: [string, number][] = [];
  for (; event !== undefined; event = trace.events[event.cause]) chain.push([event.type, event.atUs]);
  expect(chain.at(-1)).toEqual(['operation.began', seconds(60)]);
});
