import { describe, expect, test } from 'vitest';
import { load, loadOne } from '../testing/load.ts';

const scenario = (kafka: string, producer: string): string => `cluster:
  kafka: "${kafka}"
  brokers: 3
  topics:
    orders: { partitions: 3 }
producers:
  pay: { to: orders, rate: 10/s, ${producer} }
`;

const refused = (kafka: string, producer: string): string[] =>
  load(scenario(kafka, producer))
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`);

describe('a transactional.id', () => {
  test('means idempotence and acks=all, also where Kafka has other defaults', () => {
    const { configs, transaction } = loadOne(scenario('2.8', 'config: { transactional.id: pay }')).producers[0]!;
    expect(configs.get('enable.idempotence')).toEqual({ value: true, origin: 'client' });
    expect(configs.get('acks')).toEqual({ value: 'all', origin: 'client' });
    expect(transaction).toEqual({ id: 'pay', everyUs: 100_000, abortShare: 0 });
  });

  test.each(['2.8', '3.9', '4.3'])('is refused with what breaks idempotence (Kafka %s)', (kafka) => {
    expect(refused(kafka, 'config: { transactional.id: pay, acks: 1 }')).toEqual([
      'SP1165 transactional.id needs acks=all',
    ]);
    expect(refused(kafka, 'config: { transactional.id: pay, retries: 0 }')).toEqual([
      'SP1165 transactional.id needs retries of at least 1',
    ]);
    expect(refused(kafka, 'config: { transactional.id: pay, max.in.flight.requests.per.connection: 6 }')).toEqual([
      'SP1165 transactional.id needs at most 5 requests in flight per connection',
    ]);
    expect(refused(kafka, 'config: { transactional.id: pay, enable.idempotence: false }')).toEqual([
      'SP1165 transactional.id needs idempotence',
    ]);
  });

  test('is what transactions need', () => {
    expect(refused('4.3', 'transaction: { every: 1s }')).toEqual(['SP1165 transactions need a transactional.id']);
  });

  test('lasts longer than nothing', () => {
    expect(refused('4.3', 'transaction: { every: 0s }, config: { transactional.id: pay }')).toEqual([
      'SP1104 a transaction lasts longer than nothing',
    ]);
  });
});

describe('an application that writes what it reads', () => {
  const pipeline = (transform: string, more = ''): string => `cluster:
  brokers: 3
  topics:
    in: { partitions: 3 }
    out: { partitions: 3 }
producers:
  load: { to: in, rate: 10/s }
consumers:
  enrich: { from: in, instances: 2, transform: { to: out${transform} }${more} }
`;

  test('is a group and a producer of as many instances', () => {
    const { consumers, producers } = loadOne(pipeline(''));
    expect(consumers[0]).toMatchObject({
      commit: 'auto',
      transform: { producer: 'enrich-producer', exactlyOnce: false },
    });
    expect(producers[1]).toMatchObject({ name: 'enrich-producer', topic: 'out', fedBy: 'enrich', transaction: null });
    expect(producers[1]!.instances).toHaveLength(2);
  });

  test('commits in its transactions with exactlyOnce, under a transactional.id of its own', () => {
    const { consumers, producers } = loadOne(pipeline(', exactlyOnce: true, every: 1s'));
    expect(consumers[0]!.commit).toBe('in-transaction');
    expect(producers[1]!.transaction).toEqual({ id: 'enrich', everyUs: 1_000_000, abortShare: 0 });
    expect(producers[1]!.configs.get('enable.idempotence')?.value).toBe(true);
  });

  test('needs its topic', () => {
    const { diagnostics } = load(pipeline('').replace('to: out', 'to: nowhere'));
    expect(diagnostics.map(({ code }) => code)).toContain('SP1141');
  });

  test('cannot commit on its own what its transactions commit', () => {
    const { diagnostics } = load(pipeline(', exactlyOnce: true', ', commit: after-processing'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['SP1165']);
  });

  test('has no cadence without transactions', () => {
    const { diagnostics } = load(pipeline(', every: 1s'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['SP1165']);
  });
});
