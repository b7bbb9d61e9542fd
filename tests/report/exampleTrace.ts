import type { LedgerEntry, PartitionLane, RunResult, Series, TimelineEntry } from '../../src/result/runResult.ts';

/** What the example run recorded: the same crash seen as events, lanes, curves and counts. */
export const S = 1_000_000;
export const MS = 1_000;
export const CRASH_US = 40 * S;
export const FENCED_US = 49 * S + 102 * MS;
export const BACK_US = 85 * S;
export const CAUGHT_UP_US = 91 * S + 640 * MS;
export const PREFERRED_US = 118 * S;
export const END_US = 150 * S;

export function timeline(text: (value: string) => string): TimelineEntry[] {
  const entry = (
    id: number,
    atUs: number,
    cause: number,
    type: string,
    severity: TimelineEntry['severity'],
    what: string,
  ): TimelineEntry => ({ id, atUs, cause, type, severity, text: text(what) });
  return [
    entry(3, 1_020 * MS, -1, 'controller.active', 'info', 'controller 102 is active in epoch 1'),
    entry(40, 1_480 * MS, 3, 'topic.created', 'info', 'topic orders is created with 12 partitions'),
    entry(88, 4_510 * MS, -1, 'group.state', 'info', 'group billing is Stable in generation 1'),
    entry(402, CRASH_US, -1, 'failure.began', 'critical', 'failure "broker 2 dies" begins: broker 2'),
    entry(403, CRASH_US, 402, 'broker.killed', 'critical', 'broker 2 is killed'),
    entry(631, FENCED_US, 403, 'broker.control', 'warning', 'broker 2 is fenced: no heartbeat for 9 s'),
    entry(
      640,
      FENCED_US + 61 * MS,
      631,
      'partition.changed',
      'warning',
      'orders-1, -4, -7, -10 elect new leaders; ISR 3 → 2 for all 12 partitions',
    ),
    entry(702, 51 * S, 640, 'group.coordinator', 'notice', 'the coordinator of group billing moves to broker 3'),
    entry(880, BACK_US, 402, 'failure.ended', 'notice', 'failure "broker 2 dies" ends: broker 2 starts'),
    entry(905, BACK_US + 3_100 * MS, 880, 'broker.control', 'notice', 'broker 2 is unfenced'),
    entry(
      912,
      BACK_US + 3_410 * MS,
      905,
      'replica.truncated',
      'critical',
      'broker 2 truncates orders-1 from 6652 to 6641: 11 acknowledged records are gone',
    ),
    entry(960, CAUGHT_UP_US, 905, 'partition.changed', 'notice', 'broker 2 is in the ISR of all 12 partitions again'),
    entry(990, PREFERRED_US, -1, 'operation.began', 'notice', 'operation "spread the leaders" begins'),
    entry(
      1004,
      PREFERRED_US + 214 * MS,
      990,
      'partition.changed',
      'notice',
      'broker 2 leads orders-1, -4, -7, -10 again',
    ),
    entry(
      1100,
      130 * S,
      -1,
      'failure.began',
      'warning',
      'failure "flaky link" begins: 12 connections between default/a and default/c',
    ),
  ];
}

export function lanes(text: (value: string) => string, partitions: number): PartitionLane[] {
  return Array.from({ length: partitions }, (_, partition) => {
    const replicas = [0, 1, 2].map((step) => ((partition + step) % 3) + 1);
    const leader = replicas[0] ?? 1;
    const without2 = replicas.filter((id) => id !== 2);
    const second = without2[0] ?? 3;
    const spans: PartitionLane['spans'] = [];
    const span = (fromUs: number, toUs: number, who: number | null, isr: number[], leaderEpoch: number) =>
      spans.push({ fromUs, toUs, leader: who, isr, leaderEpoch });
    if (leader !== 2) {
      span(1_480 * MS, FENCED_US, leader, replicas, 0);
      span(FENCED_US, CAUGHT_UP_US + partition * 90 * MS, leader, without2, 0);
      span(CAUGHT_UP_US + partition * 90 * MS, END_US, leader, replicas, 0);
    } else {
      span(1_480 * MS, CRASH_US, 2, replicas, 0);
      span(CRASH_US, FENCED_US + 61 * MS, null, replicas, 0);
      span(FENCED_US + 61 * MS, CAUGHT_UP_US + partition * 90 * MS, second, without2, 1);
      span(CAUGHT_UP_US + partition * 90 * MS, PREFERRED_US + 214 * MS, second, [...without2, 2], 1);
      span(PREFERRED_US + 214 * MS, END_US, 2, [...without2, 2], 2);
    }
    return { topic: text('orders'), partition, replicas, spans };
  });
}

