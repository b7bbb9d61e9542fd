import type { Collector } from '../metrics/collector.ts';
import { textOf as eventText } from '../metrics/eventText.ts';
import { IntervalSet } from '../metrics/intervalSet.ts';
import type { RemovedRange } from '../metrics/ledger.ts';
import { brokerName } from '../metrics/names.ts';
import type { EventId } from '../model/trace.ts';
import { NO_CAUSE } from '../model/trace.ts';
import type { Evidence } from '../result/runResult.ts';
import { textOf } from './bounds.ts';
import { type Checker, type ClaimDefinition, evidence, type Finding, inconclusive, passed } from './checker.ts';
import { about, lanesOf, whyUndecidable } from './ledgerScope.ts';
import { leaf, object } from './schemaParts.ts';

const EVIDENCE_KEPT = 20;
const CHANGES_KEPT = 4;

export const noRecordLoss: ClaimDefinition = {
  name: 'noRecordLoss',
  description:
    'Every record whose success the application learned is in the log at the end, or retention removed it. Records that failed do not count, and neither does what the application never learned. Inconclusive when no record was acknowledged. It is about the whole run, warm-up included.',
  examples: [{ noRecordLoss: { topic: 'orders' } }],
  schema: object(
    { topic: leaf('topicOrPartition', 'Records of this topic or partition. Default: all.', 'orders') },
    'Nothing acknowledged is lost.',
    { topic: 'orders' },
  ),
  beside: {},
  takesWindow: false,
  create: ({ collector, expectation }) => new NoRecordLoss(collector, textOf(expectation.params, 'topic')),
};

class NoRecordLoss implements Checker {
  readonly expected: string;
  readonly #collector: Collector;
  readonly #topic: string | null;

  constructor(collector: Collector, topic: string | null) {
    this.#collector = collector;
    this.#topic = topic;
    this.expected = `no acknowledged record${about(topic)} is lost`;
  }

  judge(): Finding {
    const lanes = lanesOf(this.#collector, this.#topic);
    const why = whyUndecidable(this.#collector, lanes);
    if (why !== null) return inconclusive(why);
    const { acknowledged, lost } = this.#collector.ledger.entry('', lanes, null, () => false);
    if (acknowledged === 0) return inconclusive('no record was acknowledged');
    if (lost === 0) return passed(`all ${acknowledged} acknowledged records are accounted for`);
    const losses = lanes
      .flatMap((lane) => lossesOf(this.#collector, lane))
      .sort((left, right) => byPlace(left.evidence, right.evidence));
    const first = losses.find((loss) => loss.cause !== NO_CAUSE) ?? losses[0]!;
    const rows = merged(losses.map((loss) => loss.evidence));
    // What the chain of causes explains is told first, and how it came to that before the next partition.
    const explained = rows.filter((row) => isSameEvent(row, first.evidence));
    const others = rows.filter((row) => !isSameEvent(row, first.evidence));
    return {
      status: 'failed',
      observed: `${lost} of ${acknowledged} acknowledged records ${lost === 1 ? 'is' : 'are'} lost`,
      atUs: first.evidence.atUs,
      evidence: [...explained, ...leadUp(this.#collector, first), ...others].slice(0, EVIDENCE_KEPT),
      cause: first.cause,
    };
  }
}

interface Loss {
  /** Index of the cast. */
  readonly partition: number;
  readonly evidence: Evidence;
  readonly cause: EventId;
}

/** Each lost interval of a lane with the removal that took it; intervals that no removal explains say so. */
function lossesOf(collector: Collector, lane: number): Loss[] {
  const { ledger, cast } = collector;
  const account = ledger.lanes[lane]!;
  const { topic, partition } = cast.partitions[account.partition]!;
  const losses: Loss[] = [];
  let unexplained = account.lost();
  // The common log's cuts come before single replicas' truncations: they name the leader change itself.
  const removals = ledger.removedRanges.filter((range) => range.lane === lane);
  for (const range of [...removals].sort((a, b) => a.broker - b.broker || a.atUs - b.atUs)) {
    unexplained.forEachWithin(range.first, range.count, (from, to) => {
      const firstOffset = range.offset + from - range.first;
      losses.push({
        evidence: evidence(removalText(collector, range, to - from), {
          atUs: range.atUs,
          topic,
          partition,
          firstOffset,
          lastOffset: firstOffset + to - from - 1,
          count: to - from,
        }),
        cause: range.cause,
        partition: account.partition,
      });
      unexplained = unexplained.subtract(interval(from, to));
    });
  }
  unexplained.forEach((from, to) => {
    const text = `${acknowledgedRecords(to - from)} of ${topic}-${partition} never reached a surviving log`;
    losses.push({
      evidence: evidence(text, { topic, partition, count: to - from }),
      cause: NO_CAUSE,
      partition: account.partition,
    });
  });
  return losses;
}

/**
 * How the partition came to that point: its last changes of leader and ISR, which the chain of causes of the final
 * one does not name, each with the failure or operation at its root.
 */
function leadUp({ events, cast }: Collector, { partition, cause }: Loss): Evidence[] {
  const chain = new Set(events.chain(cause).map(({ id }) => id));
  const { topic, partition: number } = cast.partitions[partition]!;
  return events
    .all()
    .filter(
      (event) => event.type === 'partition.changed' && event.partition === partition && event.reason !== 'created',
    )
    .filter(({ id }) => id < cause && !chain.has(id))
    .slice(-CHANGES_KEPT)
    .map((event) => {
      const root = events.chain(event.id).at(-1)!;
      const because = root.id === event.id ? '' : `, because: ${eventText(root, cast)}`;
      return evidence(`before that: ${eventText(event, cast)}${because}`, {
        atUs: event.atUs,
        topic,
        partition: number,
      });
    });
}

function removalText({ cast }: Collector, range: RemovedRange, count: number): string {
  const records = `${acknowledgedRecords(count)} ${count === 1 ? 'was' : 'were'}`;
  if (range.broker < 0) return `${records} not in the log of the new leader`;
  return `${records} in the log of ${brokerName(cast, range.broker)}, but not in the leader's`;
}

function acknowledgedRecords(count: number): string {
  return `${count} acknowledged ${count === 1 ? 'record' : 'records'}`;
}

/** Losses of several producers in one removal are one piece of evidence; they come in the order of `byPlace`. */
function merged(losses: readonly Evidence[]): Evidence[] {
  const rows: Evidence[] = [];
  for (const row of losses) {
    const last = rows.at(-1);
    const continues = last !== undefined && isSameEvent(last, row);
    if (!continues || last.lastOffset === null || row.firstOffset !== last.lastOffset + 1) rows.push({ ...row });
    else {
      last.lastOffset = row.lastOffset;
      last.count = (last.count ?? 0) + (row.count ?? 0);
      last.text = row.text.replace(/^\d+ acknowledged records? (was|were)/, `${last.count} acknowledged records were`);
    }
  }
  return rows;
}

function isSameEvent(left: Evidence, right: Evidence): boolean {
  return left.atUs === right.atUs && left.partition === right.partition && left.topic === right.topic;
}

function byPlace(left: Evidence, right: Evidence): number {
  if (left.topic !== right.topic) return (left.topic ?? '') < (right.topic ?? '') ? -1 : 1;
  return (left.partition ?? 0) - (right.partition ?? 0) || (left.firstOffset ?? -1) - (right.firstOffset ?? -1);
}

function interval(from: number, to: number): IntervalSet {
  const set = new IntervalSet();
  set.add(from, to - from);
  return set;
}
