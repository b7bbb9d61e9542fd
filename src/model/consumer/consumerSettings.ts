import type { ConsumerGroup } from '../../scenario/scenario.ts';
import { ConfigReader } from '../client/configReader.ts';
import type { Assignor } from '../group/assignors/assignor.ts';
import { cooperativeStickyAssignor } from '../group/assignors/cooperativeSticky.ts';
import { rangeAssignor } from '../group/assignors/range.ts';
import { roundRobinAssignor } from '../group/assignors/roundRobin.ts';
import { stickyAssignor } from '../group/assignors/sticky.ts';
import type { MemberConfig } from '../group/memberPorts.ts';
import { parseResetPolicy, type ResetPolicy } from './resetPolicy.ts';

const ASSIGNORS: Readonly<Record<string, Assignor>> = {
  RangeAssignor: rangeAssignor,
  RoundRobinAssignor: roundRobinAssignor,
  StickyAssignor: stickyAssignor,
  CooperativeStickyAssignor: cooperativeStickyAssignor,
};

/** The configs of one consumer in model units. Source: ConsumerConfig. */
export class ConsumerSettings {
  readonly fetchMinBytes: number;
  readonly fetchMaxWaitUs: number;
  readonly fetchMaxBytes: number;
  readonly maxPartitionFetchBytes: number;
  readonly maxPollRecords: number;
  /** isolation.level=read_committed */
  readonly readCommitted: boolean;
  readonly requestTimeoutUs: number;
  readonly apiTimeoutUs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly metadataMaxAgeUs: number;
  readonly allowAutoTopicCreation: boolean;
  readonly autoCommitIntervalUs: number;
  readonly resetPolicy: ResetPolicy;
  readonly rack: string | null;
  /** In order of preference. */
  readonly assignors: readonly Assignor[];
  /** Whether `group.protocol` is consumer; null for the classic one. */
  readonly consumerProtocol: { readonly serverAssignor: string | null } | null;
  readonly member: MemberConfig;

  constructor(spec: ConsumerGroup, instance: number, client: number) {
    const configs = new ConfigReader(spec.configs);
    this.fetchMinBytes = configs.number('fetch.min.bytes');
    this.fetchMaxWaitUs = configs.us('fetch.max.wait.ms');
    this.fetchMaxBytes = configs.number('fetch.max.bytes');
    this.maxPartitionFetchBytes = configs.number('max.partition.fetch.bytes');
    this.readCommitted = configs.text('isolation.level') === 'read_committed';
    this.maxPollRecords = configs.number('max.poll.records');
    this.requestTimeoutUs = configs.us('request.timeout.ms');
    this.apiTimeoutUs = configs.us('default.api.timeout.ms');
    this.retryBackoffMs = configs.number('retry.backoff.ms');
    // KIP-580 came with 3.7; before it the wait does not grow.
    this.retryBackoffMaxMs = spec.configs.has('retry.backoff.max.ms')
      ? configs.number('retry.backoff.max.ms')
      : this.retryBackoffMs;
    this.metadataMaxAgeUs = configs.us('metadata.max.age.ms');
    this.allowAutoTopicCreation = configs.flag('allow.auto.create.topics');
    this.autoCommitIntervalUs = configs.us('auto.commit.interval.ms');
    this.resetPolicy = parseResetPolicy(configs.text('auto.offset.reset'));
    this.rack = rackOf(configs.text('client.rack'), spec, instance);
    this.assignors = configs
      .text('partition.assignment.strategy')
      .split(',')
      .map((name) => assignorNamed(name.trim()));
    this.consumerProtocol =
      configs.text('group.protocol').toLowerCase() === 'consumer'
        ? { serverAssignor: textOrNull(configs.text('group.remote.assignor')) }
        : null;
    this.member = {
      client,
      clientId: `consumer-${spec.name}-${instance + 1}`,
      groupInstanceId: spec.staticMembership ? `${spec.name}-${instance}` : null,
      rack: this.rack,
      sessionTimeoutUs: configs.us('session.timeout.ms'),
      heartbeatIntervalUs: configs.us('heartbeat.interval.ms'),
      maxPollIntervalUs: configs.us('max.poll.interval.ms'),
      requestTimeoutUs: this.requestTimeoutUs,
      retryBackoffUs: this.retryBackoffMs * 1000,
      retryBackoffMaxUs: this.retryBackoffMaxMs * 1000,
    };
  }
}

/** `client.rack`; the word zone stands for the zone that each instance is in, which is what brokers have as their rack. */
function rackOf(written: string, spec: ConsumerGroup, instance: number): string | null {
  if (written !== 'zone') return written || null;
  return spec.instances[instance % Math.max(1, spec.instances.length)]?.zone ?? null;
}

function textOrNull(text: string): string | null {
  return text === '' || text === 'null' ? null : text;
}

/** By class name, with or without its package. */
function assignorNamed(className: string): Assignor {
  const assignor = ASSIGNORS[className.slice(className.lastIndexOf('.') + 1)];
  if (assignor === undefined) throw new Error(`partition.assignment.strategy ${className} is not modelled`);
  return assignor;
}
