import { describe, expect, test } from 'vitest';
import { recordsOf } from '../testing/fates.ts';
import { play, seconds } from '../testing/play.ts';

/** One broker, three partitions, 2,000 records of 200 B a second: batches as measured on a real cluster. */
function batches(keys: string, lingerMs: number) {
  const { trace, ask } = play(`
name: batches
duration: 21s
cluster:
  brokers: 1
  topics: { orders: { partitions: 3, replicationFactor: 1 } }
producers:
  checkout: { to: orders, rate: 2000/s, record: { size: 200B${keys} }, config: { linger.ms: ${lingerMs} } }
`);
  const appends = trace.appends.filter(({ atUs, lane }) => lane >= 0 && atUs > seconds(1));
  const requests = trace.requests.filter(({ api, atUs }) => api === 'Produce' && atUs > seconds(1));
  return {
    ask,
    batchBytes: appends.reduce((sum, { bytes }) => sum + bytes, 0) / appends.length,
    recordsPerRequest: recordsOf(appends) / requests.length,
    mostBatchBytes: Math.max(...appends.map(({ bytes }) => bytes)),
  };
}

const KEYED = ', keys: { count: 10000 }';

/** batch-size-avg and records-per-request-avg of the measured producer (evidence/lab/batches.json). */
test.each([
  { how: 'keyed records, linger.ms 5', keys: KEYED, lingerMs: 5, batchBytes: 1_111, recordsPerRequest: 14.6 },
  { how: 'keyed records, linger.ms 50', keys: KEYED, lingerMs: 50, batchBytes: 7_709, recordsPerRequest: 107.7 },
  { how: 'records without key, linger.ms 5', keys: '', lingerMs: 5, batchBytes: 2_454, recordsPerRequest: 11.5 },
  { how: 'records without key, linger.ms 50', keys: '', lingerMs: 50, batchBytes: 9_793, recordsPerRequest: 79.3 },
])('batches of $how are within 25 % of measured ones', ({ keys, lingerMs, batchBytes, recordsPerRequest }) => {
  const seen = batches(keys, lingerMs);
  expect(Math.abs(seen.batchBytes / batchBytes - 1)).toBeLessThan(0.25);
  expect(Math.abs(seen.recordsPerRequest / recordsPerRequest - 1)).toBeLessThan(0.25);
});

describe('a batch', () => {
  test('is never above batch.size while its records are smaller', () => {
    expect(batches('', 50).mostBatchBytes).toBeLessThanOrEqual(16_384);
  });

  test('waits for company for linger.ms and no longer', () => {
    const { trace } = play(`
name: quiet
duration: 5s
cluster: { brokers: 1, topics: { orders: { partitions: 1, replicationFactor: 1 } } }
producers: { checkout: { to: orders, rate: 20/s, record: { size: 200B }, config: { linger.ms: 30 } } }
`);
    const waits = trace.acknowledgements.slice(2).map(({ atUs, createdFromUs }) => atUs - createdFromUs);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...waits)).toBeLessThan(35_000);
  });

  test('of batch.size 0 holds one record', () => {
    const { trace, ask } = play(`
name: single
duration: 5s
cluster: { brokers: 1, topics: { orders: { partitions: 2, replicationFactor: 1 } } }
producers: { checkout: { to: orders, rate: 500/s, record: { size: 200B }, config: { linger.ms: 50, batch.size: 0 } } }
`);
    expect(new Set(trace.appends.filter(({ lane }) => lane >= 0).map(({ count }) => count))).toEqual(new Set([1]));
    expect(ask.fates().acknowledged).toBeGreaterThan(2_400);
  });

  test('takes more records when they compress', () => {
    const compressed = (share: string): number => {
      const { trace } = play(`
name: compressed
duration: 5s
cluster: { brokers: 1, topics: { orders: { partitions: 1, replicationFactor: 1 } } }
producers:
  checkout: { to: orders, rate: 5000/s, record: { size: 200B, compressesTo: ${share} }, config: { linger.ms: 1000, compression.type: lz4 } }
`);
      return Math.max(...trace.appends.map(({ count }) => count));
    };
    expect(compressed('25%') / compressed('100%')).toBeGreaterThan(3.5);
    expect(compressed('25%') / compressed('100%')).toBeLessThan(4.5);
  });
});

test('records without key go to all partitions about evenly in the long run', () => {
  const { trace } = play(`
name: even
duration: 60s
cluster: { brokers: 3, topics: { orders: { partitions: 6, replicationFactor: 1 } } }
producers: { checkout: { to: orders, rate: 2000/s, record: { size: 200B } } }
`);
  const counts = new Array<number>(6).fill(0);
  for (const { lane, count } of trace.offers) counts[lane] = counts[lane]! + count;
  for (const count of counts) expect(Math.abs(count / 20_000 - 1)).toBeLessThan(0.2);
});

test('records without key are acknowledged soon wherever the sticky partitioner moves', () => {
  const { trace } = play(`
name: moves
duration: 20s
cluster: { brokers: 3, topics: { orders: { partitions: 6, replicationFactor: 1 } } }
producers: { checkout: { to: orders, rate: 300/s, record: { size: 1KiB }, config: { linger.ms: 5 } } }
`);
  const waits = trace.acknowledgements
    .filter(({ atUs }) => atUs > seconds(1))
    .map((one) => one.atUs - one.createdFromUs);
  expect(Math.max(...waits)).toBeLessThan(15_000);
});
