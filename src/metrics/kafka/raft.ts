import { CLUSTER_SCOPES, type GaugeSubject, gauge, type KafkaGauge } from './define.ts';

const TYPE = 'kafka.server:type=raft-metrics';

/** What the quorum of controllers says of itself. */
export const raftGauges: readonly KafkaGauge[] = [
  gauge({
    name: 'current-epoch',
    mbean: `${TYPE},name=current-epoch`,
    source: 'KafkaRaftMetrics (KIP-595)',
    scopes: CLUSTER_SCOPES,
    meaning: 'Highest epoch that a voter of the quorum has reached. Several clusters: the largest.',
    movedBy: 'controllers',
    read: (subject) => largest(subject, subject.collector.facts.quorumEpoch),
  }),
  gauge({
    name: 'current-leader',
    mbean: `${TYPE},name=current-leader`,
    source: 'KafkaRaftMetrics (KIP-595)',
    scopes: CLUSTER_SCOPES,
    meaning: 'Node id of the leader of the quorum; no answer while there is none. Several clusters: the largest.',
    movedBy: 'controllers',
    read: (subject) => {
      const { cast, facts } = subject.collector;
      return largest(
        subject,
        facts.activeController.map((controller) => cast.controllers[controller]?.id ?? Number.NaN),
      );
    },
  }),
];

function largest({ collector: { cast }, scope }: GaugeSubject, column: readonly number[]): number | null {
  let found: number | null = null;
  for (const [cluster, { name }] of cast.scenario.clusters.entries()) {
    const value = column[cluster] ?? Number.NaN;
    if (scope.cluster(name) && !Number.isNaN(value) && (found === null || value > found)) found = value;
  }
  return found;
}
