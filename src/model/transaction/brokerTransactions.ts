/** Everything of transactions on one broker: its coordinator, its channel to other brokers, and what it answers them. */
import type { BrokerServer, CoordinatorServer } from '../broker/brokerServer.ts';
import type { Exchange } from '../network/exchange.ts';
import { NetworkClient } from '../network/networkClient.ts';
import type { ErrorName, FindCoordinatorResponse } from '../protocol.ts';
import { MarkerSender } from './markerSender.ts';
import { PartitionVerifier } from './partitionVerifier.ts';
import { RequestLink } from './requestLink.ts';
import { TransactionCoordinator } from './transactionCoordinator.ts';
import type { TransactionLog } from './transactionLog.ts';
import {
  type AddOffsetsRequest,
  type AddPartitionsRequest,
  type EndTxnRequest,
  type FindTransactionCoordinatorRequest,
  type InitTransactionsRequest,
  TRANSACTION_TOPIC,
  type WriteMarkersRequest,
  type WriteMarkersResponse,
} from './transactionProtocol.ts';
import { TransactionScans } from './transactionScans.ts';

type AnyExchange = Exchange<unknown, unknown>;

const RESPONSE_BYTES = 60;
/** The channel's client: `TransactionMarkerChannelManager.apply`. */
const RECONNECT_BACKOFF_US = 50_000;

export interface TransactionHooks {
  readonly offsetsPartitionOf: (group: number) => number;
  /** A marker reached a partition that this broker leads. */
  readonly markerWritten: (partition: number, producerId: number, isCommit: boolean, offset: number) => void;
}

export class BrokerTransactions implements CoordinatorServer {
  readonly #server: BrokerServer;
  readonly #network: NetworkClient;
  readonly #link: RequestLink;
  readonly #coordinator: TransactionCoordinator;
  readonly #hooks: TransactionHooks;

  constructor(server: BrokerServer, log: TransactionLog, hooks: TransactionHooks) {
    this.#server = server;
    this.#hooks = hooks;
    const { ctx, process, view, layout } = server;
    const setupTimeoutUs = view.configs.number('socket.connection.setup.timeout.ms') * 1000;
    const options = {
      maxInFlight: 100,
      reconnectBackoffUs: RECONNECT_BACKOFF_US,
      reconnectBackoffMaxUs: RECONNECT_BACKOFF_US,
      setupTimeoutUs,
      setupTimeoutMaxUs: setupTimeoutUs,
    };
    const random = ctx.kernel.random.stream(`transaction-channel/${server.broker}`);
    this.#network = new NetworkClient(process, ctx.network, options, random, {
      onReady: () => this.#link.flush(),
      onDisconnected: (node) => this.#link.disconnected(node),
    });
    this.#link = new RequestLink(this.#network, view.configs.number('request.timeout.ms') * 1000);
    const isV2 = (): boolean => layout.behaviour.transactionsV2Default;
    this.#coordinator = new TransactionCoordinator({
      server,
      log,
      markers: new MarkerSender(server, this.#link),
      scans: new TransactionScans(server),
      isV2,
      offsetsPartitionOf: hooks.offsetsPartitionOf,
    });
    server.replicas.produce.verifier = new PartitionVerifier(server, this.#link, isV2, (id) =>
      this.#coordinator.partitionOf(id),
    );
  }

  handle(exchange: AnyExchange): boolean {
    const { request } = exchange;
    switch (exchange.api) {
      case 'FindCoordinator':
        return this.#findCoordinator(exchange);
      case 'InitProducerId':
        this.#coordinator.initProducerId(request as InitTransactionsRequest, this.#answer(exchange));
        return true;
      case 'AddPartitionsToTxn':
        this.#coordinator.addPartitions(request as AddPartitionsRequest, this.#answer(exchange));
        return true;
      case 'AddOffsetsToTxn':
        this.#coordinator.addOffsets(request as AddOffsetsRequest, this.#answer(exchange));
        return true;
      case 'EndTxn':
        this.#coordinator.endTxn(request as EndTxnRequest, this.#answer(exchange));
        return true;
      case 'WriteTxnMarkers':
        this.#writeMarkers(request as WriteMarkersRequest, this.#answer(exchange));
        return true;
      default:
        return false;
    }
  }

  leadershipChanged(partition: number, leads: boolean): void {
    this.#coordinator.leadershipChanged(partition, leads);
  }

  stop(): void {
    this.#coordinator.stop();
    this.#link.stop();
    this.#network.close();
  }

  #answer(exchange: AnyExchange): (response: unknown) => void {
    const servedUs = this.#server.servedUs();
    const { kernel } = this.#server.ctx;
    return (response) => exchange.respond(response, RESPONSE_BYTES, Math.max(servedUs, kernel.nowUs));
  }

  /** Any broker answers from its metadata; the topic is created when it is first asked for. */
  #findCoordinator(exchange: AnyExchange): boolean {
    const { transactionalId } = exchange.request as Partial<FindTransactionCoordinatorRequest>;
    if (transactionalId === undefined) return false;
    const { view, autoTopics } = this.#server;
    if (view.topic(TRANSACTION_TOPIC) === undefined) autoTopics.create(TRANSACTION_TOPIC);
    const partition = this.#coordinator.partitionOf(transactionalId);
    const coordinator = partition < 0 ? -1 : (view.partition(partition)?.leader ?? -1);
    const error = coordinator < 0 ? 'COORDINATOR_NOT_AVAILABLE' : 'NONE';
    const response: FindCoordinatorResponse = { error, coordinator };
    exchange.respond(response, RESPONSE_BYTES, this.#server.servedUs());
    return true;
  }

  /** One control record on each partition, replicated before the answer (KafkaApis.handleWriteTxnMarkersRequest). */
  #writeMarkers(request: WriteMarkersRequest, answer: (response: WriteMarkersResponse) => void): void {
    const { partitions, producerId, producerEpoch, isCommit } = request;
    const { produce } = this.#server.replicas;
    const timeoutUs = this.#server.view.configs.number('request.timeout.ms') * 1000;
    const errors = new Array<ErrorName>(partitions.length).fill('NONE');
    const { process } = this.#server;
    const { incarnation } = process;
    let left = partitions.length;
    partitions.forEach((partition, i) => {
      const { env } = this.#server.replicas;
      const offset = env.replicas.get(env.broker, partition)?.log.logEndOffset ?? -1;
      produce.appendMarker(partition, producerId, producerEpoch, isCommit, timeoutUs, (error) => {
        process.run(() => {
          if (incarnation !== process.incarnation) return;
          errors[i] = error;
          if (error === 'NONE') this.#hooks.markerWritten(partition, producerId, isCommit, offset);
          if (--left === 0) answer({ error: 'NONE', errors });
        });
      });
    });
  }
}
