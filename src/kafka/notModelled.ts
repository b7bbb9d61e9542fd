import { type ConfigKind, configNames } from './configTable.ts';
import type { KafkaVersion } from './versions.ts';

/**
 * The configs that change what the model does. Any other config that the release knows is accepted, and reported as
 * not modelled.
 */
const MODELLED: Partial<Record<ConfigKind, readonly string[]>> = {
  broker: [
    'auto.create.topics.enable',
    'auto.leader.rebalance.enable',
    'broker.heartbeat.interval.ms',
    'broker.session.timeout.ms',
    'controlled.shutdown.enable',
    'controller.quorum.append.linger.ms',
    'controller.quorum.election.backoff.max.ms',
    'controller.quorum.election.timeout.ms',
    'controller.quorum.fetch.timeout.ms',
    'controller.quorum.request.timeout.ms',
    'default.replication.factor',
    'delete.topic.enable',
    'follower.replication.throttled.rate',
    'group.initial.rebalance.delay.ms',
    'group.max.session.timeout.ms',
    'group.min.session.timeout.ms',
    'leader.imbalance.check.interval.seconds',
    'leader.replication.throttled.rate',
    'log.dir.failure.timeout.ms',
    'log.flush.interval.messages',
    'log.flush.interval.ms',
    'log.flush.offset.checkpoint.interval.ms',
    'log.flush.scheduler.interval.ms',
    'log.retention.bytes',
    'log.retention.check.interval.ms',
    'log.retention.hours',
    'log.retention.minutes',
    'log.retention.ms',
    'log.roll.hours',
    'log.roll.jitter.hours',
    'log.roll.jitter.ms',
    'log.roll.ms',
    'log.segment.bytes',
    'message.max.bytes',
    'min.insync.replicas',
    'num.io.threads',
    'num.network.threads',
    'num.partitions',
    'num.recovery.threads.per.data.dir',
    'num.replica.fetchers',
    'offsets.commit.timeout.ms',
    'offsets.topic.num.partitions',
    'offsets.topic.replication.factor',
    'offsets.topic.segment.bytes',
    'replica.fetch.backoff.ms',
    'replica.fetch.max.bytes',
    'replica.fetch.response.max.bytes',
    'replica.fetch.wait.max.ms',
    'replica.high.watermark.checkpoint.interval.ms',
    'replica.lag.time.max.ms',
    'replication.quota.window.num',
    'replication.quota.window.size.seconds',
    'replica.selector.class',
    'replica.socket.receive.buffer.bytes',
    'replica.socket.timeout.ms',
    'request.timeout.ms',
    'socket.connection.setup.timeout.ms',
    'socket.receive.buffer.bytes',
    'socket.send.buffer.bytes',
    'unclean.leader.election.enable',
    'unclean.leader.election.interval.ms',
  ],
  topic: [
    'follower.replication.throttled.replicas',
    'leader.replication.throttled.replicas',
    'file.delete.delay.ms',
    'flush.messages',
    'flush.ms',
    'max.message.bytes',
    'min.insync.replicas',
    'retention.bytes',
    'retention.ms',
    'segment.bytes',
    'segment.ms',
    'unclean.leader.election.enable',
  ],
  producer: [
    'acks',
    'batch.size',
    'buffer.memory',
    'compression.type',
    'delivery.timeout.ms',
    'enable.idempotence',
    'linger.ms',
    'max.block.ms',
    'max.in.flight.requests.per.connection',
    'max.request.size',
    'metadata.max.age.ms',
    'partitioner.ignore.keys',
    'receive.buffer.bytes',
    'reconnect.backoff.max.ms',
    'reconnect.backoff.ms',
    'request.timeout.ms',
    'retries',
    'retry.backoff.max.ms',
    'retry.backoff.ms',
    'send.buffer.bytes',
    'socket.connection.setup.timeout.max.ms',
    'socket.connection.setup.timeout.ms',
  ],
  consumer: [
    'allow.auto.create.topics',
    'auto.commit.interval.ms',
    'auto.offset.reset',
    'client.rack',
    'enable.auto.commit',
    'fetch.max.bytes',
    'fetch.max.wait.ms',
    'fetch.min.bytes',
    'group.instance.id',
    'heartbeat.interval.ms',
    'max.partition.fetch.bytes',
    'max.poll.interval.ms',
    'max.poll.records',
    'metadata.max.age.ms',
    'partition.assignment.strategy',
    'receive.buffer.bytes',
    'reconnect.backoff.max.ms',
    'reconnect.backoff.ms',
    'request.timeout.ms',
    'retry.backoff.max.ms',
    'retry.backoff.ms',
    'send.buffer.bytes',
    'session.timeout.ms',
    'socket.connection.setup.timeout.max.ms',
    'socket.connection.setup.timeout.ms',
  ],
};

const sets = new Map<ConfigKind, ReadonlySet<string>>();

/** The configs of a kind that have an effect in the model; empty for kinds that it does not play yet. */
export function modelledConfigs(kind: ConfigKind): ReadonlySet<string> {
  let set = sets.get(kind);
  if (!set) {
    set = new Set(MODELLED[kind] ?? []);
    sets.set(kind, set);
  }
  return set;
}

/** The configs that `version` knows and the model ignores, in code unit order. */
export function notModelledConfigs(kind: ConfigKind, version: KafkaVersion): string[] {
  const modelled = modelledConfigs(kind);
  return configNames(kind, version).filter((name) => !modelled.has(name));
}
