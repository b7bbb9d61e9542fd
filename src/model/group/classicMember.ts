/**
 * A consumer's membership in a classic group: finds the coordinator, joins, syncs, heartbeats, rejoins and leaves.
 *
 * The application's poll loop is told apart from the heartbeat thread. Between `poll()` and `returnFromPoll()` the
 * application waits inside poll(): rebalances go on. After `returnFromPoll()` it works on records: the heartbeat thread
 * goes on, but joins, answers to joins and callbacks wait for the next `poll()`, and `max.poll.interval.ms` runs.
 *
 * Source: Apache Kafka `AbstractCoordinator`, `ConsumerCoordinator`; KIP-62, KIP-345, KIP-394, KIP-429.
 *
 * Not modelled: a subscription that changes while the consumer runs, and the time that rebalance listeners take.
 */
import type { KafkaError } from '../../kafka/errors.ts';
import { compileMachine } from '../../machines/compileMachine.ts';
import type { Assignor, PartitionIndex } from './assignors/assignor.ts';
import { type ClassicMemberEvent, type ClassicMemberState, classicMemberMachine } from './classicMemberMachine.ts';
import { type JoinGroupResponse, NO_GENERATION, type SyncGroupResponse, UNKNOWN_MEMBER_ID } from './classicProtocol.ts';
import { assignAsLeader, type ConsumerAssignment, type ConsumerSubscription } from './consumerSubscription.ts';
import { CoordinatorLookup } from './coordinatorLookup.ts';
import { consequenceOf } from './memberErrors.ts';
import { MemberHeartbeat } from './memberHeartbeat.ts';
import type { GroupMembership, MemberConfig, MemberPorts, Outcome } from './memberPorts.ts';
import { MovingDeadline } from './movingDeadline.ts';
import { OwnedPartitions } from './ownedPartitions.ts';

/** What a member waits longer than its rebalance timeout for, so that the coordinator gives up first. */
const JOIN_TIMEOUT_MARGIN_US = 5_000_000;

const machine = compileMachine<ClassicMemberState, ClassicMemberEvent['type']>(classicMemberMachine);

type Rejoin = 'none' | 'needed' | 'preparing' | 'prepared' | 'inFlight';

export class ClassicMember implements GroupMembership {
  readonly #config: MemberConfig;
  readonly #ports: MemberPorts;
  readonly #assignors: readonly Assignor[];
  readonly #heartbeat: MemberHeartbeat;
  readonly #pollInterval: MovingDeadline;
  readonly #lookup: CoordinatorLookup;
  readonly #owned: OwnedPartitions;
  readonly #prepareLimit: MovingDeadline;
  #state: ClassicMemberState = 'UNJOINED';
  #memberId = UNKNOWN_MEMBER_ID;
  #generation = NO_GENERATION;
  #protocolName: string | null = null;
  #isLeader = false;
  #rejoin: Rejoin = 'needed';
  #needsJoinPrepare = true;
  #isPolling = false;
  #isOver = false;
  #prepareRound = 0;
  /** An answer that came while the application was busy. */
  #inbox: (() => void) | null = null;

