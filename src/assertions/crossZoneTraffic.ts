import { Scope } from '../metrics/scope.ts';
import type { Cast } from '../model/trace.ts';
import { numberOf, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { leaf, object, oneOf } from './schemaParts.ts';
import { show } from './units.ts';
import { windowText } from './windowText.ts';

const CAUSES = ['produce', 'replication', 'consume'] as const;

type Cause = (typeof CAUSES)[number];

export const crossZoneTraffic: ClaimDefinition = {
  name: 'crossZoneTraffic',
  description:
    'Record bytes that went from one zone to another (or, with `between: regions`, from one region to another): `produce` from producers to leaders (what was appended; retries that the leader recognised are not counted), `replication` from leaders to followers, `consume` from brokers to consumers. `atMost` is a mean over the window, `total` a sum. Requests, headers and metadata are not counted. Inconclusive when nothing was sent at all.',
  examples: [
    { crossZoneTraffic: { of: 'consume', total: '0B' } },
    { crossZoneTraffic: { between: 'zones', atMost: '10MB/s' }, during: 'steady' },
  ],
  schema: object(
    {
      between: oneOf(['zones', 'regions'], 'What it crosses. Default: zones.', 'regions'),
      of: oneOf([...CAUSES, 'all'], 'Which traffic. Default: all.', 'consume'),
      topic: leaf('topicOrPartition', 'Of this topic or partition. Default: all.', 'orders'),
      cluster: leaf('cluster', 'The cluster, when there are several.', 'eu'),
      atMost: leaf('throughput', 'Largest mean over the window.', '10MB/s'),
      total: leaf('size', 'Largest sum over the window.', '1GB'),
    },
    'Traffic between zones or regions stays below a limit.',
    { atMost: '10MB/s' },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new CrossZoneTraffic(context),
};

interface Place {
  readonly zone: string;
  readonly region: string;
}

class CrossZoneTraffic implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #acrossRegions: boolean;
  readonly #crossed: Record<Cause, number> = { produce: 0, replication: 0, consume: 0 };
  readonly #wanted: readonly Cause[];
  readonly #atMost: number | null;
  readonly #total: number | null;
  #sent = 0;

  constructor(context: ClaimContext) {
    const { collector, expectation, window } = context;
    const { params } = expectation;
    const { cast } = collector;
    const of = textOf(params, 'of') ?? 'all';
    this.#context = context;
    this.#acrossRegions = textOf(params, 'between') === 'regions';
    this.#wanted = CAUSES.filter((cause) => of === 'all' || of === cause);
    this.#atMost = numberOf(params, 'atMost');
    this.#total = numberOf(params, 'total') ?? (this.#atMost === null ? 0 : null);
    const limits = [
      this.#atMost === null ? '' : `at most ${show(this.#atMost, 'bytes/s')}`,
      this.#total === null ? '' : `at most ${show(this.#total, 'bytes')} in all`,
    ].filter((text) => text !== '');
    this.expected = `traffic between ${this.#acrossRegions ? 'regions' : 'zones'}${of === 'all' ? '' : ` to ${of === 'replication' ? 'replicate' : of}`}${windowText(expectation.window)} is ${limits.join(' and ')}`;
    const topic = new Scope(cast, textOf(params, 'topic'));
    const cluster = textOf(params, 'cluster');
    const isAsked = (partition: number) =>
      window.isOpen &&
      topic.partition(partition) &&
      (cluster ?? cast.partitions[partition]!.cluster) === cast.partitions[partition]!.cluster;
    collector.listen({
      appended: (partition, broker, _epoch, _offset, _count, bytes, lane) => {
        if (lane >= 0 && isAsked(partition)) this.#take('produce', clientOf(cast, lane), cast.brokers[broker]!, bytes);
      },
      fetched: (kind, partition, from, _crosses, bytes, _latencyUs, _atUs, to) => {
        if (!isAsked(partition)) return;
        const [cause, reader] =
          kind === 'follower'
            ? (['replication', cast.brokers[to]!] as const)
            : (['consume', cast.clients[to]!] as const);
        this.#take(cause, cast.brokers[from]!, reader, bytes);
      },
    });
  }

  judge(endUs: number): Finding {
    const { window } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    if (this.#sent === 0) return inconclusive('nothing was sent in that time');
    const seconds = window.openUs(endUs) / 1_000_000;
    const total = this.#wanted.reduce((sum, cause) => sum + this.#crossed[cause], 0);
    const parts = this.#wanted.map((cause) => `${cause} ${show(this.#crossed[cause], 'bytes')}`).join(', ');
    const rate = seconds > 0 ? total / seconds : 0;
    const isTooMuch = (this.#atMost !== null && rate > this.#atMost) || (this.#total !== null && total > this.#total);
    const observed = `${show(rate, 'bytes/s')}, ${show(total, 'bytes')} in all (${parts}) of ${show(this.#sent, 'bytes')} sent`;
    return {
      status: isTooMuch ? 'failed' : 'passed',
      observed,
      atUs: null,
      evidence: isTooMuch
        ? this.#wanted
            .filter((cause) => this.#crossed[cause] > 0)
            .map((cause) =>
              evidence(
                `${cause}: ${show(this.#crossed[cause], 'bytes')} between ${this.#acrossRegions ? 'regions' : 'zones'}`,
              ),
            )
        : [],
      cause: -1,
    };
  }

  #take(cause: Cause, from: Place, to: Place, bytes: number): void {
    if (!this.#wanted.includes(cause)) return;
    this.#sent += bytes;
    const isSame = from.region === to.region && (this.#acrossRegions || from.zone === to.zone);
    if (!isSame) this.#crossed[cause] += bytes;
  }
}

function clientOf(cast: Cast, lane: number): Place {
  return cast.clients[cast.lanes[lane]!.client]!;
}
