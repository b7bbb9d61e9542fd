import { partitionName } from '../metrics/names.ts';
import { ReferenceInstants } from '../metrics/referenceInstants.ts';
import { Scope } from '../metrics/scope.ts';
import type { TraceListener } from '../metrics/traceListener.ts';
import { type EventId, NO_CAUSE } from '../model/trace.ts';
import { momentOf, numberOf, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
  passed,
} from './checker.ts';
import { leaf, object } from './schemaParts.ts';
import { showDuration } from './units.ts';
import { momentText } from './windowText.ts';

const SILENCE_US = 1_000_000;

export const recoveryTime: ClaimDefinition = {
  name: 'recoveryTime',
  description:
    "Time from a failure's start until acknowledgements flow again on every partition (RTO). A partition is interrupted when records wait and none is acknowledged for longer than `silence` (default 1s); it recovers with the acknowledgement that ends the last such silence that began before the failure ended. Without any interruption the time is 0. Each time the failure strikes is judged. An interruption that the run's end cuts off fails when it already lasted too long, and is inconclusive otherwise; so is a failure that touched nothing, or partitions to which nothing was sent after it.",
  examples: [{ recoveryTime: { topic: 'orders', after: 'broker-1-down', atMost: '12s' } }],
  schema: {
    ...object(
      {
        topic: leaf('topicOrPartition', 'Partitions of this topic, or one partition. Default: all.', 'orders'),
        after: leaf('moment', 'The failure (or operation).', 'broker-1-down'),
        atMost: leaf('duration', 'Longest time.', '12s'),
        silence: leaf(
          'duration',
          'How long nothing may be acknowledged before it counts as an interruption. Default 1s.',
          '1s',
        ),
      },
      'How soon writes work again after a failure.',
      { topic: 'orders', after: 'broker-1-down', atMost: '12s' },
    ),
    required: ['after', 'atMost'],
  },
  beside: {},
  takesWindow: false,
  create: (context) => new RecoveryTime(context),
};

/** One time that the failure struck. */
interface Strike {
  readonly fromUs: number;
  readonly event: EventId;
  toUs: number;
  recoveredUs: number;
  partition: number;
  acknowledged: number;
}

class RecoveryTime implements Checker, TraceListener {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #scope: Scope;
  readonly #reference: ReferenceInstants;
  readonly #atMostUs: number;
  readonly #silenceUs: number;
  readonly #strikes: Strike[] = [];
  /** By partition: since when records wait without an acknowledgement; -1: none waits. */
  readonly #waitingSinceUs: number[] = [];
  /** By lane: records offered and not decided yet. */
  readonly #waiting: number[] = [];

  constructor(context: ClaimContext) {
    const { collector, expectation } = context;
    const { params } = expectation;
    this.#context = context;
    this.#scope = new Scope(collector.cast, textOf(params, 'topic'));
    this.#atMostUs = numberOf(params, 'atMost') ?? 0;
    this.#silenceUs = numberOf(params, 'silence') ?? SILENCE_US;
    const after = momentOf(params, 'after');
    this.expected = `acknowledgements flow again on every partition of ${this.#scope.text} within ${showDuration(this.#atMostUs)}${momentText(after)}`;
    this.#reference = new ReferenceInstants(after, collector, (atUs, event) => this.#strike(atUs, event));
    const name = typeof after === 'string' ? after.replace(/\.(start|end)$/, '') : null;
    collector.listen(this);
    collector.listen({
      event: (event) => {
        const isEnd = event.type === 'failure.ended' || event.type === 'operation.ended';
        const last = this.#strikes.at(-1);
        if (isEnd && event.name === name && last !== undefined && event.atUs > last.fromUs) last.toUs = event.atUs;
      },
    });
  }

