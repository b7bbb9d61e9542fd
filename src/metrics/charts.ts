import type { TraceEvent } from '../model/trace.ts';
import type { HistogramSummary, Series } from '../result/runResult.ts';
import { ClusterCharts } from './clusterCharts.ts';
import type { Collector } from './collector.ts';
import { Histogram } from './histogram.ts';
import { TimeSeries } from './timeSeries.ts';
import type { TraceListener } from './traceListener.ts';

/** Topics with a chart of their own; more would make the result large and the report unreadable. */
const TOPICS_CHARTED = 12;

class ProducerCharts {
  readonly latency = new TimeSeries();
  readonly offered = new TimeSeries();
  readonly acknowledged = new TimeSeries();
  readonly failed = new TimeSeries();
  readonly histogram = new Histogram();
}

class GroupCharts {
  readonly latency = new TimeSeries();
  readonly lag = new TimeSeries();
  readonly delivered = new TimeSeries();
  readonly histogram = new Histogram();
}

/**
 * What every report shows, whatever was expected: series of the whole run, and latency histograms without the
 * warm-up. One listener for all, since it hears every batch.
 */
export class Charts implements TraceListener {
  readonly #collector: Collector;
  readonly #producers: ProducerCharts[];
  readonly #groups: GroupCharts[];
  readonly #clusters: ClusterCharts[];
  readonly #isrSize = new Map<number, TimeSeries>();
  readonly #producerOfClient: number[];
  readonly #clusterOfPartition: number[] = [];
  /** Size of each partition's ISR before the event at hand. */
  readonly #isrMembers: number[] = [];
  readonly #warmupUs: number;

