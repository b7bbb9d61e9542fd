import { behaviourOf } from '../../kafka/behaviour.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Producer } from '../../scenario/scenario.ts';
import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import { ClientMetadata } from '../client/clientMetadata.ts';
import type { ClientProcess } from '../client/clientProcess.ts';
import { ConfigReader } from '../client/configReader.ts';
import type { Feeder } from '../consumer/transformLink.ts';
import type { ModelContext } from '../context.ts';
import { Exchange, type ExchangeOwner } from '../network/exchange.ts';
import { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { InitProducerIdResponse } from '../protocol.ts';
import { Accumulator } from './accumulator.ts';
import { FedRecords } from './fedRecords.ts';
import type { Lane } from './lane.ts';
import { type Lanes, lanesOf } from './lanes.ts';
import { ProducerSession } from './producerSession.ts';
import { ProducerSettings } from './producerSettings.ts';
import { Sender } from './sender.ts';
import { TransactionManager } from './transactionManager.ts';

type LaneNumber = (client: number, partition: number) => number;

/** One producer instance: arrivals, accumulator, sender, session (KafkaProducer). */
export class ProducerClient implements ClientProcess, ExchangeOwner<null, InitProducerIdResponse> {
  readonly client: number;
  isStarted = false;
  /** The application that makes its records from what it reads; null: they come by a rate. */
  feeder: Feeder | null = null;
  /** Its application must close it, and learns so. */
  onFatal: () => void = () => {};
  readonly #ctx: ModelContext;
  readonly #process: Process;
  readonly #settings: ProducerSettings;
  readonly #network: NetworkClient;
  readonly #metadata: ClientMetadata;
  /** Where its first InitProducerId goes although metadata come from elsewhere (brokers of several clusters in bootstrap.servers). */
  #firstInitNode: Process | null;
  readonly #session: ProducerSession;
  readonly #accumulator: Accumulator;
  readonly #topic: string;
  readonly #lanes: Lanes;
  readonly #sender: Sender;
  readonly #transactions: TransactionManager | null;
  #initAttempts = 0;
  #initInFlight = false;
  #initTimer: TimerHandle = NO_TIMER;
  #isClosed = false;
  #isClosing = false;

  constructor(
    ctx: ModelContext,
    spec: Producer,
    instance: number,
    client: number,
    process: Process,
    bootstrap: readonly Process[],
    brokerProcesses: readonly Process[],
    partitions: readonly number[],
    numberOf: LaneNumber,
    firstInitNode: Process | null = null,
    isV2: () => boolean = () => false,
  ) {
    this.#firstInitNode = firstInitNode;
    this.#ctx = ctx;
    this.client = client;
    this.#process = process;
    const { kafka } = ctx.scenario.clusters.find((cluster) => cluster.name === spec.cluster)!;
    this.#settings = new ProducerSettings(spec, behaviourOf(kafka as KafkaVersion).leaderHintInErrors);
    const configs = new ConfigReader(spec.configs);
    const random = ctx.kernel.random.stream(`producer/${spec.name}/${instance}`);
    this.#network = new NetworkClient(
      process,
      ctx.network,
      networkOptions(configs, this.#settings.maxInFlight),
      random,
      {
        onReady: (node) => this.#nodeReady(node, brokerProcesses),
        onDisconnected: (node, reason, wasReady) => this.#disconnected(node, brokerProcesses, wasReady ? reason : null),
      },
    );
    const metadataOptions = {
      retryBackoffMs: this.#settings.retryBackoffMs,
      retryBackoffMaxMs: this.#settings.retryBackoffMaxMs,
      requestTimeoutUs: this.#settings.requestTimeoutUs,
      maxAgeUs: configs.us('metadata.max.age.ms'),
    };
    this.#metadata = new ClientMetadata(this.#network, bootstrap, client, [spec.topic], metadataOptions, random);
    this.#session = new ProducerSession(ctx.recorder, client);
    this.#topic = spec.topic;
    this.#lanes = lanesOf(ctx, spec, instance, partitions);
    const fed = this.#lanes.stream instanceof FedRecords ? this.#lanes.stream : null;
    const group = ctx.cast.groups.findIndex(({ name }) => name === spec.fedBy);
    this.#accumulator = new Accumulator(this.#settings, this.#lanes.lanes, this.#lanes.stream, {
      recorder: ctx.recorder,
      random,
      numberLane: (lane) => {
        lane.number = numberOf(client, lane.partition);
      },
      isAvailable: (lane) => this.#metadata.leader(lane.partition) >= 0,
      ...(fed === null
        ? {}
        : {
            dealt: (lane: Lane, firstRecord: number, index: number, count: number) =>
              fed.origins(index, count, (at, length, inLane, inFirst) =>
                ctx.recorder.transformed(group, inLane, inFirst, lane.number, firstRecord + at, length),
              ),
          }),
    });
    const transactionalId = transactionalIdOf(spec, instance);
    this.#transactions =
      transactionalId === undefined
        ? null
        : new TransactionManager({
            ctx,
            client,
            process,
            network: this.#network,
            brokerProcesses,
            settings: this.#settings,
            session: this.#session,
            accumulator: this.#accumulator,
            isV2,
            transactionalId,
            random: ctx.kernel.random.stream(`transaction/${spec.name}/${instance}`),
            leastLoadedNode: () => this.#metadata.leastLoadedNode(),
            openBatches: () => this.#sender.openBatches(),
            wake: () => this.#sender.wakeAll(),
            feeder: () => this.feeder,
            closeAfterFatal: () => {
              this.#end(false);
              this.onFatal();
            },
          });
    this.#sender = new Sender({
      ctx,
      client,
      process,
      network: this.#network,
      metadata: this.#metadata,
      settings: this.#settings,
      accumulator: this.#accumulator,
      session: this.#session,
      brokerProcesses,
      transactions: this.#transactions,
      ...(transactionalId === undefined ? {} : { transactionalId }),
      onSettled: () => {
        this.#transactions?.settled();
        this.#endWhenFlushed();
      },
    });
    process.onLifeChange((_process, from, to) => {
      if (!this.isStarted) return;
      if (to === 'frozen') this.#accumulator.admitAll(ctx.kernel.nowUs);
      else if (from === 'frozen') this.#accumulator.resumed(ctx.kernel.nowUs);
    });
    this.#metadata.onUpdate(() => {
      this.#initialize();
      this.#adoptPartitions();
      this.#sender.leadersChanged();
    });
  }

  /** The topic has more partitions than this client knew: from now on records are dealt over all of them. */
  #adoptPartitions(): void {
    const known = this.#metadata.partitionsOf(this.#topic);
    if (known.length <= this.#lanes.lanes.length) return;
    const fromUs = this.#accumulator.settle(this.#ctx.kernel.nowUs);
    this.#accumulator.added(this.#lanes.grow(known, fromUs));
  }

  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.#isClosed = false;
    const { kernel, recorder } = this.#ctx;
    recorder.event(kernel.nowUs, this.#process.cause, { type: 'client.started', client: this.client });
    this.#network.reopen();
    this.#metadata.requestUpdate();
    this.#transactions?.start();
    this.#sender.start();
  }

  /** The application hands over records that it made from records of another lane. */
  feed(count: number, atUs: number, lane: number, first: number): void {
    if (!this.isStarted || !(this.#lanes.stream instanceof FedRecords)) return;
    this.#lanes.stream.push(count, atUs, lane, first);
    this.#sender.wakeAll();
  }

  /** The application ends the transaction under way and begins none; without transactions at once. */
  endTransactionThen(done: () => void): void {
    if (this.#transactions === null || !this.isStarted) done();
    else this.#transactions.endThen(done);
  }

  /** Partitions were taken from the application: what it made of their records is not committed. */
  inputRevoked(): void {
    if (this.isStarted) this.#transactions?.inputRevoked();
  }

  /** graceful: KafkaProducer.close(): what was handed over is sent, and the producer ends with its last outcome. */
  stop(graceful: boolean): void {
    if (!this.isStarted) return;
    if (!graceful) {
      this.#accumulator.admitAll(this.#ctx.kernel.nowUs);
      this.#end(true);
      return;
    }
    if (this.#transactions === null) this.#close();
    else this.#transactions.endThen(() => this.#close());
  }

  #close(): void {
    this.#isClosing = true;
    this.#accumulator.close(this.#ctx.kernel.nowUs);
    this.#sender.wakeAll();
    this.#endWhenFlushed();
  }

  #endWhenFlushed(): void {
    if (this.#isClosing && this.#sender.openBatches().length === 0) this.#end(true);
  }

  kill(): void {
    if (!this.isStarted) return;
    this.#accumulator.admitAll(this.#ctx.kernel.nowUs);
    this.#end(false);
  }

  restart(): void {
    this.#accumulator.skipUntil(this.#ctx.kernel.nowUs);
    this.start();
  }

  finish(): void {
    if (!this.isStarted || this.#process.life === 'dead') return;
    this.#accumulator.admitAll(this.#ctx.kernel.nowUs);
    this.#accumulator.finish(this.#ctx.kernel.nowUs);
    this.#transactions?.finish();
    this.#forEachOpen((batch) => this.#ctx.recorder.unresolved(batch.lane, batch.first, batch.count, batch.wasSent));
  }

  /** What the process still held dies with it: its application never learns what became of it. */
  #end(graceful: boolean): void {
    const { kernel, recorder } = this.#ctx;
    this.isStarted = false;
    this.#isClosing = false;
    this.#isClosed = true;
    this.#forEachOpen((batch) => {
      batch.isDone = true;
      this.#accumulator.release(batch);
      // Nobody commits what was under way: EndTxn goes out when every batch has its answer.
      if (this.#transactions !== null && batch.wasSent)
        recorder.aborted(batch.lane, batch.first, batch.count, kernel.nowUs);
      else if (batch.wasSent)
        recorder.failed(
          batch.lane,
          batch.first,
          batch.count,
          'ProcessEnded',
          true,
          batch.createdFromUs,
          batch.createdToUs,
          kernel.nowUs,
        );
      else recorder.neverSent(batch.lane, batch.first, batch.count, kernel.nowUs);
    });
    for (const lane of this.#accumulator.lanes) {
      lane.queue.length = 0;
      lane.sequenced.length = 0;
      lane.inFlight = 0;
      lane.isMuted = false;
      lane.hasUnresolved = false;
      lane.producerEpoch = -1;
    }
    this.#transactions?.stop();
    this.#sender.stop();
    this.#metadata.stop();
    this.#network.close();
    kernel.cancel(this.#initTimer);
    this.#session.reset();
    this.#initInFlight = false;
    recorder.event(kernel.nowUs, this.#process.cause, { type: 'client.stopped', client: this.client, graceful });
  }

  #forEachOpen(visit: (batch: Lane['queue'][number]) => void): void {
    for (const batch of this.#sender.openBatches()) visit(batch);
  }

  // ── connections and the producer id ───────────────────────────────────────────────────────────

  #nodeReady(node: Process, brokers: readonly Process[]): void {
    this.#metadata.connectionsChanged();
    this.#initialize();
    this.#transactions?.connectionReady();
    this.#sender.wake(brokers.indexOf(node));
  }

  #disconnected(
    node: Process,
    brokers: readonly Process[],
    lost: 'RST' | 'request.timeout' | 'setup.timeout' | null,
  ): void {
    const { kernel, recorder } = this.#ctx;
    const broker = brokers.indexOf(node);
    if (lost !== null)
      recorder.event(kernel.nowUs, node.cause, { type: 'connection.lost', client: this.client, broker, reason: lost });
    this.#metadata.requestUpdate();
    this.#metadata.connectionsChanged();
    this.#transactions?.disconnected(node);
    this.#sender.wake(broker);
  }

  /** InitProducerId goes to any broker; no data is sent before it is answered. */
  #initialize(): void {
    if (this.#transactions !== null) return;
    if (!this.#settings.isIdempotent || this.#session.isReady || this.#initInFlight || this.#isClosed) return;
    const { kernel } = this.#ctx;
    if (kernel.isPending(this.#initTimer)) return;
    const node = this.#firstInitNode ?? this.#metadata.leastLoadedNode();
    if (node === null || !this.#network.ready(node)) return;
    this.#firstInitNode = null;
    this.#initInFlight = true;
    if (!this.#session.isInitializing) this.#session.step('initProducerId.sent', kernel.nowUs);
    this.#network.send(node, new Exchange('InitProducerId', null, this), 60, this.#settings.requestTimeoutUs);
  }

  onResponse(_exchange: Exchange<null, InitProducerIdResponse>, response: InitProducerIdResponse): void {
    this.#initInFlight = false;
    if (response.error !== 'NONE') {
      this.#retryInitialize();
      return;
    }
    this.#initAttempts = 0;
    this.#session.adopt(response.producerId, response.producerEpoch, this.#ctx.kernel.nowUs);
    this.#sender.wakeAll();
  }

  onFailure(): void {
    this.#retryInitialize();
  }

  #retryInitialize(): void {
    const { kernel } = this.#ctx;
    this.#initInFlight = false;
    this.#session.step('initProducerId.failed', kernel.nowUs);
    const backoffUs =
      1000 *
      exponentialBackoffMs(
        this.#initAttempts++,
        this.#settings.retryBackoffMs,
        this.#settings.retryBackoffMaxMs,
        jitterFactor(this.#network.random.next()),
      );
    this.#initTimer = kernel.atControl(kernel.nowUs + backoffUs, () => this.#process.run(() => this.#initialize()));
  }
}

export function networkOptions(configs: ConfigReader, maxInFlight: number) {
  return {
    maxInFlight,
    reconnectBackoffUs: configs.us('reconnect.backoff.ms'),
    reconnectBackoffMaxUs: configs.us('reconnect.backoff.max.ms'),
    setupTimeoutUs: configs.us('socket.connection.setup.timeout.ms'),
    setupTimeoutMaxUs: configs.us('socket.connection.setup.timeout.max.ms'),
    sendBufferBytes: configs.number('send.buffer.bytes'),
    receiveBufferBytes: configs.number('receive.buffer.bytes'),
  };
}

/** Each instance has one of its own: of several, and of those that come later, each has its number behind it. */
function transactionalIdOf({ transaction, instances }: Producer, instance: number): string | undefined {
  if (transaction === null) return undefined;
  return instances.length === 1 && instance === 0 ? transaction.id : `${transaction.id}-${instance}`;
}
