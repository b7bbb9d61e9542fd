import type { TraceEvent } from '../model/trace.ts';
import type { Series } from '../result/runResult.ts';
import type { Collector } from './collector.ts';
import type { GaugeSubject } from './kafka/define.ts';
import { KAFKA_GAUGES } from './kafka/names.ts';
import { Scope } from './scope.ts';
import { TimeSeries } from './timeSeries.ts';

/** Levels that an operator watches, under Kafka's names; what they say is read whenever a fact changed. */
const WATCHED = [
  'UnderReplicatedPartitions',
  'UnderMinIsrPartitionCount',
  'OfflinePartitionsCount',
  'ActiveControllerCount',
  'FencedBrokerCount',
] as const;

/** One cluster over time: traffic, and what its monitoring would draw. */
export class ClusterCharts {
  readonly in = new TimeSeries();
  readonly out = new TimeSeries();
  readonly replication = new TimeSeries();
  readonly #collector: Collector;
  readonly #subject: GaugeSubject;
  readonly #name: string;
  readonly #levels = WATCHED.map((name) => ({
    name,
    gauge: KAFKA_GAUGES.find((gauge) => gauge.name === name)!,
    series: new TimeSeries(),
  }));
  readonly #shrinks = new TimeSeries(1_000_000);
  readonly #expands = new TimeSeries(1_000_000);
  readonly #idle = new TimeSeries(1_000_000);
  readonly #fewestLeaders = new TimeSeries();
  readonly #mostLeaders = new TimeSeries();

  constructor(collector: Collector, name: string) {
    this.#collector = collector;
    this.#name = name;
    this.#subject = { collector, scope: new Scope(collector.cast, name) };
  }

  factsChanged(atUs: number): void {
    for (const { gauge, series } of this.#levels) {
      const level = gauge.read(this.#subject);
      if (level === null) series.stop(atUs);
      else series.step(atUs, level);
    }
    this.#stepLeaders(atUs);
  }

  isrChanged(event: Extract<TraceEvent, { type: 'partition.changed' }>, membersBefore: number): void {
    if (event.reason === 'isrShrink' && event.isr.length < membersBefore) this.#shrinks.amount(event.atUs, 1);
    if (event.reason === 'isrExpand' && event.isr.length > membersBefore) this.#expands.amount(event.atUs, 1);
  }

  sampled(idleShare: number, atUs: number): void {
    this.#idle.sample(atUs, idleShare, 1);
  }

  series(endUs: number): Series[] {
    const name = this.#name;
    return [
      this.in.asRate('throughput.in', name, 'bytes/s', endUs),
      this.out.asRate('throughput.out', name, 'bytes/s', endUs),
      this.replication.asRate('throughput.replication', name, 'bytes/s', endUs),
      ...this.#levels.map((level) => level.series.asLevels(level.name, name, 'count', endUs)),
      ...(this.#shrinks.isEmpty && this.#expands.isEmpty
        ? []
        : [
            this.#shrinks.asRate('IsrShrinksPerSec', name, 'count', endUs),
            this.#expands.asRate('IsrExpandsPerSec', name, 'count', endUs),
          ]),
      this.#idle.asLevels('RequestHandlerAvgIdlePercent', name, 'share', endUs),
      this.#leaders(endUs),
    ];
  }

  /** From the broker that leads least to the one that leads most, of those that run and answer. */
  #stepLeaders(atUs: number): void {
    const { cast, facts } = this.#collector;
    let fewest = Infinity;
    let most = -1;
    for (let broker = 0; broker < cast.brokers.length; broker++) {
      if (!this.#subject.scope.broker(broker) || !facts.isReporting(broker)) continue;
      const leaders = facts.counts.ofBroker('leaders', broker);
      fewest = Math.min(fewest, leaders);
      most = Math.max(most, leaders);
    }
    if (most < 0) {
      this.#fewestLeaders.stop(atUs);
      this.#mostLeaders.stop(atUs);
      return;
    }
    this.#fewestLeaders.step(atUs, fewest);
    this.#mostLeaders.step(atUs, most);
  }

  #leaders(endUs: number): Series {
    const fewest = this.#fewestLeaders.asLevels('LeaderCount', this.#name, 'count', endUs);
    const most = this.#mostLeaders.asLevels('LeaderCount', this.#name, 'count', endUs);
    const mean = fewest.mean.map((low, index) => {
      const high = most.mean[index] ?? null;
      return low === null || high === null ? null : (low + high) / 2;
    });
    return { ...fewest, max: most.max, mean };
  }
}