  constructor(collector: Collector) {
    const { cast } = collector;
    const { scenario } = cast;
    this.#collector = collector;
    this.#producers = scenario.producers.map(() => new ProducerCharts());
    this.#groups = cast.groups.map(() => new GroupCharts());
    this.#clusters = scenario.clusters.map(({ name }) => new ClusterCharts(collector, name));
    this.#producerOfClient = cast.clients.map(({ name, kind }) =>
      kind === 'producer' ? scenario.producers.findIndex((producer) => producer.name === name) : -1,
    );
    this.#warmupUs = scenario.warmupUs;
    collector.listen(this);
  }

  offered(lane: number, _first: number, count: number, _bytes: number, fromUs: number, toUs: number): void {
    this.#producerOf(lane)?.offered.amount((fromUs + toUs) / 2, count);
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
    this.#learned(lane, 'acknowledged', count, createdFromUs, createdToUs, atUs);
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
    this.#learned(lane, 'failed', count, createdFromUs, createdToUs, atUs);
  }

  delivered(
    group: number,
    _client: number,
    _partition: number,
    _offset: number,
    count: number,
    _lane: number,
    _first: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    const charts = this.#groups[group]!;
    charts.delivered.amount(atUs, count);
    this.#took(charts, count, createdFromUs, createdToUs, atUs);
    this.#stepLag(group, atUs);
  }

  highWatermark(partition: number, _broker: number, _offset: number, atUs: number): void {
    const groups = this.#collector.facts.lags.groupsReading(partition);
    for (let i = 0; i < groups.length; i++) this.#stepLag(groups[i]!, atUs);
  }

  appended(
    partition: number,
    _broker: number,
    _leaderEpoch: number,
    _baseOffset: number,
    _count: number,
    bytes: number,
    _lane: number,
    _first: number,
    atUs: number,
  ): void {
    this.#clusterOf(partition).in.amount(atUs, bytes);
  }

  fetched(
    kind: 'consumer' | 'follower',
    partition: number,
    _fromBroker: number,
    _crossesZone: boolean,
    bytes: number,
    _latencyUs: number,
    atUs: number,
  ): void {
    const charts = this.#clusterOf(partition);
    (kind === 'consumer' ? charts.out : charts.replication).amount(atUs, bytes);
  }

  event(event: TraceEvent): void {
    if (event.type !== 'partition.changed') return;
    const before = this.#isrMembers[event.partition];
    this.#isrMembers[event.partition] = event.isr.length;
    if (before !== undefined) this.#clusterOf(event.partition).isrChanged(event, before);
  }

  brokerSampled(
    broker: number,
    idleShare: number,
    _queued: number,
    _produces: number,
    _fetches: number,
    _maxLag: number,
    _logBytes: number,
    atUs: number,
  ): void {
    const { cast, facts } = this.#collector;
    this.#clusters[facts.clusterIndex(cast.brokers[broker]!.cluster)]!.sampled(idleShare, atUs);
  }

  factsChanged(atUs: number): void {
    const { topics } = this.#collector.facts.topics;
    for (const [index, topic] of topics.entries()) {
      if (!topic.internal && index < TOPICS_CHARTED) this.#stepIsr(index, atUs);
    }
    for (const charts of this.#clusters) charts.factsChanged(atUs);
  }

  histograms(): HistogramSummary[] {
    const { cast } = this.#collector;
    return [
      ...this.#producers.map(({ histogram }, i) =>
        histogram.summary('produce.latency', cast.scenario.producers[i]!.name, 'us'),
      ),
      ...this.#groups.map(({ histogram }, i) => histogram.summary('endToEnd.latency', cast.groups[i]!.name, 'us')),
    ].filter(({ count }) => count > 0);
  }

  series(endUs: number): Series[] {
    const { cast, facts } = this.#collector;
    const series: Series[] = [];
    for (const [index, charts] of this.#producers.entries()) {
      const { name } = cast.scenario.producers[index]!;
      series.push(charts.latency.asLevels('produce.latency', name, 'us', endUs));
      series.push(charts.offered.asRate('records.offered', name, 'records/s', endUs));
      series.push(charts.acknowledged.asRate('records.acknowledged', name, 'records/s', endUs));
      if (!charts.failed.isEmpty) series.push(charts.failed.asRate('records.failed', name, 'records/s', endUs));
    }
    for (const [index, charts] of this.#groups.entries()) {
      const { name } = cast.groups[index]!;
      series.push(charts.latency.asLevels('endToEnd.latency', name, 'us', endUs));
      series.push(charts.lag.asLevels('consumer.lag', name, 'records', endUs));
      series.push(charts.delivered.asRate('records.delivered', name, 'records/s', endUs));
    }
    for (const charts of this.#clusters) series.push(...charts.series(endUs));
    for (const [topic, sizes] of this.#isrSize) {
      series.push(sizes.asLevels('isr.size', facts.topics.topics[topic]!.name, 'count', endUs));
    }
    return series;
  }

  /** An application learned what became of its records. */
  #learned(
    lane: number,
    outcome: 'acknowledged' | 'failed',
    count: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    const charts = this.#producerOf(lane);
    if (charts === undefined) return;
    charts[outcome].amount(atUs, count);
    this.#took(charts, count, createdFromUs, createdToUs, atUs);
  }

  #took(
    charts: { readonly latency: TimeSeries; readonly histogram: Histogram },
    count: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    charts.latency.sampleRange(atUs, atUs - createdToUs, atUs - createdFromUs, count);
    if (atUs >= this.#warmupUs) charts.histogram.recordRamp(atUs - createdFromUs, atUs - createdToUs, count);
  }

  #producerOf(lane: number): ProducerCharts | undefined {
    return this.#producers[this.#producerOfClient[this.#collector.ledger.lanes[lane]!.client]!];
  }

  #clusterOf(partition: number): ClusterCharts {
    let cluster = this.#clusterOfPartition[partition];
    if (cluster === undefined) {
      cluster = this.#collector.facts.clusterIndex(this.#collector.cast.partitions[partition]!.cluster);
      this.#clusterOfPartition[partition] = cluster;
    }
    return this.#clusters[cluster]!;
  }

  #stepLag(group: number, atUs: number): void {
    const lag = this.#collector.facts.lags.lag(group, 'position');
    if (lag !== null) this.#groups[group]!.lag.step(atUs, lag);
  }

  #stepIsr(index: number, atUs: number): void {
    const { facts } = this.#collector;
    let smallest = Infinity;
    for (const partition of facts.topics.topics[index]!.partitions) {
      if (facts.exists(partition)) smallest = Math.min(smallest, facts.isr[partition]!.length);
    }
    if (smallest === Infinity) return;
    let sizes = this.#isrSize.get(index);
    if (sizes === undefined) {
      sizes = new TimeSeries();
      this.#isrSize.set(index, sizes);
    }
    sizes.step(atUs, smallest);
  }
}
