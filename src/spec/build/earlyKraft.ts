import { behaviourOf } from '../../kafka/behaviour.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { Span } from '../tree.ts';

/** KRaft of 2.8 to 3.2 is played as it was; that nobody ran it in production is said. Source: KIP-833. */
export function noteEarlyKraft(version: KafkaVersion, span: Span, diagnostics: Diagnostics): void {
  const behaviour = behaviourOf(version);
  if (behaviour.kraftMaturity !== 'earlyAccess') return;
  const lacks = [
    'unclean.leader.election.enable has no effect',
    'a fenced broker may join an ISR',
    ...(behaviour.preferredBalance === 'never' ? ['leaders do not go back to preferred replicas by themselves'] : []),
    ...(version === '2.8' ? ['there is no metadata snapshot, no reassignment and no adding of partitions'] : []),
  ];
  diagnostics.warning('SP1207', span, `KRaft of Kafka ${version} was for tests only`, {
    hint: `${lacks.join('; ')}; coordination: zookeeper is what people ran then`,
  });
}
