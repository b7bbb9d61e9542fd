import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

function touched(failures: readonly string[], options: { duration?: string; seed?: string } = {}): string[][] {
  const { ask } = play(orders({ duration: options.duration ?? '30s', failures }), { seed: options.seed ?? 'test' });
  return ask.events('failure.began').map((event) => [...event.touched]);
}

describe('what a failure touches', () => {
  test('is looked up when it happens: the leader of the moment, not the first one', () => {
    expect(
      touched(['name: a, at: 3s, crash: leader of orders-0', 'name: b, at: 20s, crash: leader of orders-0']),
    ).toEqual([['broker 1'], ['broker 2']]);
  });

  test('is recorded as nothing when no such process runs', () => {
    const { ask } = play(
      orders({
        duration: '10s',
        failures: ['name: a, at: 2s, crash: { broker: 1 }', 'name: b, at: 4s, freeze: { broker: 1 }'],
      }),
    );
    expect(ask.events('failure.touchedNothing').map(({ name }) => name)).toEqual(['b']);
    expect(ask.events('failure.began').map(({ name }) => name)).toEqual(['a']);
  });

  test('is one of several by the seed: another seed, another one', () => {
    const chosen = new Set(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
        (seed) => touched(['name: a, at: 3s, freeze: { anyOf: brokers of kafka }'], { duration: '4s', seed })[0]![0],
      ),
    );
    expect(chosen.size).toBeGreaterThan(1);
    for (const one of chosen) expect(one).toMatch(/^broker [123]$/);
  });
});

describe('a failure for some time', () => {
  test('is undone after it, and both ends are recorded', () => {
    const { ask } = play(orders({ duration: '30s', failures: ['name: a, at: 3s, for: 4s, freeze: { broker: 2 }'] }));
    expect(ask.events('failure.began')[0]!.atUs).toBe(seconds(3));
    expect(ask.events('failure.ended')[0]!.atUs).toBe(seconds(7));
  });

  test('brings no dead process back to life: a broker killed while it hung stays dead when the freeze ends', () => {
    const { ask } = play(
      orders({
        duration: '40s',
        failures: ['name: hang, at: 3s, for: 10s, freeze: { broker: 1 }', 'name: kill, at: 5s, crash: { broker: 1 }'],
      }),
    );
    expect(ask.at('orders-0', seconds(40)).isr).toEqual([2, 3]);
    expect(
      ask
        .events('broker.state')
        .filter(({ broker }) => broker === ask.broker(1))
        .at(-1)!.to,
    ).toBe('NOT_RUNNING');
  });

  test('starts no broker a second time that runs again already', () => {
    const { ask } = play(
      orders({
        duration: '90s',
        failures: [
          'name: stop, at: 3s, for: 20s, stop: { broker: 1 }',
          'name: kill, at: 3.2s, for: 50s, crash: { broker: 1 }',
        ],
      }),
    );
    const running = ask.events('broker.state').filter(({ broker, to }) => broker === ask.broker(1) && to === 'RUNNING');
    expect(running).toHaveLength(2);
    expect(ask.at('orders-0', seconds(90)).isr).toContain(1);
  });

  test('and another one over it leave the way cut until both have ended', () => {
    const cut = 'partition: { between: [ { broker: 1 }, { client: checkout } ] }';
    const { ask } = play(
      orders({
        duration: '60s',
        failures: [`name: a, at: 5s, for: 10s, ${cut}`, `name: b, at: 10s, for: 15s, ${cut}`],
      }),
    );
    expect(ask.acknowledgedRecords('orders-0', seconds(5.1), seconds(25))).toBe(0);
    expect(ask.acknowledgedRecords('orders-0', seconds(25), seconds(60))).toBeGreaterThan(500);
  });

  test('restores what was slow or thin to exactly what it was', () => {
    const wait = (failures: readonly string[]): number => {
      const { trace } = play(orders({ duration: '40s', failures }), { seed: 'x' });
      const late = trace.acknowledgements.filter(({ atUs }) => atUs > seconds(30));
      return late.reduce((sum, { atUs, createdFromUs }) => sum + atUs - createdFromUs, 0) / late.length;
    };
    const plain = wait([]);
    const afterwards = wait([
      'name: thin, at: 5s, for: 10s, degrade: { broker: 1, latency: +50ms }',
      'name: slow, at: 6s, for: 10s, slow: { broker: 2, cpu: 20x }',
    ]);
    expect(Math.abs(afterwards / plain - 1)).toBeLessThan(0.05);
  });
});

describe('a random process of failures', () => {
  test('comes about as often as its mtbf says, each repaired before the next', () => {
    const { ask } = play(
      orders({
        duration: '2h',
        rate: '1/s',
        failures: ['name: bad luck, every: { mtbf: 3m, mttr: 1m }, freeze: { anyOf: brokers of kafka }'],
      }),
    );
    const began = ask.events('failure.began');
    const ended = ask.events('failure.ended');
    expect(began.length).toBeGreaterThan(18);
    expect(began.length).toBeLessThan(45);
    began.slice(1).forEach((one, i) => {
      expect(one.atUs).toBeGreaterThan(ended[i]!.atUs);
    });
    const repairUs = ended.reduce((sum, one, i) => sum + one.atUs - began[i]!.atUs, 0) / ended.length;
    expect(repairUs).toBeGreaterThan(seconds(35));
    expect(repairUs).toBeLessThan(seconds(95));
  });
});

describe('a trigger', () => {
  test('after a failure waits for its start or its end, and then for its delay', () => {
    const { ask } = play(
      orders({
        duration: '60s',
        failures: [
          'name: a, at: 5s, for: 10s, freeze: { broker: 3 }',
          'name: b, after: { failure: a.start, delay: 2s }, for: 1s, slow: { broker: 1, cpu: 2x }',
          'name: c, after: { failure: a.end, delay: 3s }, for: 1s, slow: { broker: 2, cpu: 2x }',
        ],
      }),
    );
    const began = new Map(ask.events('failure.began').map(({ name, atUs }) => [name, atUs]));
    expect([began.get('b'), began.get('c')]).toEqual([seconds(7), seconds(18)]);
  });
});

test('a failure is the root of what follows from it', () => {
  const { ask, trace } = play(orders({ duration: '30s', failures: ['name: a, at: 3s, crash: { broker: 1 }'] }));
  const root = (id: number): string => {
    const event = trace.events[id]!;
    return event.cause < 0 ? event.type : root(event.cause);
  };
  const consequences = ask.events('partition.changed').filter(({ atUs }) => atUs > seconds(3));
  expect(consequences.length).toBeGreaterThan(2);
  for (const { id } of consequences) expect(root(id)).toBe('failure.began');
  for (const { id, atUs } of ask.events('replica.leading'))
    if (atUs > seconds(3)) expect(root(id)).toBe('failure.began');
});
