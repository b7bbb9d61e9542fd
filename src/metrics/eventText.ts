import type { Cast, PartitionChangeReason, TraceEvent } from '../model/trace.ts';
import type { TimelineEntry } from '../result/runResult.ts';
import { brokerIds, brokerName, clientName, controllerName, groupName, partitionName, zooKeeperName } from './names.ts';

type Of<Type extends TraceEvent['type']> = Extract<TraceEvent, { type: Type }>;
type Severity = TimelineEntry['severity'];

export const REASON_WORDS: Readonly<Record<PartitionChangeReason, string>> = {
  created: 'created',
  fenced: 'fenced',
  unfenced: 'unfenced',
  controlledShutdown: 'controlled shutdown',
  isrShrink: 'ISR shrink',
  isrExpand: 'ISR expand',
  preferredElection: 'preferred leader election',
  uncleanElection: 'unclean leader election',
  electLeaders: 'leader election on request',
  brokerRestarted: 'broker restarted',
  brokerFailure: 'broker failure',
  brokerStartup: 'broker startup',
  controllerFailover: 'controller fail-over',
  configChanged: 'config changed',
  logDirFailed: 'log directory failed',
  reassignment: 'reassignment',
  reassignmentCompleted: 'reassignment completed',
  reassignmentCancelled: 'reassignment cancelled',
  brokerUnregistered: 'broker unregistered',
};

const MEMBER_CHANGE = {
  joined: 'joined',
  left: 'left',
  expired: 'expired in',
  fenced: 'was fenced in',
  removed: 'was removed from',
} as const;

/** One sentence about a fact, in Kafka's words. */
export function textOf(event: TraceEvent, cast: Cast): string {
  switch (event.type) {
    case 'failure.began':
      return `Failure ${event.name} began${event.touched.length > 0 ? ` on ${event.touched.join(', ')}` : ''}`;
    case 'failure.ended':
      return `Failure ${event.name} ended`;
    case 'failure.touchedNothing':
      return `Failure ${event.name} touched nothing: ${event.why}`;
    case 'operation.began':
      return `Operation ${event.name} began`;
    case 'operation.step':
      return `Operation ${event.name}: ${event.what}`;
    case 'operation.ended':
      return `Operation ${event.name} ${event.error === null ? 'ended' : `failed: ${event.error}`}`;
    case 'topic.created':
      return `Topic ${event.topic} was created with ${plural(event.partitions.length, 'partition')}`;
    case 'topic.partitionsCreated':
      return `Topic ${event.topic} got ${plural(event.partitions.length, 'new partition')}`;
    case 'topic.deleted':
      return `Topic ${event.topic} was deleted`;
    case 'metadataVersion.changed':
      return `${versionGate(event.cluster, cast)} is that of ${event.to}`;
    case 'topic.createFailed':
      return `Topic ${event.topic} was not created: ${event.error}`;
    case 'config.altered':
      return `Config ${event.what} ${event.error === null ? 'was altered' : `was not altered: ${event.error}`}`;
    case 'bottleneck':
      return `${event.resource} was busy ${Math.round(event.utilisation * 100)} % of the time`;
    default:
      return clusterText(event, cast);
  }
}

function clusterText(event: TraceEvent, cast: Cast): string {
  switch (event.type) {
    case 'broker.state':
      return `${capital(brokerName(cast, event.broker))}: ${event.from} to ${event.to}`;
    case 'broker.killed':
      return `${capital(brokerName(cast, event.broker))} ${event.by === 'powerLoss' ? 'lost power' : 'was killed'}`;
    case 'broker.frozen':
      return `${capital(brokerName(cast, event.broker))} froze; its sockets stay open`;
    case 'broker.resumed':
      return `${capital(brokerName(cast, event.broker))} resumed`;
    case 'broker.exited':
      return `${capital(brokerName(cast, event.broker))} exited${event.clean ? '' : ' without a controlled shutdown'}`;
    case 'broker.control':
      return controlText(event, cast);
    case 'broker.unregistered':
      return `The cluster has forgotten ${brokerName(cast, event.broker)}`;
    case 'broker.registrationRefused':
      return `The registration of ${brokerName(cast, event.broker)} was refused: ${event.error}`;
    case 'controller.state':
      return `${capital(controllerName(cast, event.controller))}: ${event.from} to ${event.to} in epoch ${event.epoch}`;
    case 'controller.active':
      return `${capital(controllerName(cast, event.controller))} became the active controller in epoch ${event.epoch}`;
    case 'controller.none':
      return `Cluster ${event.cluster} has no active controller`;
    case 'zookeeper.state':
      return `${capital(zooKeeperName(cast, event.zooKeeper))}: ${event.from} to ${event.to}`;
    case 'zookeeper.leader':
      if (event.zooKeeper < 0) return `The ZooKeeper ensemble of cluster ${event.cluster} has no leader: no service`;
      return `${capital(zooKeeperName(cast, event.zooKeeper))} leads the ensemble of cluster ${event.cluster}`;
    case 'zookeeper.session':
      return `ZooKeeper session of ${brokerName(cast, event.broker)}: ${event.from} to ${event.to} (${event.reason})`;
    case 'finding':
      return event.text;
    default:
      return partitionText(event, cast);
  }
}

