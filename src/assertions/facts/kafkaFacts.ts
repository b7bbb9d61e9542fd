import type { Collector } from '../../metrics/collector.ts';
import type { KafkaGauge } from '../../metrics/kafka/define.ts';
import { scopeWords } from '../../metrics/kafka/define.ts';
import { KAFKA_GAUGES } from '../../metrics/kafka/names.ts';
import { Scope } from '../../metrics/scope.ts';
import { type EventId, NO_CAUSE } from '../../model/trace.ts';
import { boundOf, isWithin, textOf } from '../bounds.ts';
import { fractionLimits, leaf, limits, object, type Schema } from '../schemaParts.ts';
import { show } from '../units.ts';
import { type FactDefinition, latest } from './fact.ts';

const EXAMPLE_OF: Readonly<Record<string, string>> = {
  broker: 'broker 1',
  topic: 'orders',
  partition: 'orders-0',
  group: 'billing',
  cluster: 'eu',
};

function gaugeFact(gauge: KafkaGauge): FactDefinition {
  const { name, unit, meaning, withEveryBatch, read } = gauge;
  return {
    name,
    description: `Kafka's metric \`${gauge.mbean}\`. ${meaning} Without a limit it must only be there to be read.`,
    schema: schemaOf(gauge),
    create: (params, collector) => {
      const scope = new Scope(collector.cast, textOf(params, 'of'));
      const bound = boundOf(params, (value) => show(value, unit));
      const who = scope.kind === 'everything' ? '' : ` of ${scope.text}`;
      const now = () => read({ collector, scope });
      return {
        text: `${name}${who} is ${bound?.text ?? 'known'}`,
        withEveryBatch,
        holds: () => {
          const value = now();
          return value === null ? null : bound === null || isWithin(value, bound);
        },
        state: () => {
          const value = now();
          return `${name}${who} is ${value === null ? 'not reported by anybody' : show(value, unit)}`;
        },
        lastEvent: () => movedBy(gauge, scope, collector),
      };
    },
  };
}

/** The latest event that may have moved it. */
function movedBy({ movedBy: whose }: KafkaGauge, scope: Scope, { cast, facts }: Collector): EventId {
  switch (whose) {
    case 'partitions':
      return latest(facts.partitionEvent.filter((_, partition) => scope.partition(partition)));
    case 'brokers':
      return latest(facts.brokerEvent.filter((_, broker) => scope.broker(broker)));
    case 'controllers':
      return latest(facts.controllerEvent.filter((_, index) => scope.cluster(cast.scenario.clusters[index]!.name)));
    default:
      return NO_CAUSE;
  }
}

function schemaOf({ name, unit, scopes, isFraction }: KafkaGauge): Schema {
  const examples = scopes.flatMap((scope) => EXAMPLE_OF[scope] ?? []);
  const of = {
    ...leaf('who', `Whose: ${scopeWords(scopes)}. Default: all together.`, examples[0] ?? 'eu'),
    'x-scopes': scopes,
  };
  const bounds = isFraction
    ? fractionLimits(name, [0.3, 1])
    : unit === 'bytes'
      ? limits('size', name, ['1GiB', '100GiB'])
      : limits('count', name, [1, 0]);
  return object(
    { of, ...bounds },
    `Kafka's metric ${name}.`,
    isFraction ? { above: 0.3 } : unit === 'bytes' ? { below: '1TB' } : { equals: 0 },
  );
}

/** Each of Kafka's gauges is a fact: what a monitoring system would read at that instant. */
export const KAFKA_FACTS: readonly FactDefinition[] = KAFKA_GAUGES.map(gaugeFact);
