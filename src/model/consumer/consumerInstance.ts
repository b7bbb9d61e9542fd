/** One life of a consumer, from `new KafkaConsumer` to close or death: wires network, membership, fetching and the application. */
import type { ConsumerGroup } from '../../scenario/scenario.ts';
import { ClientMetadata } from '../client/clientMetadata.ts';
import { ConfigReader } from '../client/configReader.ts';
import type { ModelContext } from '../context.ts';
import type { AssignorTopic } from '../group/assignors/assignor.ts';
import { ClassicMember } from '../group/classicMember.ts';
import type { GroupTimers } from '../group/groupPorts.ts';
import type { GroupMembership, MemberHost } from '../group/memberPorts.ts';
import { ConsumerMember } from '../group/modern/consumerMember.ts';
import type { ConsumerMemberHost } from '../group/modern/consumerMemberPorts.ts';
import { processTimers } from '../group/processTimers.ts';
import { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import { networkOptions } from '../producer/producerClient.ts';
import type { EventId } from '../trace.ts';
import { Application } from './application.ts';
import { Committer } from './committer.ts';
import type { ConsumerParts } from './consumerParts.ts';
import { ConsumerSettings } from './consumerSettings.ts';
import { CoordinatorLink } from './coordinatorLink.ts';
import { Fetcher } from './fetcher.ts';
import type { PartitionState } from './partitionState.ts';
import { Positions } from './positions.ts';
import { Subscription } from './subscription.ts';
import type { FeedingConsumer, TransformLink } from './transformLink.ts';
import { Work } from './work.ts';

/** Consumers do not limit requests in flight. */
const MAX_IN_FLIGHT = 100;
/** `close()` without an argument waits that long. */
const CLOSE_TIMEOUT_US = 30_000_000;

export interface ConsumerSeat {
  readonly ctx: ModelContext;
  readonly spec: ConsumerGroup;
  readonly process: Process;
  readonly instance: number;
  readonly client: number;
  readonly group: number;
  readonly bootstrap: readonly Process[];
  /** By global broker index. */
  readonly brokerProcesses: readonly Process[];
  /** The application writes what it makes of its records. */
  readonly transform?: TransformLink;
  /** What last happened to the group. */
  groupCause(): EventId;
}

export class ConsumerInstance {
  readonly #seat: ConsumerSeat;
  readonly #parts: ConsumerParts;
  readonly #coordinators: NetworkClient;
  readonly #member: GroupMembership;
  readonly #positions: Positions;
  readonly #fetcher: Fetcher;
  readonly #committer: Committer;
  readonly #application: Application;
  readonly #onClosed: () => void;
  #isOver = false;
  #isClosing = false;
  #partitionCount = 0;

  /** @param onClosed  it closed in an orderly way, as asked or after an exception; not called after `kill` */
  constructor(seat: ConsumerSeat, perRecordUs: number | null, onClosed: () => void) {
    this.#seat = seat;
    this.#onClosed = onClosed;
    const { ctx, spec, process, instance, client, group, brokerProcesses } = seat;
    const settings = new ConsumerSettings(spec, instance, client);
    const random = ctx.kernel.random.stream(`consumer/${spec.name}/${instance}`);
    const options = networkOptions(new ConfigReader(spec.configs), MAX_IN_FLIGHT);
    const connect = (): NetworkClient => {
      const network: NetworkClient = new NetworkClient(process, ctx.network, options, random, {
        onReady: (node) => this.#ready(network, node),
        onDisconnected: (node, reason, wasReady) => this.#disconnected(network, node, wasReady ? reason : null),
      });
      return network;
    };
    const network = connect();
    this.#coordinators = connect();
    const metadataOptions = {
      retryBackoffMs: settings.retryBackoffMs,
      retryBackoffMaxMs: settings.retryBackoffMaxMs,
      requestTimeoutUs: settings.requestTimeoutUs,
      maxAgeUs: settings.metadataMaxAgeUs,
      allowAutoTopicCreation: settings.allowAutoTopicCreation,
    };
    const metadata = new ClientMetadata(network, seat.bootstrap, client, spec.topics, metadataOptions, random);
    const link = new CoordinatorLink({
      group,
      anyBroker: network,
      coordinators: this.#coordinators,
      brokerProcesses,
      requestTimeoutUs: settings.requestTimeoutUs,
      leastLoadedNode: () => metadata.leastLoadedNode(),
      onFound: () => this.#positions.update(),
    });
    const subscription = new Subscription(ctx, group, client, seat.groupCause);
    const commitStyle = spec.commit;
    this.#parts = {
      ctx,
      process,
      client,
      group,
      commitStyle,
      settings,
      subscription,
      metadata,
      network,
      link,
      brokerProcesses,
      random,
    };
    this.#member = this.#membership();
    const fail = (exception: string, partition: number): void => this.#fail(exception, partition);
    this.#fetcher = new Fetcher(this.#parts, {
      fetched: () => this.#application.advance(),
      resetsNeeded: () => this.#positions.update(),
      fail,
    });
    this.#positions = new Positions(this.#parts, {
      positionsChanged: () => this.#application.advance(),
      coordinatorLost: () => {
        link.forget();
        this.#member.coordinatorLost();
      },
      fail,
    });
    this.#committer = new Committer(
      this.#parts,
      () => this.#member,
      () => this.#application.isPolling,
    );
    const work = new Work(ctx, group, client, spec.work, random);
    work.setPace(perRecordUs);
    work.output = seat.transform?.feed ?? null;
    this.#application = new Application({
      consumer: this.#parts,
      member: this.#member,
      fetcher: this.#fetcher,
      committer: this.#committer,
      work,
      onLeft: () => this.#close(),
    });
    metadata.onUpdate(() => this.#metadataUpdated());
    seat.transform?.attach(this.#feeding());
  }

  start(): void {
    this.#parts.metadata.requestUpdate();
  }

  /** Leaves the poll loop and closes: commits (auto commit), leaves the group. */
  close(): void {
    this.#application.leave();
  }

  /** The process is gone, or ends without closing: what it has worked on so far is told. */
  kill(): void {
    this.#application.end();
    this.#member.crash();
    this.#stop();
  }

  freeze(): void {
    this.#application.freeze();
  }

  resume(): void {
    this.#application.resume();
  }

  setPace(perRecordUs: number | null): void {
    this.#application.setPace(perRecordUs);
  }

  settle(): void {
    this.#application.settle();
  }

  #metadataUpdated(): void {
    const { metadata } = this.#parts;
    const count = this.#seat.spec.topics.reduce((sum, topic) => sum + metadata.partitionsOf(topic).length, 0);
    const isOther = count !== this.#partitionCount;
    this.#partitionCount = count;
    if (!this.#application.hasStarted) this.#application.poll();
    else {
      if (isOther) this.#member.metadataChanged();
      this.#positions.update();
      this.#application.advance();
    }
  }

  #ready(network: NetworkClient, node: Process): void {
    this.#parts.link.ready(network, node);
    if (network !== this.#parts.network) return;
    this.#parts.metadata.connectionsChanged();
    this.#positions.update();
    this.#application.advance();
  }

  #disconnected(network: NetworkClient, node: Process, lost: 'RST' | 'request.timeout' | 'setup.timeout' | null): void {
    const { ctx, client, link, metadata, brokerProcesses } = this.#parts;
    const broker = brokerProcesses.indexOf(node);
    if (lost !== null)
      ctx.recorder.event(ctx.kernel.nowUs, node.cause, { type: 'connection.lost', client, broker, reason: lost });
    const wasCoordinator = network === this.#coordinators && link.isCoordinator(node);
    link.disconnected(network, node);
    if (wasCoordinator) this.#member.coordinatorLost();
    if (network !== this.#parts.network) return;
    this.#fetcher.disconnected(broker);
    metadata.requestUpdate();
    metadata.connectionsChanged();
    this.#positions.update();
    this.#application.advance();
  }

  #membership(): GroupMembership {
    const { ctx, process, link, random, settings } = this.#parts;
    const ports = {
      timers: processTimers(ctx.kernel, process, () => !this.#isOver) as GroupTimers,
      coordinator: link,
      host: this.#host(),
      nextUniform: () => random.next(),
    };
    const { member, assignors, consumerProtocol } = settings;
    if (consumerProtocol === null) return new ClassicMember(member, assignors, ports);
    const ids = ctx.kernel.random.stream(`member/${this.#seat.spec.name}/${this.#seat.instance}`);
    const memberId = ids.uniformInt(0, 0x1000_0000_0000).toString(16).padStart(12, '0');
    return new ConsumerMember(memberId, { ...member, ...consumerProtocol }, ports);
  }

  #host(): MemberHost & ConsumerMemberHost {
    const { spec } = this.#seat;
    const { subscription } = this.#parts;
    const topicIds = spec.topics.map((_, id) => id);
    return {
      subscription: () => topicIds,
      subscribedTopics: () => spec.topics,
      onRevocationPending: (partitions) => subscription.revocationPending(partitions),
      topics: (ids) => ids.map((id) => this.#topic(id)),
      commitOwned: (done) => this.#commitOwned(done),
      onPartitionsRevoked: (partitions) => this.#revoked(partitions, false),
      onPartitionsLost: (partitions) => this.#revoked(partitions, true),
      onPartitionsAssigned: (partitions) => {
        subscription.add(partitions);
        this.#application.release();
        this.#positions.update();
        this.#application.advance();
      },
      onState: () => {},
      onFatal: (error) => this.#fail(error, -1),
    };
  }

  #topic(topicId: number): AssignorTopic {
    const { ctx, metadata, settings } = this.#parts;
    const name = this.#seat.spec.topics[topicId]!;
    const partitions = metadata.partitionsOf(name);
    if (settings.rack === null) return { topicId, name, partitions };
    const { cast } = ctx;
    const racksOf = (partition: number): string[] =>
      cast.partitions[partition]!.replicas.flatMap((broker) => cast.brokers[broker]!.rack ?? []);
    return { topicId, name, partitions, replicaRacks: partitions.map(racksOf) };
  }

  #feeding(): FeedingConsumer {
    const { subscription, settings, ctx, group, client } = this.#parts;
    return {
      pauseThen: (go) => this.#application.pauseThen(go),
      resume: (wasAborted) => {
        if (wasAborted)
          for (const state of subscription.states())
            if (state.phase === 'FETCHING') state.seek(state.committed >= 0 ? state.committed : state.start, -1);
        this.#application.goOn();
      },
      offsets: () => {
        const { memberId, generation } = this.#member;
        const { groupInstanceId } = settings.member;
        const offsets = [...subscription.states()]
          .filter(({ phase, position, committed }) => phase === 'FETCHING' && position !== committed)
          .map(({ partition, position, positionEpoch }) => ({
            partition,
            offset: position,
            leaderEpoch: positionEpoch,
          }));
        return { group, memberId, groupInstanceId, generation, offsets };
      },
      committed: (offsets) => {
        for (const { partition, offset } of offsets) {
          const state = subscription.get(partition);
          if (state !== undefined) state.committed = offset;
          ctx.recorder.committed(group, client, partition, offset, ctx.kernel.nowUs);
        }
      },
    };
  }

  #commitOwned(done: () => void): void {
    if (this.#parts.commitStyle !== 'auto') {
      done();
      return;
    }
    if (this.#member.rebalanceProtocol === 'EAGER') this.#application.hold();
    const { settings } = this.#parts;
    this.#committer.commitSync(this.#isClosing ? CLOSE_TIMEOUT_US : settings.member.maxPollIntervalUs, () => done());
  }

  #revoked(partitions: readonly number[], lost: boolean): void {
    const { subscription } = this.#parts;
    const states: PartitionState[] = partitions.flatMap((partition) => subscription.get(partition) ?? []);
    subscription.remove(partitions, lost);
    if (states.length > 0) this.#seat.transform?.onRevoked();
    this.#application.release();
    this.#fetcher.revoked(states);
  }

  /** poll() threw: the application closes the consumer. */
  #fail(exception: string, partition: number): void {
    if (this.#isOver || this.#isClosing) return;
    const { ctx, client } = this.#parts;
    ctx.recorder.errorSeen(client, partition, exception, ctx.kernel.nowUs);
    this.#application.leave();
  }

  #close(): void {
    if (this.#isClosing || this.#isOver) return;
    this.#isClosing = true;
    const { ctx, process } = this.#parts;
    const closed = (): void => {
      if (this.#isOver) return;
      this.#stop();
      this.#onClosed();
    };
    ctx.kernel.atControl(ctx.kernel.nowUs + CLOSE_TIMEOUT_US, () => process.run(closed));
    this.#member.close(closed);
  }

  #stop(): void {
    this.#isOver = true;
    this.#seat.transform?.detach();
    this.#committer.stop();
    this.#fetcher.stop();
    this.#positions.stop();
    this.#parts.link.stop();
    this.#parts.metadata.stop();
    this.#parts.network.close();
    this.#coordinators.close();
  }
}
