import type { Collector } from '../collector.ts';
import { COUNT, DISTRIBUTION, LEVEL, type MetricDefinition } from '../definitions/define.ts';
import { GaugeMeter } from '../meters/gaugeMeter.ts';
import type { Meter, MeterContext, Unit } from '../meters/meter.ts';
import type { Scope, ScopeKind } from '../scope.ts';

/** What Kafka's own metrics have beside what every metric has. */
export interface KafkaMetricName {
  /** `kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions`, without the keys that `of:` stands for. */
  readonly mbean: string;
  /** Kafka's class that counts it, or the KIP. */
  readonly source: string;
  /** What `of:` may name; `everything` is no `of:` at all. */
  readonly scopes: readonly ScopeKind[];
}

/** Whose gauge is read. */
export interface GaugeSubject {
  readonly collector: Collector;
  readonly scope: Scope;
}

interface Common extends KafkaMetricName {
  readonly name: string;
  readonly unit: Unit;
  readonly meaning: string;
}

/** A level that is there to be read at any instant. */
export interface KafkaGauge extends Common {
  /** It changes with offsets or samples, and not only with control-plane events. */
  readonly withEveryBatch: boolean;
  /** It has fractions (0.97), and is no larger than 1. */
  readonly isFraction: boolean;
  /** Whose latest event explains it, when it is wrong; absent: only a failure or operation can be named. */
  readonly movedBy?: 'partitions' | 'brokers' | 'controllers';
  /** Null: nobody reports it now. */
  readonly read: (subject: GaugeSubject) => number | null;
}

/** Something that happens, counted. */
export interface KafkaMeter extends Common {
  readonly create: (context: MeterContext) => Meter;
}

/** Reported by each broker. */
export const BROKER_SCOPES: readonly ScopeKind[] = ['everything', 'cluster', 'broker'];

/** Reported by each broker, and known for each partition that it leads. */
export const LEADER_SCOPES: readonly ScopeKind[] = ['everything', 'cluster', 'broker', 'topic', 'partition'];

export const CLUSTER_SCOPES: readonly ScopeKind[] = ['everything', 'cluster'];

const FRACTION_SCALE = 10_000;

export function gauge(
  definition: Omit<KafkaGauge, 'unit' | 'withEveryBatch' | 'isFraction'> & Partial<KafkaGauge>,
): KafkaGauge {
  return { unit: 'count', withEveryBatch: false, isFraction: false, ...definition };
}

export function gaugeDefinition(kafka: KafkaGauge): MetricDefinition {
  const { withEveryBatch, isFraction, read } = kafka;
  return {
    ...common(kafka),
    aggregations: LEVEL,
    create: (context) => new GaugeMeter(context, withEveryBatch, () => read(context), isFraction ? FRACTION_SCALE : 1),
  };
}

export function meterDefinition(kafka: KafkaMeter): MetricDefinition {
  return {
    ...common(kafka),
    aggregations: kafka.unit === 'bytes/s' ? DISTRIBUTION : COUNT,
    create: kafka.create,
  };
}

function common({ name, unit, meaning, mbean, source, scopes }: Common) {
  return {
    name,
    unit,
    description: meaning,
    of: scopeWords(scopes),
    countsFromInstant: false,
    kafka: { mbean, source, scopes },
  };
}

const WORDS: Readonly<Partial<Record<ScopeKind, string>>> = {
  cluster: 'a cluster',
  broker: 'a broker',
  topic: 'a topic',
  partition: 'a partition',
  group: 'a group',
  client: 'a client',
  instance: 'an instance of a client',
};

export function scopeWords(scopes: readonly ScopeKind[]): string {
  const words = scopes.map((scope) => WORDS[scope] ?? '').filter((word) => word !== '');
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
