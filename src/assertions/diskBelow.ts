import { brokerName } from '../metrics/names.ts';
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
import { likelyCause } from './likelyCause.ts';
import { leaf, object } from './schemaParts.ts';
import { show } from './units.ts';
import { windowText } from './windowText.ts';

export const diskBelow: ClaimDefinition = {
  name: 'diskBelow',
  description:
    "No disk of a broker is filled to a share of its size, and its logs together (Kafka's metric `Size`) fill less than that share of all its disks. A disk tells what is in use of it, deleted files that are still there included, at each 5 %; logs are summed up when brokers are sampled: once a second, less often in long runs or where there are very many logs. Default: 85%. Inconclusive when no broker was sampled in the window.",
  examples: [{ diskBelow: { share: '80%' } }, { diskBelow: { broker: 1, share: '80%' }, during: 'steady' }],
  schema: object(
    {
      broker: leaf('broker', 'This broker only. Default: every broker.', 1),
      cluster: leaf('cluster', 'The cluster, when there are several.', 'eu'),
      share: leaf('percent', 'The share that is not reached. Default: 85%.', '80%'),
    },
    'Disks stay below a fill level.',
    { broker: 1, share: '80%' },
  ),
  beside: {},
  takesWindow: true,
  create: (context) => new DiskBelow(context),
};

interface Fill {
  readonly broker: number;
  readonly bytes: number;
  readonly share: number;
  readonly atUs: number;
  /** Number of the one disk that tells it; null: all of the broker's logs and disks. */
  readonly disk: number | null;
}

class DiskBelow implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #share: number;
  /** The fullest that each broker was. */
  readonly #fullest = new Map<number, Fill>();
  /** The first that was too full. */
  #first: Fill | null = null;

  constructor(context: ClaimContext) {
    const { collector, expectation, window } = context;
    const { params } = expectation;
    const id = numberOf(params, 'broker');
    const cluster = textOf(params, 'cluster');
    this.#context = context;
    this.#share = numberOf(params, 'share') ?? 0.85;
    this.expected = `${id === null ? 'each broker' : `broker ${id}`} fills less than ${show(this.#share, 'share')} of its disks${windowText(expectation.window)}`;
    const sizes = diskSizes(collector.cast);
    const isAsked = (broker: number) => {
      const place = collector.cast.brokers[broker]!;
      return (id ?? place.id) === place.id && (cluster ?? place.cluster) === place.cluster;
    };
    collector.listen({
      brokerSampled: (broker, _idle, _queued, _produces, _fetches, _maxLag, logBytes, atUs) => {
        if (logBytes < 0 || !isAsked(broker) || !window.isOpen || sizes[broker]! <= 0) return;
        this.#take({ broker, bytes: logBytes, share: logBytes / sizes[broker]!, atUs, disk: null });
      },
      event: (event) => {
        if (event.type !== 'disk.usage' || !isAsked(event.broker) || !window.isOpen) return;
        const { broker, disk, usedBytes, sizeBytes, atUs } = event;
        this.#take({ broker, bytes: usedBytes, share: usedBytes / sizeBytes, atUs, disk });
      },
    });
  }

  statusSoFar(): 'failed' | null {
    return this.#first === null ? null : 'failed';
  }

  judge(): Finding {
    const { window, collector } = this.#context;
    if (window.whyNever() !== null) return inconclusive(window.whyNever()!);
    const fills = [...this.#fullest.values()].sort((a, b) => b.share - a.share || a.broker - b.broker);
    const worst = fills[0];
    if (worst === undefined) return inconclusive('no broker was sampled in that time');
    const say = ({ broker, bytes, share, disk }: Fill) => {
      const what =
        disk === null ? `has logs of ${show(bytes, 'bytes')}` : `uses ${show(bytes, 'bytes')} of disk ${disk}`;
      return `${brokerName(collector.cast, broker)} ${what}, ${show(share, 'share')} of ${disk === null ? 'its disks' : 'it'}`;
    };
    if (this.#first === null) return { status: 'passed', observed: say(worst), atUs: null, evidence: [], cause: -1 };
    const { atUs } = this.#first;
    return {
      status: 'failed',
      observed: say(worst),
      atUs,
      evidence: fills
        .filter(({ share }) => share >= this.#share)
        .slice(0, 20)
        .map((fill) => evidence(say(fill), { atUs: fill.atUs })),
      cause: likelyCause(collector.events, atUs, atUs),
    };
  }

  #take(fill: Fill): void {
    if (fill.share > (this.#fullest.get(fill.broker)?.share ?? -1)) this.#fullest.set(fill.broker, fill);
    if (fill.share >= this.#share) this.#first ??= fill;
  }
}

/** Bytes of all disks, by broker. */
function diskSizes({ scenario, brokers }: Cast): number[] {
  return brokers.map(({ cluster, id }) => {
    const node = scenario.clusters
      .find(({ name }) => name === cluster)
      ?.brokers.find((candidate) => candidate.id === id);
    return (node?.hardware.disks ?? []).reduce((sum, disk) => sum + disk.sizeBytes, 0);
  });
}
