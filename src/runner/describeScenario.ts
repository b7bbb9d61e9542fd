import type { RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { scenarioDigest } from './scenarioDigest.ts';

/** What a result says about the scenario that was played. */
export function describeScenario(scenario: Scenario): RunResult['scenario'] {
  return {
    name: scenario.name,
    description: scenario.description,
    tags: [...scenario.tags],
    file: scenario.source.path,
    digest: scenarioDigest(scenario),
    source: scenario.source.text,
    durationUs: scenario.durationUs,
    warmupUs: scenario.warmupUs,
    variant: scenario.variant.map(({ path, value }) => ({ path, value })),
    clusters: scenario.clusters.map((cluster) => ({
      name: cluster.name,
      kafka: cluster.kafka,
      brokers: cluster.brokers.map(({ id, place }) => ({ id, zone: place.zone })),
      controllers: cluster.controllers.map(({ id, place }) => ({ id, zone: place.zone })),
      topics: cluster.topics.map(({ name, partitionCount, replicationFactor }) => ({
        name,
        partitions: partitionCount,
        replicationFactor,
      })),
    })),
    producers: scenario.producers.map(({ name, instances }) => ({ name, instances: instances.length })),
    consumers: scenario.consumers.map(({ name, instances }) => ({ name, instances: instances.length })),
  };
}
