import { describe, expect, test } from 'vitest';
import { type Played, play, seconds } from '../testing/play.ts';

interface Settings {
  readonly selector?: string;
  readonly rack?: string;
  readonly zone?: string;
  readonly consumer?: string;
  readonly rate?: string;
  readonly failures?: readonly string[];
  readonly duration?: string;
}

/** One partition, led in zone a; a consumer in zone b, where broker 2 has a copy. */
function yaml(settings: Settings): string {
  const { selector = 'RackAwareReplicaSelector', rack = 'zone', zone = 'b', failures = [] } = settings;
  return `
duration: ${settings.duration ?? '30s'}
regions: { west: { zones: [a, b, c], network: { withinZone: 250us, betweenZones: 2ms, jitter: 0% } } }
cluster:
  kafka: "4.1"
  brokers: { count: 3, zones: [a, b, c] }
  config: { min.insync.replicas: 1${selector === '' ? '' : `, replica.selector.class: ${selector}`} }
  topics: { orders: { replicas: { 0: [1, 2, 3] } } }
producers:
  load: { to: orders, zones: [a], rate: ${settings.rate ?? '100/s'}, config: { acks: all, linger.ms: 0 } }
consumers:
  billing: { from: [orders], zones: [${zone}], config: { auto.offset.reset: earliest${rack === '' ? '' : `, client.rack: ${rack}`}${settings.consumer === undefined ? '' : `, ${settings.consumer}`} } }
${failures.length === 0 ? '' : `failures:\n${failures.map((failure) => `  - { ${failure} }`).join('\n')}\n`}`;
}

/** Records read from each broker by the group between two instants, by broker id. */
function bytesFrom({ trace, ask }: Played, fromSec: number, toSec: number): Map<number, number> {
  const bytes = new Map<number, number>();
  for (const one of trace.fetches) {
    if (one.kind !== 'consumer' || one.atUs < seconds(fromSec) || one.atUs >= seconds(toSec)) continue;
    if (trace.cast.partitions[one.partition]!.topic !== 'orders') continue;
    const id = ask.brokerId(one.broker);
    bytes.set(id, (bytes.get(id) ?? 0) + one.bytes);
  }
  return bytes;
}

function readers(played: Played, fromSec: number, toSec: number): number[] {
  return [...bytesFrom(played, fromSec, toSec).keys()].sort();
}

describe('a consumer with client.rack', () => {
  test('reads from the replica in its rack', () => {
    expect(readers(play(yaml({})), 10, 30)).toEqual([2]);
  });

  test('may name another rack than its zone', () => {
    expect(readers(play(yaml({ rack: 'c' })), 10, 30)).toEqual([3]);
  });

  test('reads from the leader when that is in its rack', () => {
    expect(readers(play(yaml({ zone: 'a' })), 10, 30)).toEqual([1]);
  });

  test('reads from the leader when no replica.selector.class is set', () => {
    expect(readers(play(yaml({ selector: '' })), 10, 30)).toEqual([1]);
  });

  test('is needed: without it everybody reads from the leader', () => {
    expect(readers(play(yaml({ rack: '' })), 10, 30)).toEqual([1]);
  });

  test('gets everything, in order, and later by what the follower needs to learn the high watermark', () => {
    const median = (played: Played): number => {
      const waits = played.trace.deliveries
        .filter((one) => one.atUs > seconds(10))
        .map((one) => one.atUs - one.createdToUs);
      return waits.sort((x, y) => x - y)[Math.floor(waits.length / 2)]!;
    };
    const fromFollower = play(yaml({}));
    const fromLeader = play(yaml({ rack: '' }));
    const offsets = fromFollower.trace.deliveries.map((one) => one.offset);
    expect(offsets).toEqual(offsets.toSorted((x, y) => x - y));
    expect(new Set(offsets).size).toBe(offsets.length);
    expect(offsets.length).toBeGreaterThan(2_800);
    // The leader's high watermark comes with the next records: 10 ms later at 100 records/s.
    expect(median(fromFollower) - median(fromLeader)).toBeGreaterThan(3_000);
    expect(median(fromFollower) - median(fromLeader)).toBeLessThan(20_000);
  });

  test('waits for the end of the follower fetch under way when nothing else is written', () => {
    const { trace } = play(yaml({ rate: '[{ at: 0s, rate: 1/s }]', duration: '60s' }));
    const waits = trace.deliveries.filter((one) => one.atUs > seconds(10)).map((one) => one.atUs - one.createdToUs);
    expect(waits.length).toBeGreaterThan(40);
    expect(Math.max(...waits)).toBeGreaterThan(300_000);
    expect(Math.max(...waits)).toBeLessThan(520_000);
  });
});

describe('a preferred read replica', () => {
  test('is left when it dies and is fenced', () => {
    const played = play(yaml({ duration: '60s', failures: ['name: f, at: 20s, crash: broker 2'] }));
    expect(readers(played, 10, 20)).toEqual([2]);
    expect(readers(played, 32, 60)).toEqual([1]);
    // Until broker 2 is fenced the leader goes on sending the consumer there.
    const first = played.trace.deliveries.find((one) => one.atUs > seconds(21))!;
    expect(first.atUs).toBeGreaterThan(seconds(26.9));
    expect(first.atUs).toBeLessThan(seconds(32));
  });

  test('that hears nothing of the leader any more keeps its consumers waiting until metadata.max.age.ms', () => {
    const played = play(
      yaml({
        duration: '150s',
        consumer: 'metadata.max.age.ms: 60000',
        failures: ['name: f, at: 70s, partition: { between: [broker 1, broker 2] }'],
      }),
    );
    const leftUs = played.ask.isrChangeUs('orders-0', 2, false, seconds(70));
    expect(leftUs).toBeLessThan(seconds(116));
    const delivered = (fromSec: number, toSec: number): number =>
      played.trace.deliveries.filter((one) => one.atUs > seconds(fromSec) && one.atUs < seconds(toSec)).length;
    expect(delivered(60, 70)).toBeGreaterThan(500);
    // acks=all goes on when broker 2 left the ISR; its consumers do not know.
    expect(played.ask.acknowledgedRecords('orders-0', seconds(116), seconds(120))).toBeGreaterThan(300);
    expect(delivered(73, 120)).toBe(0);
    expect(readers(played, 126, 150)).toEqual([1]);
    expect(delivered(126, 150)).toBeGreaterThan(1_000);
  });
});
