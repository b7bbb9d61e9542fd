import type { MetricDefinition } from '../definitions/define.ts';
import { brokerTopicMeters } from './brokerTopics.ts';
import { consumerGauges } from './consumers.ts';
import { controllerGauges, controllerMeters } from './controller.ts';
import { gaugeDefinition, type KafkaGauge, type KafkaMeter, meterDefinition } from './define.ts';
import { logGauges } from './logs.ts';
import { raftGauges } from './raft.ts';
import { replicaManagerGauges, replicaManagerMeters } from './replicaManager.ts';
import { requestGauges } from './requestHandling.ts';

/** Each is a cluster fact as well: it has a value at any instant. */
export const KAFKA_GAUGES: readonly KafkaGauge[] = [
  ...replicaManagerGauges,
  ...controllerGauges,
  ...raftGauges,
  ...requestGauges,
  ...logGauges,
  ...consumerGauges,
];

const KAFKA_METERS: readonly KafkaMeter[] = [...replicaManagerMeters, ...controllerMeters, ...brokerTopicMeters];

/** Metrics under Kafka's own names. */
export const KAFKA_METRICS: readonly MetricDefinition[] = [
  ...KAFKA_GAUGES.map(gaugeDefinition),
  ...KAFKA_METERS.map(meterDefinition),
];
