import type { HistogramSummary, LedgerEntry, RunResult } from '../result/runResult.ts';
import type { Collector } from './collector.ts';
import { Counters } from './counters.ts';
import type { Meter } from './meters/meter.ts';
import { metricNamed } from './metricNames.ts';
import { ObservationWindow } from './observationWindow.ts';
import { Scope } from './scope.ts';

const COUNTED = [
  'retries',
  'duplicatesRefused',
  'elections.clean',
  'elections.unclean',
  'isr.shrinks',
  'isr.expands',
  'partition.changes',
  'rebalance.count',
  'assignment.changes',
  // Of Kafka's own, those that follow from events and cost nothing per batch.
  'IsrShrinksPerSec',
  'IsrExpandsPerSec',
  'FailedIsrUpdatesPerSec',
  'UncleanLeaderElectionsPerSec',
  'ElectionFromEligibleLeaderReplicasPerSec',
  'NewActiveControllersCount',
] as const;

/** Distributions that come with few samples; the latencies of records are in `charts.ts`. */
const MEASURED = [
  'produce.gap',
  'consume.gap',
  'rebalance.duration',
  'rebalance.stoppedTime',
  'fetch.latency',
] as const;

const LEDGER_FIELDS: readonly Exclude<keyof LedgerEntry, 'of'>[] = [
  'offered',
  'acknowledged',
  'refused',
  'unknown',
  'neverSent',
  'unresolved',
  'stored',
  'expired',
  'lost',
  'duplicated',
  'reordered',
  'storedThoughFailed',
  'delivered',
  'redelivered',
  'notDelivered',
];

/** Sums over the whole run (warm-up included), the ledger by topic and group, and distributions without warm-up. */
export class Totals {
  readonly #collector: Collector;
  readonly #counts: { readonly name: string; readonly meter: Meter }[] = [];
  readonly #measures: { readonly name: string; readonly meter: Meter }[] = [];
  readonly #errors = new Counters();

  constructor(collector: Collector) {
    this.#collector = collector;
    const all = new ObservationWindow({ kind: 'whole' }, collector, true);
    const judged = new ObservationWindow({ kind: 'whole' }, collector);
    for (const name of COUNTED) this.#counts.push({ name, meter: this.#meter(name, all) });
    for (const name of MEASURED) this.#measures.push({ name, meter: this.#meter(name, judged) });
    collector.listen({ errorSeen: (_client, _partition, error) => this.#errors.add(`errors.${error}`, 1) });
  }

  histograms(): HistogramSummary[] {
    return this.#measures
      .filter(({ meter }) => meter.sampleCount() > 0)
      .map(({ name, meter }) => meter.histogram!.summary(name, 'everything', 'us'));
  }

  totals(endUs: number): Record<string, number> {
    const { total } = this.ledger();
    const rows: [string, number][] = [
      ...LEDGER_FIELDS.map((field): [string, number] => [`records.${field}`, total[field]]),
      ['records.unaccounted', this.#collector.ledger.unaccounted()],
      ...this.#counts.map(({ name, meter }): [string, number] => [name, meter.value('total', endUs) ?? 0]),
      ...this.#errors.entries(),
    ];
    return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  ledger(): RunResult['ledger'] {
    const { cast, facts, ledger } = this.#collector;
    const lanes = [...cast.lanes.keys()];
    const isRead = (lane: number) => facts.lags.groupsReading(cast.lanes[lane]!.partition).length > 0;
    const byTopic = lanesBy(lanes, (lane) => [facts.topics.topicOf[cast.lanes[lane]!.partition]!]);
    const byGroup = lanesBy(lanes, (lane) => facts.lags.groupsReading(cast.lanes[lane]!.partition));
    return {
      total: ledger.entry('total', lanes, null, isRead),
      topics: facts.topics.topics.flatMap(({ name, internal }, topic) =>
        internal ? [] : [ledger.entry(name, byTopic.get(topic) ?? [], null, isRead)],
      ),
      groups: cast.groups.map(({ name }, group) => ledger.entry(name, byGroup.get(group) ?? [], group, () => true)),
    };
  }

  #meter(name: string, window: ObservationWindow): Meter {
    const scope = new Scope(this.#collector.cast, null);
    return metricNamed(name)!.create({ collector: this.#collector, scope, window, after: null });
  }
}

function lanesBy(lanes: readonly number[], keysOf: (lane: number) => readonly number[]): Map<number, number[]> {
  const byKey = new Map<number, number[]>();
  for (const lane of lanes) {
    for (const key of keysOf(lane)) {
      const own = byKey.get(key);
      if (own === undefined) byKey.set(key, [lane]);
      else own.push(lane);
    }
  }
  return byKey;
}
