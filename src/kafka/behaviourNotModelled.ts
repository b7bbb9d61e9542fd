import { type Behaviour, behaviourOf, type Coordination } from './behaviour.ts';
import type { KafkaVersion } from './versions.ts';

/** Behaviours that releases have and the model does not play: for which values, and what a run shows instead. */
const NOT_PLAYED: readonly {
  readonly field: keyof Behaviour;
  readonly value: Behaviour[keyof Behaviour];
  readonly consequence: string;
}[] = [
  {
    field: 'dynamicQuorum',
    value: true,
    consequence: 'controllers cannot be added to or removed from a running quorum',
  },
  { field: 'cordonedLogDirs', value: true, consequence: 'log directories cannot be cordoned' },
  {
    field: 'stickyPartitioner',
    value: 'perBatch',
    consequence: 'records without key stick to a partition by bytes, as from 3.3 on, and not batch by batch',
  },
  {
    field: 'roundRobinSkipsPartitions',
    value: true,
    consequence: 'round robin deals evenly; this release skips a partition whenever a new batch begins',
  },
  {
    field: 'groupCoordinator',
    value: 'batched',
    consequence: 'coordinators write each offset commit at once, without group.coordinator.append.linger.ms',
  },
];

/** What a release does and the model does not play, in the order of the table. */
export function notPlayed(
  version: KafkaVersion,
  coordination: Coordination,
): readonly { readonly field: keyof Behaviour; readonly consequence: string }[] {
  const behaviour = behaviourOf(version, coordination);
  return NOT_PLAYED.filter(({ field, value }) => behaviour[field] === value);
}

/** Fields that no part of the model reads, since it does not play what they say. */
export const UNPLAYED_FIELDS: readonly (keyof Behaviour)[] = [...new Set(NOT_PLAYED.map(({ field }) => field))];
