import type { BrokerImage, ConfigChange, MetadataDelta, PartitionImage, TopicImage } from '../metadata.ts';
import type { Network } from '../network/network.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { RequestSendThread } from './requestSendThread.ts';

const REQUEST_BYTES = 150;
const BYTES_PER_PARTITION = 60;

interface Channel {
  readonly thread: RequestSendThread;
  /** The version of the list of live brokers that its last UpdateMetadata carried. */
  sentBrokers: number;
}

/** What is to be told after a step of the controller. */
export interface Batch {
  readonly topics?: readonly TopicImage[];
  readonly partitions: readonly PartitionImage[];
  /** Of a topic that is created: brokers read them when they make its logs. */
  readonly configs?: readonly ConfigChange[];
  readonly cause: EventId;
}

/**
 * A controller's channels to the live brokers. After each step every replica's broker gets LeaderAndIsr for what it
 * hosts, and then every broker gets UpdateMetadata.
 *
 * Source: Kafka's `ControllerChannelManager`, `ControllerBrokerRequestBatch`.
 */
export class BrokerChannels {
  readonly #network: Network;
  readonly #from: Process;
  readonly #epoch: number;
  readonly #processes: ReadonlyMap<number, Process>;
  readonly #apply: (broker: number, controllerEpoch: number, delta: MetadataDelta) => void;
  readonly #channels = new Map<number, Channel>();
  #brokers: readonly BrokerImage[] = [];
  #brokersVersion = 0;
  #sent = 0;

  constructor(
    network: Network,
    from: Process,
    epoch: number,
    processes: ReadonlyMap<number, Process>,
    apply: (broker: number, controllerEpoch: number, delta: MetadataDelta) => void,
  ) {
    this.#network = network;
    this.#from = from;
    this.#epoch = epoch;
    this.#processes = processes;
    this.#apply = apply;
  }

  /** Who is live now; channels of the others end, and what waits in them is dropped. */
  setLive(live: ReadonlySet<number>, images: readonly BrokerImage[]): void {
    this.#brokers = images;
    this.#brokersVersion++;
    for (const [broker, { thread }] of [...this.#channels]) {
      if (live.has(broker)) continue;
      thread.close();
      this.#channels.delete(broker);
    }
    for (const broker of live) {
      if (this.#channels.has(broker)) continue;
      const thread = new RequestSendThread(this.#network, this.#from, this.#processes.get(broker)!);
      this.#channels.set(broker, { thread, sentBrokers: 0 });
    }
  }

  /** A new incarnation of the broker: nothing that was meant for the old one may reach it. */
  forget(broker: number): void {
    this.#channels.get(broker)?.thread.close();
    this.#channels.delete(broker);
  }

  /** @param stopped partitions of this broker that get StopReplica instead: it neither leads nor follows any more */
  send(batch: Batch, stopped: ReadonlyMap<number, ReadonlySet<number>> = NONE_STOPPED): void {
    for (const [broker, channel] of this.#channels) {
      const stops = stopped.get(broker);
      const hosted = batch.partitions.filter(({ replicas }) => replicas.includes(broker));
      const leaderAndIsr = hosted.map((image) => (stops?.has(image.partition) ? { ...image, leader: -1 } : image));
      if (leaderAndIsr.length > 0) this.#send(broker, channel, { ...batch, partitions: leaderAndIsr });
      this.#send(broker, channel, batch, true);
    }
  }

  /** UpdateMetadata to one broker: everything, as for a broker that starts. */
  sendAll(broker: number, batch: Batch): void {
    const channel = this.#channels.get(broker);
    if (channel !== undefined) this.#send(broker, channel, batch, true);
  }

  /** StopReplica with deletion, and UpdateMetadata without the topic. */
  delete(topic: TopicImage, cause: EventId): void {
    const nothing = { topics: [], partitions: [], brokers: [], configs: [] } as const;
    for (const [broker, { thread }] of this.#channels) {
      const delta: MetadataDelta = { ...nothing, offset: ++this.#sent, deleted: [topic], cause };
      thread.send(REQUEST_BYTES, () => this.#apply(broker, this.#epoch, delta));
    }
  }

  close(): void {
    for (const { thread } of this.#channels.values()) thread.close();
    this.#channels.clear();
  }

  #send(
    broker: number,
    channel: Channel,
    { topics = [], partitions, configs = [], cause }: Batch,
    isUpdateMetadata = false,
  ): void {
    const withBrokers = isUpdateMetadata && channel.sentBrokers !== this.#brokersVersion;
    if (withBrokers) channel.sentBrokers = this.#brokersVersion;
    const brokers = withBrokers ? this.#brokers : [];
    if (topics.length + partitions.length + brokers.length === 0) return;
    const delta: MetadataDelta = { offset: ++this.#sent, topics, partitions, brokers, configs, cause };
    const bytes = REQUEST_BYTES + BYTES_PER_PARTITION * partitions.length;
    channel.thread.send(bytes, () => this.#apply(broker, this.#epoch, delta));
  }
}

const NONE_STOPPED: ReadonlyMap<number, ReadonlySet<number>> = new Map();
