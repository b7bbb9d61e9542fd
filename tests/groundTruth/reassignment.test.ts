/**
 * Moving partitions, placement among fenced brokers, and the way back to preferred leaders: what a real cluster does.
 * Sources: ReplicationControlManager, PartitionReassignmentReplicas, ReplicationQuotaManager, StripedReplicaPlacer,
 * KIP-73, KIP-455.
 */
import { describe, expect, test } from 'vitest';
import { play, seconds } from '../../src/model/testing/play.ts';

const GIGABYTE = 1e9;

describe('case 27: a preferred leader returns after an outage', () => {
  // One of twelve partitions is led from elsewhere: below the ten per cent that ZooKeeper's controller would tolerate.
  const others = Array.from({ length: 11 }, (_, i) => `${i + 1}: [2, 3, 1]`).join(', ');
  const runs = ['A', 'B', 'C', 'D', 'E'].map((seed) => {
    const { ask } = play(
      `
name: preferred leader
duration: 370s
cluster:
  kafka: "4.0"
  brokers: 3
  topics: { orders: { replicas: { 0: [1, 2, 3], ${others} } } }
failures:
  - { name: outage, at: 10s, for: 30s, crash: broker 1 }
`,
      { seed },
    );
    const backUs = ask.isrChangeUs('orders-0', 1, true, seconds(40));
    const moved = ask.changes('orders-0').find(({ atUs, leader }) => atUs > seconds(40) && leader === 0)!;
    return { backUs, moved };
  });

  test('case 27: it leads again at most 300 s after it is back in the ISR, and not before', () => {
    for (const { backUs, moved } of runs) {
      expect(backUs).toBeGreaterThan(seconds(40));
      expect(moved.reason).toBe('preferredElection');
      expect(moved.atUs).toBeGreaterThan(backUs);
      expect(moved.atUs - backUs).toBeLessThanOrEqual(seconds(300.1));
    }
  });

  test('case 27: the wait is spread over the interval, as the pass does not know of the outage', () => {
    const waits = runs.map(({ backUs, moved }) => moved.atUs - backUs);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(seconds(60));
  });
});

describe('case 28: three brokers, one of them fenced', () => {
  const { ask } = play(
    `
name: fenced broker
duration: 70s
cluster:
  kafka: "4.0"
  brokers: 3
  topics: { orders: { partitions: 1, replicationFactor: 3 } }
producers:
  checkout: { to: orders, rate: 20/s, record: { size: 200B } }
failures:
  - { name: down, at: 5s, crash: broker 3 }
operations:
  - { name: grow, at: 40s, createPartitions: { topic: orders, partitions: 4 } }
`,
  );
  const fenced = ask.broker(3);
  const born = ask.events('partition.changed').filter(({ atUs, reason }) => reason === 'created' && atUs > seconds(20));

  test('case 28: new partitions with three replicas are made, and the fenced broker gets a follower in each', () => {
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null]);
    expect(born).toHaveLength(3);
    for (const { replicas } of born) {
      expect(replicas).toHaveLength(3);
      expect(replicas!.slice(1)).toContain(fenced);
    }
  });

  test('case 28: the ISR of each is the two active brokers: under-replicated from birth', () => {
    for (const { isr, leader } of born) {
      expect(isr).toHaveLength(2);
      expect(isr).not.toContain(fenced);
      expect(isr).toContain(leader);
    }
  });
});