function partitionText(event: TraceEvent, cast: Cast): string {
  switch (event.type) {
    case 'partition.changed':
      return changedText(event, cast);
    case 'replica.leading':
      return `${capital(brokerName(cast, event.broker))} leads ${partitionName(cast, event.partition)} in epoch ${event.leaderEpoch}, log end offset ${event.logEndOffset}, high watermark ${event.highWatermark}`;
    case 'replica.following':
      return `${capital(brokerName(cast, event.broker))} follows ${brokerName(cast, event.leader)} on ${partitionName(cast, event.partition)} in epoch ${event.leaderEpoch}`;
    case 'replica.truncated':
      return `${capital(brokerName(cast, event.broker))} truncated ${partitionName(cast, event.partition)} from ${event.fromLogEndOffset} to ${event.toOffset} (high watermark ${event.highWatermark})`;
    case 'isr.updateFailed':
      return `${capital(brokerName(cast, event.broker))} could not change the ISR of ${partitionName(cast, event.partition)}: ${event.error}`;
    case 'replica.deleted':
      return `${capital(brokerName(cast, event.broker))} deletes its copy of ${partitionName(cast, event.partition)}, which ended at ${event.logEndOffset}`;
    case 'log.lost':
      return `${capital(brokerName(cast, event.broker))} lost ${partitionName(cast, event.partition)} from ${event.fromLogEndOffset} back to ${event.toOffset}: ${event.why === 'powerLoss' ? 'not flushed to disk' : 'its disk failed'}`;
    case 'logDir.offline':
      return `${capital(brokerName(cast, event.broker))} took the log directory on disk ${event.disk} offline with ${plural(event.replicas, 'replica')} (${event.why})${event.halts ? ' and halts' : ''}`;
    case 'disk.usage':
      return `Disk ${event.disk} of ${brokerName(cast, event.broker)} is ${Math.round((100 * event.usedBytes) / event.sizeBytes)} % full`;
    case 'log.startOffset':
      return `The log of ${partitionName(cast, event.partition)} on ${brokerName(cast, event.broker)} starts at ${event.offset}`;
    default:
      return clientText(event, cast);
  }
}

function clientText(event: TraceEvent, cast: Cast): string {
  switch (event.type) {
    case 'producer.session':
      return `Producer ${clientName(cast, event.client)}: ${event.from} to ${event.to}`;
    case 'connection.lost':
      return `${clientName(cast, event.client)} lost its connection to ${brokerName(cast, event.broker)}: ${event.reason}`;
    case 'client.started':
      return `${clientName(cast, event.client)} started`;
    case 'client.stopped':
      return `${clientName(cast, event.client)} ${event.graceful ? 'closed' : 'died'}`;
    case 'group.state':
      return `Group ${groupName(cast, event.group)}: ${event.from} to ${event.to} in generation ${event.generation}, ${event.reason}`;
    case 'group.member':
      return `${clientName(cast, event.client)} ${MEMBER_CHANGE[event.change]} group ${groupName(cast, event.group)} (${event.reason.replace('.', ' ')})`;
    case 'group.assigned':
      return `Group ${groupName(cast, event.group)} has generation ${event.generation}: ${event.members.map(({ client, partitions }) => `${clientName(cast, client)} ${plural(partitions.length, 'partition')}`).join(', ')}`;
    case 'member.assignment':
      return assignmentText(event, cast);
    case 'group.coordinator':
      return `${capital(brokerName(cast, event.broker))} coordinates group ${groupName(cast, event.group)}`;
    case 'consumer.reset':
      return resetText(event, cast);
    default:
      return (event as TraceEvent).type;
  }
}

