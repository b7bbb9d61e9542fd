import { IntervalSet } from '../metrics/intervalSet.ts';
import { Scope } from '../metrics/scope.ts';
import type { TraceListener } from '../metrics/traceListener.ts';
import { NO_CAUSE } from '../model/trace.ts';
import { numberOf, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { likelyCause } from './likelyCause.ts';
import { leaf, object, oneOf } from './schemaParts.ts';
import { show, showDuration } from './units.ts';
import { windowText } from './windowText.ts';

const CONSUME_WITHIN_US = 60_000_000;

export const availability: ClaimDefinition = {
  name: 'availability',
  description:
    "Share of records that were served in time, as a request-based service level. `of: produce`: of the records that the application sent in the window, those acknowledged within `within` (default: the largest `delivery.timeout.ms` of the producers) of being sent; refused, timed-out and never-sent records are misses. `of: consume`: of the records sent in the window and acknowledged, those that went through the group's application (every group's, without `group`) within `within` (default 1m) of being sent. Produced records that nothing had decided and whose time was not over when the run ended do not count; consumed ones count when they were sent at least `within` before the scenario's end. Inconclusive when no record counts.",
  examples: [
    { availability: { topic: 'orders', of: 'produce', atLeast: '99.9%' } },
    {
      availability: { topic: 'orders', of: 'consume', group: 'billing', within: '5s', atLeast: '99%' },
      during: 'zone-a-down',
    },
  ],
  schema: object(
    {
      topic: leaf('topicOrPartition', 'Records of this topic or partition. Default: all.', 'orders'),
      of: oneOf(['produce', 'consume'], 'Which service. Default: produce.', 'produce'),
      group: leaf('group', 'For consume: the group. Default: every group that reads the topic.', 'billing'),
      within: leaf('duration', 'How soon a record must be served.', '1s'),
      atLeast: leaf('percent', 'Smallest share.', '99.9%'),
    },
    'How many records were served in time.',
    { topic: 'orders', of: 'produce', atLeast: '99.9%' },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new Availability(context),
};

/** Records that are sent and not decided yet: [first, first+count) of a lane, sent evenly from `fromUs` to `toUs`. */
interface Sent {
  first: number;
  readonly end: number;
  readonly fromUs: number;
  readonly stepUs: number;
}

class Availability implements Checker, TraceListener {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #scope: Scope;
  readonly #isProduce: boolean;
  readonly #group: string | null;
  readonly #withinUs: number;
  readonly #atLeast: number;
  readonly #sent: Sent[][] = [];
  readonly #served = new Map<string, IntervalSet>();
  /** Records to be consumed count up to here. */
  readonly #horizonUs: number;
  #pruneAt = 256;
  #judged = 0;
  #good = 0;
  #undecided = 0;
  #firstMissUs: number | null = null;

  constructor(context: ClaimContext) {
    const { collector, expectation } = context;
    const { params } = expectation;
    this.#context = context;
    this.#scope = new Scope(collector.cast, textOf(params, 'topic'));
    this.#isProduce = textOf(params, 'of') !== 'consume';
    this.#group = textOf(params, 'group');
    this.#withinUs = numberOf(params, 'within') ?? (this.#isProduce ? deliveryTimeoutUs(context) : CONSUME_WITHIN_US);
    this.#horizonUs = collector.cast.scenario.durationUs - this.#withinUs;
    this.#atLeast = numberOf(params, 'atLeast') ?? 1;
    const verb = this.#isProduce ? 'acknowledged' : 'processed';
    this.expected = `at least ${show(this.#atLeast, 'share')} of records of ${this.#scope.text} are ${verb} within ${showDuration(this.#withinUs)}${windowText(expectation.window)}`;
    collector.listen(this);
  }

  offered(lane: number, first: number, count: number, _bytes: number, fromUs: number, toUs: number): void {
    if (!this.#isProduce || !this.#scope.lane(lane)) return;
    let sent = this.#sent[lane];
    if (sent === undefined) {
      sent = [];
      this.#sent[lane] = sent;
    }
    if (sent.length >= this.#pruneAt) this.#prune(lane, sent);
    sent.push({ first, end: first + count, fromUs, stepUs: count > 1 ? (toUs - fromUs) / (count - 1) : 0 });
  }

  acknowledged(
    lane: number,
    _first: number,
    count: number,
    _baseOffset: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    if (!this.#scope.lane(lane)) return;
    if (this.#isProduce) this.#decide(createdFromUs, createdToUs, count, atUs, true);
    else this.#judged += this.#ofAge(createdFromUs, createdToUs, count) * this.#readers(lane);
  }

  failed(
    lane: number,
    _first: number,
    count: number,
    _error: string,
    _unknown: boolean,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    if (this.#isProduce && this.#scope.lane(lane)) this.#decide(createdFromUs, createdToUs, count, atUs, false);
  }

  neverSent(lane: number, first: number, count: number, atUs: number): void {
    if (this.#isProduce && this.#scope.lane(lane))
      this.#eachSent(lane, first, count, (sentUs) => this.#decide(sentUs, sentUs, 1, atUs, false));
  }

  delivered(
    group: number,
    _client: number,
    _partition: number,
    _offset: number,
    count: number,
    lane: number,
    first: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    if (this.#isProduce || !this.#scope.lane(lane) || !this.#isWanted(group)) return;
    const key = `${group}/${lane}`;
    let served = this.#served.get(key);
    if (served === undefined) {
      served = new IntervalSet();
      this.#served.set(key, served);
    }
    const stepUs = count > 1 ? (createdToUs - createdFromUs) / (count - 1) : 0;
    const sentUs = (record: number) => createdFromUs + (record - first) * stepUs;
    const isNew = first >= served.end;
    if (isNew) this.#serve(createdFromUs, createdToUs, count, atUs);
    else served.forEachMissing(first, count, (from, to) => this.#serve(sentUs(from), sentUs(to - 1), to - from, atUs));
    served.add(first, count);
  }

  unresolved(lane: number, first: number, count: number): void {
    if (!this.#isProduce || !this.#scope.lane(lane)) return;
    const { collector, window } = this.#context;
    this.#eachSent(lane, first, count, (sentUs) => {
      if (!window.contains(sentUs)) return;
      if (collector.nowUs - sentUs > this.#withinUs) this.#miss(1, sentUs);
      else this.#undecided++;
    });
  }

  judge(endUs: number): Finding {
    const { window, collector } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    const endedEarly = endUs < collector.cast.scenario.durationUs;
    if (!this.#isProduce && endedEarly)
      return inconclusive('the run ended early, when records were still on their way');
    if (this.#judged === 0) return inconclusive('no record was sent in that time');
    const share = this.#good / this.#judged;
    const later = this.#undecided > 0 ? `; ${this.#undecided} were undecided when the run ended` : '';
    const observed = `${show(share, 'share')}: ${this.#good} of ${this.#judged} records${later}`;
    if (share >= this.#atLeast) return { status: 'passed', observed, atUs: null, evidence: [], cause: -1 };
    const atUs = this.#firstMissUs;
    const pieces = atUs === null ? [] : [evidence('sent here, the first record that was not served in time', { atUs })];
    return {
      status: 'failed',
      observed,
      atUs,
      evidence: pieces,
      cause: atUs === null ? NO_CAUSE : likelyCause(collector.events, atUs, atUs),
    };
  }

  #decide(fromUs: number, toUs: number, count: number, atUs: number, isGood: boolean): void {
    const judged = this.#context.window.countWithin(fromUs, toUs, count);
    const good = isGood ? this.#inTime(fromUs, toUs, count, atUs) : 0;
    this.#judged += good;
    this.#good += good;
    this.#miss(judged - good, fromUs);
  }

  #miss(count: number, sentUs: number): void {
    this.#judged += count;
    if (count > 0 && (this.#firstMissUs === null || sentUs < this.#firstMissUs)) this.#firstMissUs = sentUs;
  }

  /** Records sent in the window and not more than `within` before `atUs`. */
  #inTime(fromUs: number, toUs: number, count: number, atUs: number): number {
    const late = countBefore(atUs - this.#withinUs, fromUs, toUs, count);
    const stepUs = count > 1 ? (toUs - fromUs) / (count - 1) : 0;
    return late === count ? 0 : this.#context.window.countWithin(fromUs + late * stepUs, toUs, count - late);
  }

  /** Forgets batches whose records are all decided. */
  #prune(lane: number, sent: Sent[]): void {
    const { acknowledged, refused, unknown, neverSent } = this.#context.collector.ledger.lanes[lane]!;
    const decided = [acknowledged, refused, unknown, neverSent];
    const isOpen = ({ first, end }: Sent) =>
      decided.reduce((sum, set) => sum + set.countWithin(first, end - first), 0) < end - first;
    this.#sent[lane] = sent.filter(isOpen);
    this.#pruneAt = Math.max(256, this.#sent[lane].length * 2);
  }

  #serve(fromUs: number, toUs: number, count: number, atUs: number): void {
    const oldestUs = atUs - this.#withinUs;
    const late = countBefore(oldestUs, fromUs, toUs, count);
    const stepUs = count > 1 ? (toUs - fromUs) / (count - 1) : 0;
    if (late < count) this.#good += this.#ofAge(fromUs + late * stepUs, toUs, count - late);
  }

  /** Records sent in the window and before the horizon. */
  #ofAge(fromUs: number, toUs: number, count: number): number {
    const before = countBefore(this.#horizonUs + 1, fromUs, toUs, count);
    const stepUs = count > 1 ? (toUs - fromUs) / (count - 1) : 0;
    return before === 0 ? 0 : this.#context.window.countWithin(fromUs, fromUs + (before - 1) * stepUs, before);
  }

  #isWanted(group: number): boolean {
    return this.#group === null || this.#context.collector.cast.groups[group]?.name === this.#group;
  }

  #readers(lane: number): number {
    const { cast, facts } = this.#context.collector;
    return facts.lags.groupsReading(cast.lanes[lane]!.partition).filter((group) => this.#isWanted(group)).length;
  }

  /** When single records were sent. */
  #eachSent(lane: number, first: number, count: number, visit: (sentUs: number) => void): void {
    for (const sent of this.#sent[lane] ?? []) {
      const from = Math.max(first, sent.first);
      const to = Math.min(first + count, sent.end);
      for (let record = from; record < to; record++) visit(sent.fromUs + (record - sent.first) * sent.stepUs);
    }
  }
}

/** How many of `count` instants, evenly from `fromUs` to `toUs`, lie before `limitUs`. */
function countBefore(limitUs: number, fromUs: number, toUs: number, count: number): number {
  if (fromUs >= limitUs) return 0;
  if (toUs < limitUs) return count;
  return Math.min(count, Math.ceil((limitUs - fromUs) / ((toUs - fromUs) / (count - 1))));
}

function deliveryTimeoutUs({ collector }: ClaimContext): number {
  const timeouts = collector.cast.scenario.producers.map(
    (producer) => producer.configs.get('delivery.timeout.ms')?.value,
  );
  const ms = Math.max(0, ...timeouts.filter((value) => typeof value === 'number'));
  return ms === 0 ? 120_000_000 : ms * 1000;
}
