/**
 * The group coordinator of one broker: answers for the groups whose partition of `__consumer_offsets` it leads.
 *
 * A partition's groups are loaded from the broker's own replica when it becomes leader, and forgotten when it resigns.
 * The topic is created when the first client asks for a coordinator.
 *
 * Source: Apache Kafka `GroupCoordinatorService`, `CoordinatorRuntime`, `CoordinatorLoaderImpl`, `AutoTopicCreationManager`.
 *
 * Not modelled: the append linger of the coordinator, the removal of groups that have nothing left.
 */
import { coordinatorPartition } from '../algorithms/coordinatorPartition.ts';
import type { BrokerServer, CoordinatorServer } from '../broker/brokerServer.ts';
import type { TopicImage } from '../metadata.ts';
import type { Exchange } from '../network/exchange.ts';
import type { ErrorName, FindCoordinatorResponse } from '../protocol.ts';
import type { TxnOffsetCommitBody } from '../transaction/transactionProtocol.ts';
import { OFFSETS_TOPIC } from '../world.ts';
import { CoordinatorShard } from './coordinatorShard.ts';
import { answerGroupRequest, refuseGroupRequest } from './groupApis.ts';
import type { FindCoordinatorRequest, InGroup } from './groupRequests.ts';
import type { GroupTrace } from './groupTrace.ts';
import type { HostedGroup } from './hostedGroup.ts';
import type { OffsetsLog } from './offsetsLog.ts';

type AnyExchange = Exchange<unknown, unknown>;

const GROUP_APIS = new Set([
  'JoinGroup',
  'SyncGroup',
  'Heartbeat',
  'LeaveGroup',
  'ConsumerGroupHeartbeat',
  'OffsetCommit',
  'OffsetFetch',
  'TxnOffsetCommit',
]);
const RESPONSE_BYTES = 60;

export class GroupCoordinator implements CoordinatorServer {
  readonly #server: BrokerServer;
  readonly #log: OffsetsLog;
  readonly #trace: GroupTrace;
  /** By partition of `__consumer_offsets`; those that this broker leads. */
  readonly #shards = new Map<number, CoordinatorShard>();

  constructor(server: BrokerServer, log: OffsetsLog, trace: GroupTrace) {
    this.#server = server;
    this.#log = log;
    this.#trace = trace;
  }

  handle(exchange: AnyExchange): boolean {
    if (exchange.api === 'FindCoordinator') {
      this.#findCoordinator(exchange as Exchange<FindCoordinatorRequest, FindCoordinatorResponse>);
      return true;
    }
    if (!GROUP_APIS.has(exchange.api)) return false;
    const servedUs = this.#server.servedUs();
    const respond = (response: unknown, bytes: number): void =>
      exchange.respond(response, bytes, Math.max(servedUs, this.#server.ctx.kernel.nowUs));
    const group = this.#hosted((exchange.request as InGroup<unknown>).group);
    if (typeof group === 'string') respond(refuseGroupRequest(exchange, group), RESPONSE_BYTES);
    else if (exchange.api === 'TxnOffsetCommit') this.#verifyFirst(exchange, group, respond);
    else answerGroupRequest(exchange, group, respond);
    return true;
  }

  /** A marker was written to a partition that this broker leads: offsets of that transaction count, or are dropped. */
  transactionEnded(partition: number, producerId: number, isCommit: boolean, offset: number): void {
    this.#shards.get(partition)?.transactionEnded(producerId, isCommit, offset);
  }

  /** The partition must be part of the transaction (or becomes it, version 2), as for records (KIP-890). */
  #verifyFirst(exchange: AnyExchange, group: HostedGroup, respond: (response: unknown, bytes: number) => void): void {
    const { group: index, body } = exchange.request as InGroup<TxnOffsetCommitBody>;
    const { verifier } = this.#server.replicas.produce;
    if (verifier?.isOn !== true) {
      answerGroupRequest(exchange, group, respond);
      return;
    }
    const { producerId, producerEpoch, transactionalId } = body;
    const offsets = { partition: this.partitionOf(index), producerId, producerEpoch };
    verifier.verify(transactionalId, [offsets], (error) => {
      if (error === 'NONE') answerGroupRequest(exchange, group, respond);
      else respond({ error }, RESPONSE_BYTES);
    });
  }

  leadershipChanged(partition: number, leads: boolean): void {
    if (this.#server.view.topicOf(partition) !== OFFSETS_TOPIC) return;
    this.#shards.get(partition)?.unload();
    this.#shards.delete(partition);
    if (!leads) return;
    const shard = new CoordinatorShard(this.#server, partition, this.#log, this.#trace);
    this.#shards.set(partition, shard);
    shard.startLoading((group) => this.partitionOf(group) === partition);
  }

  stop(): void {
    for (const shard of this.#shards.values()) shard.stop();
    this.#shards.clear();
  }

  /** Any broker answers from its metadata; see FindCoordinator in `KafkaApis`. */
  #findCoordinator(exchange: Exchange<FindCoordinatorRequest, FindCoordinatorResponse>): void {
    const partition = this.partitionOf(exchange.request.group);
    if (this.#topic === undefined) this.#server.autoTopics.create(OFFSETS_TOPIC);
    const coordinator = partition < 0 ? -1 : (this.#server.view.partition(partition)?.leader ?? -1);
    const error = coordinator < 0 ? 'COORDINATOR_NOT_AVAILABLE' : 'NONE';
    exchange.respond({ error, coordinator }, RESPONSE_BYTES, this.#server.servedUs());
  }

  #hosted(group: number): HostedGroup | ErrorName {
    const shard = this.#shards.get(this.partitionOf(group));
    if (shard === undefined) return 'NOT_COORDINATOR';
    return shard.isLoaded ? shard.group(group) : 'COORDINATOR_LOAD_IN_PROGRESS';
  }

  /** The group's partition of `__consumer_offsets`; -1 while this broker knows no such topic or the group is another cluster's. */
  partitionOf(group: number): number {
    const { cast } = this.#server.ctx;
    const spec = cast.groups[group];
    const topic = this.#topic;
    if (topic === undefined || spec?.cluster !== this.#server.layout.spec.name) return -1;
    return topic.partitions[coordinatorPartition(spec.name, topic.partitions.length)] ?? -1;
  }

  get #topic(): TopicImage | undefined {
    return this.#server.view.topic(OFFSETS_TOPIC);
  }
}