describe('case 30: 100 GB move at 50 MB/s while 10 MB/s come in', () => {
  // At full size. Batches of 1 MB, one replica before and after, so that it costs a million events.
  const { ask, trace, simulation } = play(`
name: large move
duration: 4500s
cluster:
  kafka: "4.0"
  brokers: { count: 2, hardware: { memory: 64GiB, disks: [{ size: 1TB, throughput: 1GB/s }], network: 40Gbps } }
  config: { auto.leader.rebalance.enable: false }
  topics:
    orders: { replicas: { 0: [1] } }
producers:
  history: { to: orders, rate: 1k/s, until: 500s, record: { size: 200kB }, config: { acks: 1, batch.size: 1000000, linger.ms: 10, max.request.size: 1048576 } }
  checkout: { to: orders, rate: 50/s, from: 500s, record: { size: 200kB }, config: { acks: 1, batch.size: 1000000, linger.ms: 100, max.request.size: 1048576 } }
operations:
  - { name: move, at: 600s, reassign: { topic: orders, replicas: { 0: [2] }, throttle: 50MB/s } }
`);
  const [began] = ask.events('partition.changed').filter(({ reason }) => reason === 'reassignment');
  const done = ask.events('partition.changed').find(({ reason }) => reason === 'reassignmentCompleted')!;

  test('case 30: net 40 MB/s: it takes 2,500 s and a little more', () => {
    const bytes = trace.appends
      .filter(({ atUs }) => atUs < began!.atUs)
      .reduce((sum, { bytes: size }) => sum + size, 0);
    expect(bytes / GIGABYTE).toBeGreaterThan(100);
    const tookS = (done.atUs - began!.atUs) / 1e6;
    expect(tookS).toBeGreaterThan(2_500);
    expect(tookS).toBeGreaterThan(bytes / 40e6);
    // Copying goes in bursts with pauses of replica.fetch.backoff.ms, so a little of the throttle stays unused.
    expect(tookS).toBeLessThan((bytes / 40e6) * 1.15);
  });

  test('case 30: the whole of it costs less than a million events', () => {
    expect(simulation.stats.dataEvents + simulation.stats.controlEvents).toBeLessThan(1_000_000);
  });

  test('case 30: the last replica joins the ISR and the move ends in one record, which begins a leader epoch', () => {
    expect(began).toMatchObject({ leader: 0, leaderEpoch: 0, isr: [0], replicas: [1, 0], adding: [1], removing: [0] });
    expect(done).toMatchObject({ leader: 1, leaderEpoch: 1, isr: [1], replicas: [1], adding: [], removing: [] });
    expect(done.partitionEpoch).toBe(began!.partitionEpoch + 1);
  });
});

describe('case 30: a throttle that is not above what comes in', () => {
  const { ask } = play(`
name: never ends
duration: 10m
cluster:
  kafka: "4.0"
  brokers: 3
  topics: { orders: { replicas: { 0: [1, 2] } } }
producers:
  checkout: { to: orders, rate: 5k/s, record: { size: 1kB }, config: { linger.ms: 50, batch.size: 500000 } }
operations:
  - { name: move, at: 30s, reassign: { topic: orders, replicas: { 0: [1, 3] }, throttle: 5MB/s } }
`);

  test('case 30: the move never ends, and the partition stays writable', () => {
    expect(ask.events('partition.changed').map(({ reason }) => reason)).toEqual(['created', 'reassignment']);
    expect(ask.events('operation.ended')).toEqual([]);
    expect(ask.acknowledgedRecords('orders-0', seconds(590))).toBeGreaterThan(40_000);
  });
});

describe('case 31: one target broker is dead', () => {
  const { ask } = play(`
name: dead target
duration: 15m
cluster:
  kafka: "4.0"
  brokers: 4
  config: { auto.leader.rebalance.enable: false }
  topics: { orders: { replicas: { 0: [1, 2, 3] } } }
producers:
  checkout: { to: orders, rate: 50/s, record: { size: 200B } }
failures:
  - { name: down, at: 10s, crash: broker 4 }
operations:
  - { name: move, at: 30s, reassign: { topic: orders, replicas: { 0: [1, 2, 4] } } }
  - { name: back, at: 13m, reassign: { topic: orders, cancel: true } }
`);
  const changes = ask.changes('orders-0').filter(({ atUs }) => atUs > 0);

  test('case 31: the move waits for it as long as it takes', () => {
    expect(changes[0]).toMatchObject({ reason: 'reassignment', replicas: [0, 1, 3, 2], adding: [3], removing: [2] });
    expect(changes[1]!.atUs).toBeGreaterThan(seconds(13 * 60));
    expect(ask.at('orders-0', seconds(12 * 60))).toMatchObject({ leader: 1, isr: [1, 2, 3], leaderEpoch: 0 });
  });

  test('case 31: a cancel takes it back at once, and the replica that was never there is forgotten', () => {
    expect(changes[1]).toMatchObject({
      reason: 'reassignmentCancelled',
      replicas: [0, 1, 2],
      adding: [],
      removing: [],
      isr: [0, 1, 2],
    });
    const ended = ask.events('operation.ended');
    expect(ended.find(({ name }) => name === 'back')!.error).toBeNull();
    expect(ended.find(({ name }) => name === 'move')!.error).toContain('cancelled or replaced');
    expect(ask.fates()).toMatchObject({ failed: 0, acknowledgedAndLost: 0, storedTwice: 0 });
  });
});