  offered(lane: number, _first: number, count: number, _bytes: number, fromUs: number): void {
    if (!this.#scope.lane(lane)) return;
    const { partition } = this.#context.collector.cast.lanes[lane]!;
    this.#waiting[partition] = (this.#waiting[partition] ?? 0) + count;
    if ((this.#waitingSinceUs[partition] ?? -1) < 0) this.#waitingSinceUs[partition] = fromUs;
  }

  acknowledged(
    lane: number,
    _first: number,
    count: number,
    _base: number,
    _from: number,
    _to: number,
    atUs: number,
  ): void {
    if (!this.#scope.lane(lane)) return;
    const { partition } = this.#context.collector.cast.lanes[lane]!;
    const sinceUs = this.#waitingSinceUs[partition] ?? -1;
    if (sinceUs >= 0) this.#flow(partition, sinceUs, atUs);
    this.#decided(partition, count);
    this.#waitingSinceUs[partition] = this.#waiting[partition]! > 0 ? atUs : -1;
  }

  failed(lane: number, _first: number, count: number): void {
    this.#drop(lane, count);
  }

  neverSent(lane: number, _first: number, count: number): void {
    this.#drop(lane, count);
  }

  judge(endUs: number): Finding {
    const why = this.#reference.whyNever();
    if (why !== null) return inconclusive(why);
    const cutOff = this.#cutOff(endUs);
    const known = this.#strikes.filter((strike) => strike.acknowledged > 0);
    const slowest = known.reduce<Strike | null>((a, b) => (a !== null && timeOf(a) >= timeOf(b) ? a : b), null);
    if (slowest !== null && timeOf(slowest) > this.#atMostUs) return this.#finding(slowest, 'failed');
    if (cutOff !== null) return cutOff;
    if (slowest === null) return inconclusive('nothing was acknowledged after it');
    if (timeOf(slowest) === 0) return passed('acknowledgements were never interrupted');
    return this.#finding(slowest, 'passed');
  }

  #strike(atUs: number, event: EventId): void {
    this.#strikes.push({ fromUs: atUs, event, toUs: Infinity, recoveredUs: atUs, partition: -1, acknowledged: 0 });
  }

  #flow(partition: number, sinceUs: number, atUs: number): void {
    for (const strike of this.#strikes) {
      if (atUs < strike.fromUs) continue;
      strike.acknowledged++;
      const isInterruption = atUs - sinceUs > this.#silenceUs && sinceUs <= strike.toUs;
      if (!isInterruption || atUs <= strike.recoveredUs) continue;
      strike.recoveredUs = atUs;
      strike.partition = partition;
    }
  }

  /** Failed records no longer wait, yet the partition is as silent as before: the silence goes on. */
  #drop(lane: number, count: number): void {
    if (this.#scope.lane(lane)) this.#decided(this.#context.collector.cast.lanes[lane]!.partition, count);
  }

  #decided(partition: number, count: number): void {
    this.#waiting[partition] = (this.#waiting[partition] ?? 0) - count;
  }

  #cutOff(endUs: number): Finding | null {
    const last = this.#strikes.at(-1)!;
    for (const [partition, sinceUs] of this.#waitingSinceUs.entries()) {
      if (sinceUs === undefined || sinceUs < 0 || endUs - sinceUs <= this.#silenceUs || sinceUs > last.toUs) continue;
      const { cast } = this.#context.collector;
      const forUs = endUs - last.fromUs;
      return {
        status: forUs > this.#atMostUs ? 'failed' : 'inconclusive',
        observed: `${partitionName(cast, partition)} had not recovered ${showDuration(forUs)} after, when the run ended`,
        atUs: endUs,
        evidence: [
          evidence(`nothing acknowledged on ${partitionName(cast, partition)} from here on`, { atUs: sinceUs }),
        ],
        cause: last.event,
      };
    }
    return null;
  }

  #finding(strike: Strike, status: 'passed' | 'failed'): Finding {
    const name = partitionName(this.#context.collector.cast, strike.partition);
    return {
      status,
      observed: `${showDuration(timeOf(strike))}, ${name} was the last`,
      atUs: strike.recoveredUs,
      evidence: [evidence(`the first acknowledgement on ${name} after the interruption`, { atUs: strike.recoveredUs })],
      cause: strike.event < 0 ? NO_CAUSE : strike.event,
    };
  }
}

function timeOf(strike: Strike): number {
  return strike.recoveredUs - strike.fromUs;
}
