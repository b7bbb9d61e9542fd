import { describe, expect, test } from 'vitest';
import { play } from '../testing/play.ts';

const frozenLeader = (config: string): string => `
name: a leader that freezes for less than a session
duration: 40s
cluster:
  brokers: 3
  topics:
    orders: { partitions: 1, replicas: { 0: [1, 2, 3] }, config: { min.insync.replicas: 2 } }
producers:
  checkout:
    to: orders
    rate: 200/s
    record: { size: 200B }
    partitioner: round-robin
    config: { ${config}, request.timeout.ms: 3000, delivery.timeout.ms: 60000 }
failures:
  - { name: pause, at: 10s, for: 5s, freeze: { broker: 1 } }
`;

const storedTwice = (config: string): number => play(frozenLeader(config), { seed: 'pause' }).ask.fates().storedTwice;

describe('a request whose client gave up is still in the frozen broker’s socket buffer', () => {
  test('without idempotence it is appended when the broker resumes, and its retry doubles it', () => {
    expect(storedTwice('acks: 1')).toBeGreaterThan(0);
  });

  test('an idempotent producer’s retry is recognised', () => {
    expect(storedTwice('acks: all')).toBe(0);
  });
});
