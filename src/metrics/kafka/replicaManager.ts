import type { TraceEvent } from '../../model/trace.ts';
import { listening } from '../definitions/define.ts';
import { CountMeter } from '../meters/countMeter.ts';
import { hasPartitions } from '../meters/meter.ts';
import { PartitionChangeMeter } from '../meters/partitionChangeMeter.ts';
import type { TraceListener } from '../traceListener.ts';
import { BROKER_SCOPES, gauge, type KafkaGauge, type KafkaMeter, LEADER_SCOPES } from './define.ts';
import { foldSamples, sumBrokers, sumLed, sumOverBrokers } from './reading.ts';

const TYPE = 'kafka.server:type=ReplicaManager';
const SUMMED = 'Several brokers: the sum over those that run and answer.';

/** What a broker says of the replicas that it leads or holds. */
export const replicaManagerGauges: readonly KafkaGauge[] = [
  gauge({
    name: 'UnderReplicatedPartitions',
    mbean: `${TYPE},name=UnderReplicatedPartitions`,
    source: 'ReplicaManager, Partition.isUnderReplicated',
    scopes: LEADER_SCOPES,
    meaning: `Partitions led by the broker whose ISR has fewer members than the partition has replicas, those not counted that a reassignment is adding. A partition without a leader is counted by nobody. ${SUMMED}`,
    movedBy: 'partitions',
    read: (subject) => sumLed(subject, 'underReplicated'),
  }),
  gauge({
    name: 'UnderMinIsrPartitionCount',
    mbean: `${TYPE},name=UnderMinIsrPartitionCount`,
    source: 'ReplicaManager, Partition.isUnderMinIsr',
    scopes: LEADER_SCOPES,
    meaning: `Partitions led by the broker whose ISR is smaller than \`min.insync.replicas\`, as it is in force at that moment and at most the number of replicas: producers with acks=all get NOT_ENOUGH_REPLICAS. ${SUMMED}`,
    movedBy: 'partitions',
    read: (subject) => sumLed(subject, 'underMinIsr'),
  }),
  gauge({
    name: 'AtMinIsrPartitionCount',
    mbean: `${TYPE},name=AtMinIsrPartitionCount`,
    source: 'ReplicaManager, Partition.isAtMinIsr (KIP-351)',
    scopes: LEADER_SCOPES,
    meaning: `Partitions led by the broker whose ISR is just as large as \`min.insync.replicas\` demands: the next loss stops writes with acks=all. A partition with one replica always counts. ${SUMMED}`,
    movedBy: 'partitions',
    read: (subject) => sumLed(subject, 'atMinIsr'),
  }),
  gauge({
    name: 'LeaderCount',
    mbean: `${TYPE},name=LeaderCount`,
    source: 'ReplicaManager',
    scopes: LEADER_SCOPES,
    meaning: `Partitions that the broker leads, internal ones included. ${SUMMED}`,
    movedBy: 'partitions',
    read: (subject) => sumLed(subject, 'leaders'),
  }),
  gauge({
    name: 'PartitionCount',
    mbean: `${TYPE},name=PartitionCount`,
    source: 'ReplicaManager',
    scopes: BROKER_SCOPES,
    meaning: `Replicas on the broker, whether it leads or follows, internal ones included. ${SUMMED}`,
    movedBy: 'partitions',
    read: (subject) => sumBrokers(subject, 'hosted'),
  }),
  gauge({
    name: 'ReassigningPartitions',
    mbean: `${TYPE},name=ReassigningPartitions`,
    source: 'ReplicaManager, Partition.isReassigning (KIP-455)',
    scopes: LEADER_SCOPES,
    meaning: `Partitions led by the broker to which a reassignment adds replicas, or from which it removes some. ${SUMMED}`,
    movedBy: 'partitions',
    read: (subject) => sumLed(subject, 'reassigning'),
  }),
  gauge({
    name: 'OfflineReplicaCount',
    mbean: `${TYPE},name=OfflineReplicaCount`,
    source: 'ReplicaManager.handleLogDirFailure (KIP-112)',
    scopes: BROKER_SCOPES,
    meaning: `Replicas that lay in log directories which went offline since the broker started. ${SUMMED}`,
    movedBy: 'brokers',
    read: (subject) => sumOverBrokers(subject, subject.collector.facts.offlineReplicas),
  }),
  gauge({
    name: 'OfflineLogDirectoryCount',
    mbean: 'kafka.log:type=LogManager,name=OfflineLogDirectoryCount',
    source: 'LogManager (KIP-112)',
    scopes: BROKER_SCOPES,
    meaning: `Log directories that went offline since the broker started. With its last one, or the one of the metadata log, the broker goes as well. ${SUMMED}`,
    movedBy: 'brokers',
    read: (subject) => sumOverBrokers(subject, subject.collector.facts.offlineDirs),
  }),
  gauge({
    name: 'MaxLag',
    mbean: 'kafka.server:type=ReplicaFetcherManager,name=MaxLag',
    source: 'AbstractFetcherManager, FetcherLagMetrics',
    unit: 'records',
    scopes: BROKER_SCOPES,
    withEveryBatch: true,
    meaning:
      'Of the replicas that follow on the broker, the largest distance from the log end to the high watermark that the leader last told, in records. A member of the ISR hardly ever has one, since the high watermark waits for it. Sampled. Several brokers: the largest.',
    read: (subject) => foldSamples(subject, subject.collector.facts.samples.maxLag, Math.max),
  }),
];

export const replicaManagerMeters: readonly KafkaMeter[] = [
  {
    name: 'IsrShrinksPerSec',
    unit: 'count',
    mbean: `${TYPE},name=IsrShrinksPerSec`,
    source: 'Partition.handleAlterPartitionUpdate',
    scopes: LEADER_SCOPES,
    meaning:
      'Times that a leader took a lagging follower out of an ISR and the controller committed it. ISRs that the controller shrinks itself, when it fences a broker or a broker shuts down, are not counted (`isr.shrinks` counts them all).',
    create: listening(
      (context) =>
        new PartitionChangeMeter(
          context,
          (before, after) => after.reason === 'isrShrink' && after.isr.length < before.isr.length,
        ),
    ),
  },
  {
    name: 'IsrExpandsPerSec',
    unit: 'count',
    mbean: `${TYPE},name=IsrExpandsPerSec`,
    source: 'Partition.handleAlterPartitionUpdate',
    scopes: LEADER_SCOPES,
    meaning: 'Times that a leader took a follower that had caught up into an ISR and the controller committed it.',
    create: listening(
      (context) =>
        new PartitionChangeMeter(
          context,
          (before, after) => after.reason === 'isrExpand' && after.isr.length > before.isr.length,
        ),
    ),
  },
  {
    name: 'FailedIsrUpdatesPerSec',
    unit: 'count',
    mbean: `${TYPE},name=FailedIsrUpdatesPerSec`,
    source: 'Partition.handleAlterPartitionError',
    scopes: LEADER_SCOPES,
    meaning: 'Times that a leader asked the controller for another ISR and was refused.',
    create: listening((context) => new FailedIsrUpdateMeter(context)),
  },
];

class FailedIsrUpdateMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasPartitions(this.context);
  }

  event(event: TraceEvent): void {
    if (event.type !== 'isr.updateFailed') return;
    const { scope } = this.context;
    if (scope.partition(event.partition) && scope.broker(event.broker)) this.countEvent(event);
  }
}