/** What broker 2's death does to a curve: 0 in calm times, up to 1 while its partitions have no leader. */
function trouble(atUs: number): number {
  if (atUs < CRASH_US || atUs > FENCED_US + 3 * S) return 0;
  return atUs <= FENCED_US + 61 * MS ? 1 : 1 - (atUs - FENCED_US) / (3 * S);
}

export function exampleSeries(text: (value: string) => string, points: number): Series[] {
  const bucketUs = Math.round(END_US / points);
  const atUs = Array.from({ length: points }, (_, index) => index * bucketUs);
  let state = 12345;
  const noise = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const make = (
    metric: string,
    of: string,
    unit: Series['unit'],
    curve: (at: number) => number,
    spread: number,
  ): Series => {
    const mean = atUs.map((at) => (at < 2 * S ? null : Math.round(curve(at) * (1 + (noise() - 0.5) * spread))));
    return {
      metric,
      of,
      unit,
      bucketUs,
      atUs,
      mean,
      min: mean.map((value) => (value === null ? null : Math.round(value * (1 - spread * noise())))),
      max: mean.map((value) => (value === null ? null : Math.round(value * (1 + 2 * spread * noise())))),
    };
  };
  const lag = (at: number) => {
    if (at < CRASH_US) return 40;
    if (at < FENCED_US) return 40 + ((at - CRASH_US) / S) * 660;
    return Math.max(40, 6_100 - ((at - FENCED_US) / S) * 145);
  };
  return [
    make('produce.latency', text('checkout'), 'us', (at) => 4_000 + trouble(at) * 180_000, 0.3),
    make('endToEnd.latency', text('billing'), 'us', (at) => 8_000 + lag(at) * 90, 0.3),
    make('consumer.lag', text('billing'), 'records', lag, 0.2),
    make('throughput.in', text('orders'), 'bytes/s', (at) => 2_048_000 * (1 - trouble(at) / 3), 0.05),
    make('records.offered', text('checkout'), 'records/s', () => 2_000, 0.02),
    make('records.acknowledged', text('checkout'), 'records/s', (at) => 2_000 * (1 - trouble(at) / 3), 0.04),
  ];
}

export function histogram(
  metric: string,
  of: string,
  values: number[],
  count: number,
): RunResult['histograms'][number] {
  const [min = 0, mean = 0, p50 = 0, p95 = 0, p99 = 0, p999 = 0, max = 0] = values;
  return { metric, of, unit: 'us', count, min, mean, p50, p95, p99, p999, max };
}

export function ledger(of: string, lost = 42): LedgerEntry {
  return {
    of,
    offered: 297_980,
    acknowledged: 291_222,
    refused: 0,
    unknown: 1_204,
    neverSent: 5_530,
    unresolved: 24,
    stored: 291_197,
    expired: 0,
    lost,
    duplicated: 17,
    reordered: 0,
    storedThoughFailed: 17,
    delivered: 290_880,
    redelivered: 312,
    notDelivered: 317,
  };
}

export const SOURCE = `name: A broker dies under acks=1
description: >
  Checkout writes orders with acks=1, because it is faster. Broker 2 dies without
  warning for 45 seconds. What the leader acknowledged and had not yet replicated is gone.
tags: [durability, broker-crash]
seed: broker-crash
duration: 150s
warmup: 10s

cluster:
  kafka: "4.1"
  brokers: { count: 3, zones: [a, b, c] }
  topics:
    orders: { partitions: 12, replicationFactor: 3 }

producers:
  checkout: { to: orders, instances: 2, rate: 2k/s, config: { acks: 1 } }
consumers:
  billing: { from: [orders], instances: 3 }

failures:
  - { name: broker 2 dies, at: 40s, for: 45s, crash: { broker: 2 } }
expect:
  - { name: nothing acknowledged is lost, noRecordLoss: { topic: orders } }
  - { name: orders stay writable, availability: { topic: orders, of: produce, atLeast: 93% } }
  - { name: billing catches up, eventually: { consumerLag: { group: billing, below: 5000 } }, within: 60s, after: broker 2 dies.end }
  - { name: produce stays quick, metric: produce.latency, of: checkout, p99: "< 60ms", during: flaky link }
  - { name: orders stay in order, orderPreserved: { topic: orders, per: key } }
  - { name: "documented weakness: duplicates", violated: true, noDuplicates: { topic: orders } }
`;
