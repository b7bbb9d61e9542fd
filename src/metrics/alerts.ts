import type { Alert } from '../result/runResult.ts';
import type { Collector } from './collector.ts';
import type { KafkaGauge } from './kafka/define.ts';
import { KAFKA_GAUGES } from './kafka/names.ts';
import { Scope } from './scope.ts';

interface AlertRule {
  readonly metric: string;
  readonly condition: string;
  readonly severity: Alert['severity'];
  readonly isBroken: (value: number) => boolean;
  /** The worse of two values. */
  readonly worse: (a: number, b: number) => number;
}

const ABOVE_ZERO = { condition: '> 0', isBroken: (value: number) => value > 0, worse: Math.max };

/**
 * What every operator's monitoring watches, by Kafka's own metrics and without waiting ("for 5 minutes"), so that the
 * report can say what would have been seen, and when.
 */
const RULES: readonly AlertRule[] = [
  { metric: 'OfflinePartitionsCount', severity: 'critical', ...ABOVE_ZERO },
  { metric: 'UnderMinIsrPartitionCount', severity: 'critical', ...ABOVE_ZERO },
  {
    metric: 'ActiveControllerCount',
    condition: '< 1',
    severity: 'critical',
    isBroken: (value) => value < 1,
    worse: Math.min,
  },
  { metric: 'UnderReplicatedPartitions', severity: 'warning', ...ABOVE_ZERO },
  { metric: 'FencedBrokerCount', severity: 'warning', ...ABOVE_ZERO },
  {
    metric: 'RequestHandlerAvgIdlePercent',
    condition: '< 0.3',
    severity: 'warning',
    isBroken: (value) => value < 0.3,
    worse: Math.min,
  },
];

const KEPT = 200;

/** One rule on one cluster. An alert ends when its condition does, and when nobody reports the metric any more. */
class Watch {
  readonly #rule: AlertRule;
  readonly #gauge: KafkaGauge;
  readonly #collector: Collector;
  readonly #scope: Scope;
  readonly #cluster: string;
  readonly #raised: Alert[];
  #open: Alert | null = null;

  constructor(rule: AlertRule, collector: Collector, cluster: string, raised: Alert[]) {
    this.#rule = rule;
    this.#gauge = KAFKA_GAUGES.find(({ name }) => name === rule.metric)!;
    this.#collector = collector;
    this.#scope = new Scope(collector.cast, cluster);
    this.#cluster = cluster;
    this.#raised = raised;
  }

  get isRaised(): boolean {
    return this.#open !== null;
  }

  look(atUs: number): void {
    const value = this.#gauge.read({ collector: this.#collector, scope: this.#scope });
    const { metric, condition, severity, isBroken, worse } = this.#rule;
    if (value === null || !isBroken(value)) {
      if (this.#open !== null) this.#open.toUs = atUs;
      this.#open = null;
      return;
    }
    if (this.#open !== null) this.#open.worst = worse(this.#open.worst, value);
    else if (this.#raised.length < KEPT) {
      this.#open = { metric, of: this.#cluster, condition, severity, fromUs: atUs, toUs: null, worst: value };
      this.#raised.push(this.#open);
    }
  }
}

/** The alerts of a run in the order in which they began. */
export class Alerts {
  readonly #raised: Alert[] = [];

  constructor(collector: Collector) {
    for (const { name } of collector.cast.scenario.clusters) {
      for (const rule of RULES) {
        const watch = new Watch(rule, collector, name, this.#raised);
        const isSampled = rule.metric === 'RequestHandlerAvgIdlePercent';
        collector.listen(
          isSampled
            ? {
                brokerSampled: (_broker, idleShare, _q, _p, _f, _lag, _bytes, atUs) => {
                  // All brokers are read only when one of them may begin or end an alert.
                  if (watch.isRaised || rule.isBroken(idleShare)) watch.look(atUs);
                },
              }
            : { factsChanged: (atUs) => watch.look(atUs) },
        );
      }
    }
  }

  all(): Alert[] {
    return this.#raised.map((alert) => ({ ...alert }));
  }
}
