import type { TraceEvent } from '../../model/trace.ts';
import { listening } from '../definitions/define.ts';
import { CountMeter } from '../meters/countMeter.ts';
import { isElection, PartitionChangeMeter } from '../meters/partitionChangeMeter.ts';
import type { ScopeKind } from '../scope.ts';
import type { TraceListener } from '../traceListener.ts';
import { CLUSTER_SCOPES, type GaugeSubject, gauge, type KafkaGauge, type KafkaMeter } from './define.ts';
import { sumClusters, sumPartitionCount } from './reading.ts';

const TYPE = 'kafka.controller:type=KafkaController';
const WHO = 'The active controller says so; while there is none, nobody does.';
const PARTITIONS: readonly ScopeKind[] = ['everything', 'cluster', 'topic', 'partition'];

/** What the active controller says of the whole cluster. */
export const controllerGauges: readonly KafkaGauge[] = [
  gauge({
    name: 'ActiveControllerCount',
    mbean: `${TYPE},name=ActiveControllerCount`,
    source: 'QuorumControllerMetrics; KafkaController with ZooKeeper',
    scopes: CLUSTER_SCOPES,
    meaning:
      'Active controllers, summed over the nodes of the cluster: 1, or 0 while there is none. A former controller that does not know of its successor yet is not counted.',
    movedBy: 'controllers',
    read: activeControllers,
  }),
  gauge({
    name: 'OfflinePartitionsCount',
    mbean: `${TYPE},name=OfflinePartitionsCount`,
    source: 'ControllerMetricsChanges',
    scopes: CLUSTER_SCOPES,
    meaning: `Partitions without a leader. ${WHO}`,
    movedBy: 'partitions',
    read: (subject) => sumPartitionCount(subject, 'offline'),
  }),
  gauge({
    name: 'PreferredReplicaImbalanceCount',
    mbean: `${TYPE},name=PreferredReplicaImbalanceCount`,
    source: 'ControllerMetricsChanges, PartitionRegistration.hasPreferredLeader',
    scopes: CLUSTER_SCOPES,
    meaning: `Partitions that their preferred replica, the first of the assignment, does not lead; those without a leader count. ${WHO}`,
    movedBy: 'partitions',
    read: (subject) => sumPartitionCount(subject, 'notPreferred'),
  }),
  gauge({
    name: 'GlobalPartitionCount',
    mbean: `${TYPE},name=GlobalPartitionCount`,
    source: 'ControllerMetricsChanges',
    scopes: CLUSTER_SCOPES,
    meaning: `Partitions of the cluster, internal ones included. ${WHO}`,
    movedBy: 'partitions',
    read: (subject) => sumPartitionCount(subject, 'partitions'),
  }),
  gauge({
    name: 'GlobalTopicCount',
    mbean: `${TYPE},name=GlobalTopicCount`,
    source: 'ControllerMetricsChanges',
    scopes: CLUSTER_SCOPES,
    meaning: `Topics of the cluster, internal ones included. ${WHO}`,
    movedBy: 'partitions',
    read: (subject) =>
      sumClusters(
        subject,
        (_, name) =>
          subject.collector.facts.topics.topics.filter((topic) => topic.cluster === name && topic.existing > 0).length,
      ),
  }),
  gauge({
    name: 'FencedBrokerCount',
    mbean: `${TYPE},name=FencedBrokerCount`,
    source: 'ControllerMetricsChanges (KIP-814)',
    scopes: CLUSTER_SCOPES,
    meaning: `Registered brokers that are fenced. ${WHO}`,
    movedBy: 'brokers',
    read: (subject) => brokersInControl(subject, isFenced),
  }),
  gauge({
    name: 'ActiveBrokerCount',
    mbean: `${TYPE},name=ActiveBrokerCount`,
    source: 'ControllerMetricsChanges (KIP-814)',
    scopes: CLUSTER_SCOPES,
    meaning: `Registered brokers that are not fenced; one in controlled shutdown still counts. ${WHO}`,
    movedBy: 'brokers',
    // With ZooKeeper a broker without a registration is not alive to the controller.
    read: (subject) => brokersInControl(subject, (state) => !isFenced(state) && state !== 'UNREGISTERED'),
  }),
];

export const controllerMeters: readonly KafkaMeter[] = [
  {
    name: 'UncleanLeaderElectionsPerSec',
    unit: 'count',
    mbean: 'kafka.controller:type=ControllerStats,name=UncleanLeaderElectionsPerSec',
    source: 'ControllerMetricsChanges',
    scopes: PARTITIONS,
    meaning: 'Elections of a leader that was not in sync. Acknowledged records may be gone.',
    create: listening(
      (context) => new PartitionChangeMeter(context, (before, after) => isElection(before, after) && after.unclean),
    ),
  },
  {
    name: 'ElectionFromEligibleLeaderReplicasPerSec',
    unit: 'count',
    mbean: 'kafka.controller:type=ControllerStats,name=ElectionFromEligibleLeaderReplicasPerSec',
    source: 'ControllerMetricsChanges (KIP-966)',
    scopes: PARTITIONS,
    meaning: 'Elections of a leader from the ELR.',
    create: listening(
      (context) =>
        new PartitionChangeMeter(
          context,
          (before, after) => isElection(before, after) && before.elr.includes(after.leader),
        ),
    ),
  },
  {
    name: 'NewActiveControllersCount',
    unit: 'count',
    mbean: `${TYPE},name=NewActiveControllersCount`,
    source: 'QuorumControllerMetrics (KIP-938)',
    scopes: CLUSTER_SCOPES,
    meaning: 'Times that a controller became active; the one that is active as the run begins is not counted.',
    create: listening((context) => new NewControllerMeter(context)),
  },
];

class NewControllerMeter extends CountMeter implements TraceListener {
  #wasThere = false;

  protected override hasSubject(): boolean {
    return this.#wasThere;
  }

  event(event: TraceEvent): void {
    if (event.type !== 'controller.active' || !this.context.scope.cluster(event.cluster)) return;
    this.#wasThere = true;
    if (event.atUs > 0) this.countEvent(event);
  }
}

function activeControllers({ collector: { cast, facts }, scope }: GaugeSubject): number | null {
  let sum: number | null = null;
  for (const [index, { name }] of cast.scenario.clusters.entries()) {
    if (!scope.cluster(name) || facts.controllerEvent[index]! < 0) continue;
    sum = (sum ?? 0) + (facts.activeController[index]! >= 0 ? 1 : 0);
  }
  return sum;
}

function brokersInControl(subject: GaugeSubject, counts: (state: string) => boolean): number | null {
  const { cast, facts } = subject.collector;
  return sumClusters(subject, (_, name) => {
    let count = 0;
    for (let broker = 0; broker < cast.brokers.length; broker++) {
      const isKnown = cast.brokers[broker]!.cluster === name && facts.isRegistered[broker];
      if (isKnown && counts(facts.brokerControl[broker]!)) count++;
    }
    return count;
  });
}

/** A broker that may shut down now is fenced in the same record. */
function isFenced(state: string): boolean {
  return state === 'FENCED' || state === 'SHUTDOWN_NOW';
}