  /** @param assignors  `partition.assignment.strategy`, in order of preference */
  constructor(config: MemberConfig, assignors: readonly Assignor[], ports: MemberPorts) {
    this.#config = config;
    this.#assignors = assignors;
    this.#ports = ports;
    const { timers } = ports;
    this.#pollInterval = new MovingDeadline(timers, () => this.#pollIntervalExceeded());
    this.#owned = new OwnedPartitions(ports.host);
    this.#lookup = new CoordinatorLookup(config, ports, {
      onReady: () => this.#coordinatorFound(),
      onFatal: (error) => this.#fail(error),
    });
    this.#prepareLimit = new MovingDeadline(timers, () => this.#joinPrepared());
    const lookup = this.#lookup;
    this.#heartbeat = new MemberHeartbeat(config, timers, () => lookup.backoffUs(0), {
      get isCoordinatorKnown() {
        return lookup.isKnown;
      },
      sendHeartbeat: (done) => this.#sendHeartbeat(done),
      heartbeatAnswered: (outcome) => this.#heartbeatAnswered(outcome),
      sessionTimedOut: () => this.coordinatorLost(),
    });
  }

  get state(): ClassicMemberState {
    return this.#state;
  }

  get memberId(): string {
    return this.#memberId;
  }

  /** -1 outside a group. */
  get generation(): number {
    return this.#generation;
  }

  /** Kafka does not send it: RebalanceInProgressException, or CommitFailedException outside a group. */
  get commitRefusal(): KafkaError | null {
    if (this.#state === 'STABLE') return null;
    return this.#state === 'UNJOINED' ? 'UNKNOWN_MEMBER_ID' : 'REBALANCE_IN_PROGRESS';
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** What the consumer may fetch now; an eager member has nothing while it rebalances. */
  get assignment(): readonly PartitionIndex[] {
    return this.#owned.partitions;
  }

  get isRebalancing(): boolean {
    return this.#rejoin !== 'none';
  }

  /** Cooperative only when every configured assignor is. */
  get rebalanceProtocol(): 'EAGER' | 'COOPERATIVE' {
    return this.#assignors.every((assignor) => assignor.rebalanceProtocol === 'COOPERATIVE') ? 'COOPERATIVE' : 'EAGER';
  }

  poll(): boolean {
    this.#isPolling = true;
    this.#pollInterval.clear();
    const answer = this.#inbox;
    this.#inbox = null;
    answer?.();
    this.#drive();
    return this.isRebalancing;
  }

  returnFromPoll(): void {
    if (this.#isOver) return;
    this.#isPolling = false;
    this.#pollInterval.restart(this.#config.maxPollIntervalUs);
  }

  coordinatorLost(): void {
    if (this.#isOver || !this.#lookup.isKnown) return;
    this.#lookup.forget();
    if (this.#isPolling || this.#state !== 'UNJOINED') this.#lookup.start();
  }

  /** The client's metadata of subscribed topics changed: the leader must divide anew. */
  metadataChanged(): void {
    if (this.#isLeader && this.#state === 'STABLE') this.#requestRejoin();
  }

  commitAnswered(error: KafkaError): void {
    if (error === 'REBALANCE_IN_PROGRESS') this.#requestRejoin();
    else if (error === 'FENCED_INSTANCE_ID') this.#fail(error);
    else if (consequenceOf(error) === 'forgotten') this.#forgotten(error);
    else if (consequenceOf(error) === 'coordinatorLost') this.coordinatorLost();
  }

  /** Commits, gives up its partitions, and says goodbye unless it is static. */
  close(done: () => void): void {
    if (this.#isOver) {
      done();
      return;
    }
    const finish = (): void => {
      if (this.#isOver) return;
      this.#stop();
      this.#owned.giveUpAll(this.#generation === NO_GENERATION);
      this.#leave(done);
    };
    if (this.#canCommit) this.#ports.host.commitOwned(finish);
    else finish();
  }

  /** The process is gone: nothing is sent, nobody is told. */
  crash(): void {
    this.#stop();
  }

  // Joining

  #coordinatorFound(): void {
    this.#heartbeat.sendIfDue();
    this.#drive();
  }

  /** Takes the next step that is possible; the heart of what Kafka does inside poll(). */
  #drive(): void {
    if (this.#isOver || this.#lookup.isWaiting) return;
    if (!this.#lookup.isKnown && (this.#isPolling || this.#state !== 'UNJOINED')) {
      this.#lookup.start();
      return;
    }
    if (!this.#isPolling || !this.#lookup.isKnown) return;
    if (this.#rejoin === 'needed') this.#prepareJoin();
    else if (this.#rejoin === 'prepared') this.#sendJoin();
  }

  /** Nothing new for a member that is on its way into the next generation already. */
  #requestRejoin(): void {
    if (this.#rejoin !== 'none') return;
    this.#rejoin = 'needed';
    this.#drive();
  }

  #prepareJoin(): void {
    this.#rejoin = 'preparing';
    const round = ++this.#prepareRound;
    if (!this.#needsJoinPrepare || !this.#canCommit) {
      this.#needsJoinPrepare = false;
      this.#joinPrepared();
      return;
    }
    this.#needsJoinPrepare = false;
    this.#prepareLimit.restart(this.#config.maxPollIntervalUs);
    this.#ports.host.commitOwned(() => {
      if (round === this.#prepareRound) this.#joinPrepared();
    });
  }

  #joinPrepared(): void {
    this.#prepareLimit.clear();
    if (this.#isOver || this.#rejoin !== 'preparing') return;
    if (this.#generation === NO_GENERATION || this.rebalanceProtocol === 'EAGER')
      this.#owned.giveUpAll(this.#generation === NO_GENERATION);
    this.#rejoin = 'prepared';
    this.#drive();
  }

  get #canCommit(): boolean {
    return this.#generation !== NO_GENERATION && this.#owned.partitions.length > 0;
  }

  #sendJoin(): void {
    this.#rejoin = 'inFlight';
    this.#heartbeat.stop();
    this.#step('join.sent', 'poll');
    const { requestTimeoutUs, maxPollIntervalUs, sessionTimeoutUs, client, clientId, groupInstanceId } = this.#config;
    this.#ports.coordinator.join(
      {
        client,
        clientId,
        memberId: this.#memberId,
        groupInstanceId,
        sessionTimeoutUs,
        rebalanceTimeoutUs: maxPollIntervalUs,
        protocolType: 'consumer',
        protocols: this.#assignors.map(({ name }) => ({ name, metadata: this.#subscription() })),
      },
      Math.max(requestTimeoutUs, maxPollIntervalUs + JOIN_TIMEOUT_MARGIN_US),
      (outcome, response) => this.#inPoll(() => this.#joinAnswered(outcome, response)),
    );
  }

  #subscription(): ConsumerSubscription {
    return {
      topics: this.#ports.host.subscription(),
      ownedPartitions: this.#owned.partitions,
      generation: this.#generation,
      rack: this.#config.rack,
    };
  }

  /** Answers to joins and syncs are looked at only inside poll(). */
  #inPoll(handle: () => void): void {
    if (this.#isOver) return;
    if (this.#isPolling) handle();
    else this.#inbox = handle;
  }

  #joinAnswered(outcome: Outcome, response: JoinGroupResponse<ConsumerSubscription> | null): void {
    if (this.#state !== 'PREPARING_REBALANCE') {
      this.#retryJoin('UNKNOWN_MEMBER_ID');
      return;
    }
    if (outcome === 'MEMBER_ID_REQUIRED' && response !== null) this.#memberId = response.memberId;
    if (outcome !== 'NONE' || response === null) {
      this.#retryJoin(outcome);
      return;
    }
    this.#memberId = response.memberId;
    this.#generation = response.generation;
    this.#protocolName = response.protocolName;
    this.#isLeader = response.leaderId === response.memberId;
    this.#step('join.answered', 'JoinGroup answered');
    this.#heartbeat.start();
    this.#sendSync(this.#isLeader && !response.skipAssignment ? this.#divide(response) : new Map());
  }

  #divide(response: JoinGroupResponse<ConsumerSubscription>): Map<string, ConsumerAssignment> {
    const assignor = this.#assignors.find(({ name }) => name === response.protocolName) as Assignor;
    const topicIds = new Set(response.members.flatMap((member) => member.metadata.topics));
    return assignAsLeader(assignor, response.members, this.#ports.host.topics([...topicIds]));
  }

  #sendSync(assignments: ReadonlyMap<string, ConsumerAssignment>): void {
    const request = {
      memberId: this.#memberId,
      groupInstanceId: this.#config.groupInstanceId,
      generation: this.#generation,
      protocolName: this.#protocolName,
      assignments,
    };
    this.#ports.coordinator.sync(request, (outcome, response) =>
      this.#inPoll(() => this.#syncAnswered(request.generation, outcome, response)),
    );
  }

  #syncAnswered(generation: number, outcome: Outcome, response: SyncGroupResponse<ConsumerAssignment> | null): void {
    if (this.#state !== 'COMPLETING_REBALANCE' || this.#generation !== generation) {
      this.#retryJoin('ILLEGAL_GENERATION');
    } else if (outcome !== 'NONE' || response === null) {
      this.#retryJoin(outcome);
    } else {
      this.#step('sync.answered', 'SyncGroup answered');
      this.#rejoin = 'none';
      this.#needsJoinPrepare = true;
      this.#lookup.succeeded();
      if (this.#owned.take(response.assignment ?? [])) this.#requestRejoin();
    }
  }

  /** A join or sync failed: says what is lost with it, and whether the next try waits. */
  #retryJoin(outcome: Outcome): void {
    this.#step('rebalance.failed', outcome);
    this.#heartbeat.stop();
    this.#rejoin = 'needed';
    const consequence = consequenceOf(outcome);
    if (consequence === 'forgotten') this.#resetGeneration(outcome);
    if (consequence === 'coordinatorLost') this.#lookup.forget();
    if (consequence === 'coordinatorLost' || consequence === 'later') this.#lookup.waitAndRetry();
    if (consequence === 'fatal') this.#fail(outcome);
    this.#drive();
  }

  // Heartbeats

  #sendHeartbeat(done: (outcome: Outcome) => void): void {
    const { groupInstanceId } = this.#config;
    const request = { memberId: this.#memberId, groupInstanceId, generation: this.#generation };
    this.#ports.coordinator.heartbeat(request, done);
  }

  #heartbeatAnswered(outcome: Outcome): boolean {
    const consequence = consequenceOf(outcome);
    if (consequence === 'rejoin') this.#requestRejoin();
    if (consequence === 'forgotten') this.#forgotten(outcome);
    if (consequence === 'coordinatorLost') this.coordinatorLost();
    if (consequence === 'fatal') this.#fail(outcome);
    return consequence === 'alive' || consequence === 'rejoin';
  }

  #pollIntervalExceeded(): void {
    if (this.#state === 'UNJOINED' && this.#memberId === UNKNOWN_MEMBER_ID) return;
    this.#leave(() => {});
    this.#resetGeneration('max.poll.interval.ms exceeded');
  }

  // Ends

  /** Only dynamic members leave; a static one is waited for until its session ends. */
  #leave(done: () => void): void {
    const { groupInstanceId } = this.#config;
    if (groupInstanceId !== null || !this.#lookup.isKnown || this.#memberId === UNKNOWN_MEMBER_ID) done();
    else this.#ports.coordinator.leave({ memberId: this.#memberId, groupInstanceId }, () => done());
  }

  #forgotten(reason: string): void {
    this.#resetGeneration(reason);
    this.#drive();
  }

  #resetGeneration(reason: string): void {
    this.#heartbeat.stop();
    this.#generation = NO_GENERATION;
    this.#memberId = UNKNOWN_MEMBER_ID;
    this.#protocolName = null;
    this.#isLeader = false;
    this.#needsJoinPrepare = true;
    this.#step('generation.reset', reason);
    if (this.#rejoin === 'none' || this.#rejoin === 'prepared') this.#rejoin = 'needed';
  }

  #fail(error: Outcome): void {
    if (this.#isOver) return;
    this.#stop();
    this.#step('generation.reset', error);
    this.#ports.host.onFatal(error as KafkaError);
  }

  #stop(): void {
    this.#isOver = true;
    this.#inbox = null;
    this.#heartbeat.stop();
    this.#pollInterval.clear();
    this.#lookup.stop();
    this.#prepareLimit.clear();
  }

  #step(event: ClassicMemberEvent['type'], reason: string): void {
    const from = this.#state;
    if (!machine.accepts(from, event)) return;
    this.#state = machine.step(from, event);
    this.#ports.host.onState(from, this.#state, reason);
  }
}