function controlText(event: Of<'broker.control'>, cast: Cast): string {
  const broker = brokerName(cast, event.broker);
  if (event.to === 'REGISTERED') return `${capital(broker)} is registered in ZooKeeper (${event.reason})`;
  if (event.to === 'UNREGISTERED') return `The registration of ${broker} in ZooKeeper is gone (${event.reason})`;
  if (event.from === event.to) return `The controller keeps ${broker} ${event.to}: ${event.reason}`;
  return `The controller moved ${broker} from ${event.from} to ${event.to}: ${event.reason}`;
}

function resetText(event: Of<'consumer.reset'>, cast: Cast): string {
  const [client, partition] = [clientName(cast, event.client), partitionName(cast, event.partition)];
  if (event.fromOffset < 0) {
    return `${client} starts to read ${partition} at ${event.toOffset} (${event.policy}): ${event.why}`;
  }
  return `${client} reset ${partition} from ${event.fromOffset} to ${event.toOffset} (${event.policy}): ${event.why}`;
}

function changedText(event: Of<'partition.changed'>, cast: Cast): string {
  const leader = event.leader < 0 ? 'no leader' : `leader ${brokerName(cast, event.leader)}`;
  const elr = event.elr.length > 0 ? `, ELR [${brokerIds(cast, event.elr).join(', ')}]` : '';
  const unclean = event.unclean ? ', an unclean election' : '';
  const moving = movingText(event, cast);
  return `${partitionName(cast, event.partition)}: ${leader} in epoch ${event.leaderEpoch}, ISR [${brokerIds(cast, event.isr).join(', ')}]${elr}${moving} (${REASON_WORDS[event.reason]}${unclean})`;
}

/** What a reassignment that runs adds and removes. */
function movingText({ adding = [], removing = [] }: Of<'partition.changed'>, cast: Cast): string {
  const added = adding.length > 0 ? `, adding [${brokerIds(cast, adding).join(', ')}]` : '';
  return removing.length > 0 ? `${added}, removing [${brokerIds(cast, removing).join(', ')}]` : added;
}

function assignmentText(event: Of<'member.assignment'>, cast: Cast): string {
  const names = (partitions: readonly number[]) =>
    partitions.map((partition) => partitionName(cast, partition)).join(', ');
  const parts: string[] = [];
  if (event.removed.length > 0) parts.push(`${event.lost ? 'lost' : 'gave up'} ${names(event.removed)}`);
  if (event.added.length > 0) parts.push(`took ${names(event.added)}`);
  return `${clientName(cast, event.client)} ${parts.length > 0 ? parts.join(' and ') : 'kept its partitions'}`;
}

/** How much a reader must see it. What only sets the stage (the clusters' bootstrap, new topics' first leaders) is info. */
export function severityOf(event: TraceEvent): Severity {
  switch (event.type) {
    case 'partition.changed':
      if (event.leader < 0 || event.unclean) return 'critical';
      if (event.reason === 'created') return 'info';
      return event.reason === 'isrShrink' || event.reason === 'fenced' || event.reason === 'brokerFailure'
        ? 'warning'
        : 'notice';
    case 'controller.none':
    case 'finding':
      return 'critical';
    case 'zookeeper.leader':
      return event.zooKeeper < 0 ? 'critical' : 'notice';
    case 'zookeeper.session':
      return event.to === 'EXPIRED' ? 'warning' : 'info';
    case 'failure.began':
    case 'log.lost':
    case 'logDir.offline':
    case 'broker.killed':
    case 'broker.frozen':
    case 'replica.truncated':
    case 'consumer.reset':
    case 'topic.createFailed':
    case 'broker.registrationRefused':
      return 'warning';
    case 'failure.ended':
    case 'failure.touchedNothing':
    case 'operation.began':
    case 'operation.ended':
    case 'broker.exited':
    case 'broker.unregistered':
    case 'topic.partitionsCreated':
    case 'client.stopped':
    case 'bottleneck':
      return 'notice';
    case 'controller.active':
      return event.atUs === 0 ? 'info' : 'notice';
    case 'broker.control':
      if (event.reason === 'bootstrap') return 'info';
      return (event.to === 'FENCED' && event.from === 'UNFENCED') || event.to === 'UNREGISTERED' ? 'warning' : 'notice';
    case 'group.member':
      return event.change === 'expired' || event.change === 'fenced' ? 'warning' : 'info';
    default:
      return 'info';
  }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a whole cluster agreed on: in ZooKeeper's time each broker's configuration said it. */
function versionGate(cluster: string, cast: Cast): string {
  const hasZooKeeper = cast.scenario.clusters.some((one) => one.name === cluster && one.zookeeper !== null);
  return hasZooKeeper ? 'inter.broker.protocol.version' : 'metadata.version';
}
