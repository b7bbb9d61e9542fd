import type { ClusterFacts } from '../../metrics/clusterFacts.ts';
import { boundOf } from '../bounds.ts';
import { limits, object } from '../schemaParts.ts';
import { CLUSTER, type FactDefinition, onOffsets, PARTITION, partitionIn } from './fact.ts';

export const endOffset: FactDefinition = offsetFact(
  'endOffset',
  'log end offset',
  'Log end offset of a partition at its leader.',
  (facts, partition) => facts.endOffset[partition]!,
);

export const highWatermark: FactDefinition = offsetFact(
  'highWatermark',
  'high watermark',
  'High watermark of a partition at its leader.',
  (facts, partition) => facts.highWatermark[partition]!,
);

function offsetFact(
  name: string,
  word: string,
  description: string,
  read: (facts: ClusterFacts, partition: number) => number,
): FactDefinition {
  return {
    name,
    description,
    schema: object({ partition: PARTITION, cluster: CLUSTER, ...limits('count', 'Offset', [1, 1000]) }, description, {
      partition: 'orders-0',
      atLeast: 1000,
    }),
    create: (params, collector) => {
      const { partition, name: place } = partitionIn(params, collector);
      const bound = boundOf(params, String);
      const now = () => {
        const index = partition();
        return index < 0 || !collector.facts.exists(index) ? null : read(collector.facts, index);
      };
      return onOffsets(
        `the ${word} of ${place} is ${bound?.text ?? 'known'}`,
        now,
        bound,
        (offset) => `the ${word} of ${place} is ${offset}`,
      );
    },
  };
}
