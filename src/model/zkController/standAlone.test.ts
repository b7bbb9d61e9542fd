import { describe, expect, test } from 'vitest';
import { type Played, play, seconds } from '../testing/play.ts';

function scenario(rest: string, producers = 30): string {
  return `name: compose
duration: 150s
cluster:
  kafka: "3.9"
  coordination: { zookeeper: { standAlone: 2, startsWithin: 4s } }
  brokers: 2
  topics: { orders: { partitions: 1, replicationFactor: 2 } }
producers:
  shop: { to: orders, instances: ${producers}, rate: 9/s, until: 10s, partitioner: round-robin, record: { size: 200B }, config: { acks: all } }
${rest}`;
}

const SEEDS = Array.from({ length: 40 }, (_, i) => `compose-${i}`);
const RESTARTS = `failures:
  - { name: one, at: 40s, for: 10s, stop: broker 1 }
  - { name: two, at: 90s, for: 10s, stop: broker 2 }
`;

const isApart = ({ ask }: Played): boolean => ask.events('finding')[0]!.text.includes('they are 2 clusters');
const exits = ({ ask }: Played): string[] => ask.events('broker.registrationRefused').map(({ error }) => error);

describe('two ZooKeepers that do not know each other, both in zookeeper.connect of two brokers', () => {
  const runs = SEEDS.map((seed) => play(scenario(RESTARTS), { seed }));
  const together = runs.filter((run) => !isApart(run));
  const apart = runs.filter(isApart);

  test('are chosen alike more often than not, and sometimes differently', () => {
    expect(together.length).toBeGreaterThan(apart.length);
    expect(apart.length).toBeGreaterThan(3);
  });

  test('chosen alike they look like a healthy cluster: one controller, two replicas in sync, nothing lost', () => {
    for (const { ask } of together) {
      expect(ask.events('controller.active').filter(({ atUs }) => atUs === 0)).toHaveLength(1);
      expect(ask.at('orders-0', seconds(30)).isr).toHaveLength(2);
      expect(ask.fates()).toMatchObject({ acknowledged: 90, acknowledgedAndLost: 0, storedTwice: 0 });
    }
  });

  test('chosen differently they are two clusters with controllers of their own, and two replicas are refused', () => {
    for (const { ask } of apart) {
      expect(ask.events('controller.active').filter(({ atUs }) => atUs === 0)).toHaveLength(2);
      const refused = ask.events('topic.createFailed').filter(({ topic }) => topic === 'orders');
      expect(refused.map(({ error }) => error)).toEqual([
        'INVALID_REPLICATION_FACTOR: replication factor 2 is larger than available brokers: 1',
      ]);
      expect(ask.at('orders-0', seconds(30)).isr).toHaveLength(1);
    }
  });

  test('apart, acknowledged records pass for duplicates in some runs, since both clusters hand out the same producer ids', () => {
    const lost = apart.map(({ ask }) => ask.fates().acknowledgedAndLost);
    expect(lost.some((count) => count > 0)).toBe(true);
    expect(lost.every((count) => count % 3 === 0)).toBe(true);
    for (const { ask } of apart) expect(ask.fates().acknowledged).toBe(90);
  });

  test('apart, clients get one of the clusters at random', () => {
    for (const { trace } of apart) {
      const brokers = new Set(trace.appends.map(({ broker }) => broker));
      expect(brokers.size).toBe(2);
    }
  });

  test('end a broker that meets the other one on a restart, in either case and not always', () => {
    const all = runs.flatMap(exits);
    expect(new Set(all)).toEqual(new Set(['InconsistentClusterIdException']));
    const share = all.length / (2 * runs.length);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.8);
  });

  test('are explained in plain words before anything else happens', () => {
    for (const { ask } of runs) {
      const [finding] = ask.events('finding');
      expect(finding!.atUs).toBe(0);
      expect(finding!.text).toContain('do not know each other');
      expect(finding!.text).toContain('on a restart stops');
    }
  });
});

test('brokers that start at the same instant always choose alike', () => {
  const text = scenario('', 1).replace('startsWithin: 4s', 'startsWithin: 0s');
  for (const seed of SEEDS.slice(0, 10)) expect(isApart(play(text, { seed }))).toBe(false);
});
