import { type Played, play } from '../../testing/play.ts';
import type { TraceRecorder } from '../../testing/traceRecorder.ts';
import type { TraceEvent } from '../../trace.ts';

export interface GroupScenario {
  readonly seed: string;
  readonly duration?: string;
  readonly brokers?: number;
  readonly replicationFactor?: number;
  /** `offsets.topic.replication.factor` where it differs. */
  readonly offsetsFactor?: number;
  readonly rate?: string;
  readonly instances?: number;
  /** Lines inside the group `billing`. */
  readonly group?: string;
  readonly assignor?: string;
  /** `group.protocol`; classic by default. */
  readonly protocol?: 'consumer';
  /** More broker configs: ", name: value". */
  readonly brokerConfig?: string;
  readonly reset?: string;
  /** More client configs: ", name: value". */
  readonly config?: string;
  /** Lines below: failures, operations. */
  readonly more?: string;
}

/** The measured set-up: `orders` with six partitions, 300 keyed records/s, group `billing` of three. */
export function playGroup(options: GroupScenario): Played {
  const brokers = options.brokers ?? 1;
  const factor = options.replicationFactor ?? Math.min(3, brokers);
  return play(
    `duration: ${options.duration ?? '100s'}
clusters:
  main:
    kafka: "4.3"
    brokers: ${brokers}
    config: { offsets.topic.replication.factor: ${options.offsetsFactor ?? factor}${options.brokerConfig ?? ''} }
    topics:
      orders: { partitions: 6, replicationFactor: ${factor} }
producers:
  checkout: { to: orders, rate: ${options.rate ?? '300/s'}, record: { keys: { count: 100k } } }
consumers:
  billing:
    from: orders
    instances: ${options.instances ?? 3}
    config: { auto.offset.reset: ${options.reset ?? 'earliest'}, ${protocolConfig(options)}${options.config ?? ''} }
${indented(options.group ?? '')}
${options.more ?? ''}`,
    { seed: options.seed },
  );
}

function protocolConfig({ protocol, assignor }: GroupScenario): string {
  if (protocol === 'consumer') return 'group.protocol: consumer';
  return `partition.assignment.strategy: ${assignor ?? 'RangeAssignor'}`;
}

function indented(lines: string): string {
  return lines.replace(/^/gm, '    ');
}

type EventOf<T extends TraceEvent['type']> = Extract<TraceEvent, { readonly type: T }>;

/** The index of `billing/<instance>` in the cast. */
export function memberOf({ trace }: Played, instance: number): number {
  return trace.cast.clients.findIndex((one) => one.kind === 'consumer' && one.instance === instance);
}

/** When members took or gave up partitions, after an instant. */
export function assignmentChanges(run: Played, afterUs = 0): EventOf<'member.assignment'>[] {
  return run.ask.events('member.assignment').filter((event) => event.atUs > afterUs);
}

export function lastChangeUs(run: Played, afterUs: number): number {
  return Math.max(...assignmentChanges(run, afterUs).map((event) => event.atUs)) - afterUs;
}

/** Members, other than these, that had to give up partitions after an instant. */
export function membersGivingUp(run: Played, afterUs: number, except: readonly number[]): number[] {
  const clients = assignmentChanges(run, afterUs).flatMap((event) => (event.removed.length > 0 ? event.client : []));
  return [...new Set(clients)].filter((client) => !except.includes(client)).sort();
}

export interface Reading {
  /** Records that were passed over although nobody had read them. */
  readonly skipped: number;
  readonly delivered: number;
  /** Deliveries beyond the first of a record. */
  readonly again: number;
  /** The partitions of those records. */
  readonly againIn: readonly number[];
}

/** Follows each partition from offset 0 through everything that went through the group. */
export function readingOf(trace: TraceRecorder): Reading {
  const times = new Map<number, number[]>();
  let delivered = 0;
  for (const { partition, offset, count } of trace.deliveries) {
    delivered += count;
    const counts = times.get(partition) ?? [];
    times.set(partition, counts);
    for (let record = offset; record < offset + count; record++) counts[record] = (counts[record] ?? 0) + 1;
  }
  let skipped = 0;
  let again = 0;
  const againIn = new Set<number>();
  for (const [partition, counts] of times) {
    for (let record = 0; record < counts.length; record++) {
      const seen = counts[record] ?? 0;
      if (seen === 0) skipped++;
      else again += seen - 1;
      if (seen > 1) againIn.add(partition);
    }
  }
  return { skipped, delivered, again, againIn: [...againIn] };
}

/** The longest time between two deliveries in a row of one of the partitions, of which the later came after `afterUs`. */
export function longestPauseUs(trace: TraceRecorder, partitions: readonly number[], afterUs: number): number {
  let longest = 0;
  for (const partition of partitions) {
    let last = -1;
    for (const delivery of trace.deliveries) {
      if (delivery.partition !== partition) continue;
      if (last >= 0 && delivery.atUs > afterUs) longest = Math.max(longest, delivery.atUs - last);
      last = delivery.atUs;
    }
  }
  return longest;
}
