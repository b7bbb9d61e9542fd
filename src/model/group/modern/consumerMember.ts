/**
 * A consumer's membership in a group of the consumer protocol: heartbeats, and reconciles what they bring.
 *
 * Heartbeats go on in the background, whatever the application does; their interval is the coordinator's. Partitions are
 * given up and taken inside poll(), where the rebalance listener runs: between `poll()` and `returnFromPoll()`.
 *
 * Source: Apache Kafka `ConsumerMembershipManager`, `ConsumerHeartbeatRequestManager`, `CoordinatorRequestManager`;
 * KIP-848, KIP-1082.
 *
 * Not modelled: subscriptions by pattern, the time that rebalance listeners take.
 */
import type { KafkaError } from '../../../kafka/errors.ts';
import { compileMachine } from '../../../machines/compileMachine.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';
import { CoordinatorLookup } from '../coordinatorLookup.ts';
import { consequenceOf } from '../memberErrors.ts';
import type { GroupMembership, Outcome } from '../memberPorts.ts';
import { MovingDeadline } from '../movingDeadline.ts';
import { OwnedPartitions } from '../ownedPartitions.ts';
import { type ConsumerMemberEvent, type ConsumerMemberState, consumerMemberMachine } from './consumerMemberMachine.ts';
import type { ConsumerMemberConfig, ConsumerMemberPorts } from './consumerMemberPorts.ts';
import { type ConsumerHeartbeatResponse, JOIN_EPOCH, LEAVE_EPOCH, STATIC_LEAVE_EPOCH } from './consumerProtocol.ts';
import { HeartbeatFields } from './heartbeatFields.ts';
import { samePartitions } from './reconcileMember.ts';

const machine = compileMachine<ConsumerMemberState, ConsumerMemberEvent['type']>(consumerMemberMachine);

/** Heartbeats go out only in these states, and at once in those marked so. */
const HEARTBEATS: Readonly<Partial<Record<ConsumerMemberState, 'atOnce' | 'periodic'>>> = {
  JOINING: 'atOnce',
  ACKNOWLEDGING: 'atOnce',
  RECONCILING: 'periodic',
  STABLE: 'periodic',
  PREPARE_LEAVING: 'periodic',
};

export class ConsumerMember implements GroupMembership {
  readonly memberId: string;
  /** Partitions move one by one; what stays is read on. */
  readonly rebalanceProtocol = 'COOPERATIVE';
  readonly #config: ConsumerMemberConfig;
  readonly #ports: ConsumerMemberPorts;
  readonly #lookup: CoordinatorLookup;
  readonly #owned: OwnedPartitions;
  readonly #fields: HeartbeatFields;
  readonly #due: MovingDeadline;
  readonly #backoff: MovingDeadline;
  readonly #pollInterval: MovingDeadline;
  #state: ConsumerMemberState = 'UNSUBSCRIBED';
  #epoch = JOIN_EPOCH;
  #intervalUs = 0;
  #failures = 0;
  #isInFlight = false;
  /** Answers and commits of an earlier membership are nobody's. */
  #membership = 0;
  /** What the coordinator told last, and what of it is done; null outside a group. */
  #target: readonly PartitionIndex[] | null = null;
  #current: readonly PartitionIndex[] | null = null;
  #isReconciling = false;
  #isPolling = false;
  #isOver = false;
  /** The end of a commit that came while the application was busy. */
  #inbox: (() => void) | null = null;

  /** @param memberId  made by the client, once for its process (KIP-1082) */
  constructor(memberId: string, config: ConsumerMemberConfig, ports: ConsumerMemberPorts) {
    this.memberId = memberId;
    this.#config = config;
    this.#ports = ports;
    const { timers } = ports;
    this.#owned = new OwnedPartitions(ports.host);
    this.#fields = new HeartbeatFields(config, ports.host);
    this.#lookup = new CoordinatorLookup(config, ports, {
      onReady: () => this.#drive(),
      onFatal: (error) => this.#fail(error),
    });
    this.#due = new MovingDeadline(timers, () => this.#drive());
    this.#backoff = new MovingDeadline(timers, () => this.#drive());
    this.#pollInterval = new MovingDeadline(timers, () => this.#pollIntervalExceeded());
  }

  get state(): ConsumerMemberState {
    return this.#state;
  }

  /** The member epoch; -1 outside a group. */
  get generation(): number {
    return this.#epoch > JOIN_EPOCH ? this.#epoch : -1;
  }

  get commitRefusal(): KafkaError | null {
    return this.#epoch > JOIN_EPOCH ? null : 'UNKNOWN_MEMBER_ID';
  }

  get assignment(): readonly PartitionIndex[] {
    return this.#owned.partitions;
  }

  get isRebalancing(): boolean {
    return this.#state !== 'STABLE';
  }

  poll(): boolean {
    if (this.#isOver) return false;
    this.#isPolling = true;
    this.#pollInterval.clear();
    const inbox = this.#inbox;
    this.#inbox = null;
    inbox?.();
    if (this.#state === 'UNSUBSCRIBED') this.#step('subscribed', 'the first poll');
    else if (this.#state === 'STALE') this.#rejoin('subscribed', 'polls again');
    else if (this.#state === 'FENCED') this.#rejoin('assignment.released', 'gave up its partitions');
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
    if (HEARTBEATS[this.#state] !== undefined) this.#lookup.start();
  }

  /** The coordinator looks after partitions itself. */
  metadataChanged(): void {}

  /** The subscription is another one; the coordinator is told with a heartbeat at once. */
  subscriptionChanged(): void {
    this.#due.clear();
    this.#drive();
  }

  /** A member learns of its membership by heartbeats alone. */
  commitAnswered(error: KafkaError): void {
    if (consequenceOf(error) === 'coordinatorLost') this.coordinatorLost();
  }

  close(done: () => void): void {
    if (this.#isOver) {
      done();
      return;
    }
    const wasInGroup = this.#epoch > JOIN_EPOCH;
    this.#isReconciling = false;
    this.#step('leave.requested', 'close');
    const finish = (): void => {
      if (this.#isOver) return;
      this.#owned.giveUpAll(!wasInGroup);
      this.#sendLeave('leave.sent', done);
      this.#stop();
    };
    if (wasInGroup && this.#owned.partitions.length > 0) this.#ports.host.commitOwned(finish);
    else finish();
  }

  crash(): void {
    this.#stop();
  }

  // Heartbeats

  #drive(): void {
    if (this.#isOver) return;
    const heartbeats = HEARTBEATS[this.#state];
    if (heartbeats === undefined) return;
    if (!this.#lookup.isKnown) {
      this.#lookup.start();
      return;
    }
    if (this.#state === 'RECONCILING' && this.#isPolling && !this.#isReconciling) this.#reconcile();
    const isDue = !this.#due.isSet || HEARTBEATS[this.#state] === 'atOnce';
    if (isDue && !this.#isInFlight && !this.#backoff.isSet && !this.#isOver) this.#send();
  }

  #send(): void {
    const membership = this.#membership;
    this.#isInFlight = true;
    if (this.#intervalUs > 0) this.#due.restart(this.#intervalUs);
    else this.#due.clear();
    const request = this.#fields.request(this.memberId, this.#epoch, this.#current);
    if (this.#state === 'ACKNOWLEDGING') {
      const isDone = this.#isReconciled;
      this.#step(isDone ? 'acknowledgement.sent' : 'assignment.received', 'the assignment is acknowledged');
    }
    this.#ports.coordinator.consumerHeartbeat(request, (outcome, response) => {
      if (this.#isOver || membership !== this.#membership) return;
      this.#isInFlight = false;
      if (outcome === 'NONE' && response !== null) this.#answered(response);
      else this.#refused(outcome);
      this.#drive();
    });
  }

  #answered({ memberEpoch, heartbeatIntervalUs, assignment }: ConsumerHeartbeatResponse): void {
    this.#failures = 0;
    this.#lookup.succeeded();
    if (heartbeatIntervalUs !== this.#intervalUs) {
      this.#intervalUs = heartbeatIntervalUs;
      this.#due.restart(heartbeatIntervalUs);
    }
    this.#epoch = memberEpoch;
    if (assignment === null || this.#state === 'PREPARE_LEAVING') return;
    this.#target = assignment;
    if (!this.#isReconciled) {
      if (this.#state !== 'RECONCILING') this.#step('assignment.received', 'another assignment');
    } else if (this.#state === 'JOINING' || (this.#state === 'RECONCILING' && !this.#isReconciling)) {
      this.#step('assignment.same', 'the assignment is what it has');
    }
  }

  #refused(outcome: Outcome): void {
    this.#fields.forget();
    this.#due.clear();
    if (outcome === 'UNKNOWN_MEMBER_ID' || outcome === 'FENCED_MEMBER_EPOCH') {
      this.#fenced(outcome);
      return;
    }
    const consequence = consequenceOf(outcome);
    if (consequence !== 'coordinatorLost' && consequence !== 'later') {
      this.#fail(outcome as KafkaError);
      return;
    }
    this.#backoff.restart(this.#lookup.backoffUs(this.#failures++));
    if (consequence === 'coordinatorLost') this.coordinatorLost();
  }

  // Reconciliation

  get #isReconciled(): boolean {
    return this.#current !== null && this.#target !== null && samePartitions(this.#current, this.#target);
  }

  #reconcile(): void {
    const target = this.#target ?? [];
    const membership = this.#membership;
    this.#isReconciling = true;
    const wanted = new Set(target);
    const revoked = this.#owned.partitions.filter((partition) => !wanted.has(partition));
    if (revoked.length > 0) this.#ports.host.onRevocationPending(revoked);
    this.#ports.host.commitOwned(() =>
      this.#inPoll(() => {
        if (!this.#isStillReconciling(membership)) return;
        this.#owned.take(target);
        // The application may have gone on within the callbacks, and may even have closed.
        if (!this.#isStillReconciling(membership)) return;
        this.#isReconciling = false;
        this.#current = target;
        this.#step('assignment.reconciled', 'it has what it was told');
        this.#drive();
      }),
    );
  }

  #isStillReconciling(membership: number): boolean {
    return !this.#isOver && this.#state === 'RECONCILING' && membership === this.#membership;
  }

  #inPoll(handle: () => void): void {
    if (this.#isPolling) handle();
    else this.#inbox = handle;
  }

  // Ends

  #fenced(reason: string): void {
    this.#leaveBehind();
    if (this.#state === 'PREPARE_LEAVING') {
      this.#step('leave.dropped', reason);
      return;
    }
    this.#step('fenced', reason);
    if (this.#isPolling) this.#rejoin('assignment.released', 'gave up its partitions');
  }

  #rejoin(event: 'assignment.released' | 'subscribed', reason: string): void {
    this.#owned.giveUpAll(true);
    this.#step(event, reason);
    this.#drive();
  }

  #pollIntervalExceeded(): void {
    if (HEARTBEATS[this.#state] === undefined || this.#state === 'PREPARE_LEAVING') return;
    const reason = 'max.poll.interval.ms exceeded';
    this.#step('leave.requested', reason);
    this.#sendLeave('leave.sentForPollInterval', () => {});
    this.#leaveBehind();
  }

  /** The last heartbeat; its answer changes nothing any more. */
  #sendLeave(event: 'leave.sent' | 'leave.sentForPollInterval', done: () => void): void {
    const wasInGroup = this.#epoch > JOIN_EPOCH;
    if (this.#state === 'PREPARE_LEAVING') {
      this.#step('leave.prepared', 'its partitions are given up');
      this.#step(event, 'the last heartbeat');
    }
    if (!wasInGroup || !this.#lookup.isKnown) {
      done();
      return;
    }
    const epoch = this.#config.groupInstanceId === null ? LEAVE_EPOCH : STATIC_LEAVE_EPOCH;
    this.#ports.coordinator.consumerHeartbeat(this.#fields.leaving(this.memberId, epoch), () => done());
  }

  #leaveBehind(): void {
    this.#membership++;
    this.#epoch = JOIN_EPOCH;
    this.#target = null;
    this.#current = null;
    this.#isReconciling = false;
    this.#isInFlight = false;
    this.#inbox = null;
    this.#fields.forget();
    this.#due.clear();
    this.#backoff.clear();
  }

  #fail(error: KafkaError): void {
    if (this.#isOver) return;
    this.#step('failed', error);
    this.#stop();
    this.#owned.giveUpAll(true);
    this.#ports.host.onFatal(error);
  }

  #stop(): void {
    this.#isOver = true;
    this.#inbox = null;
    this.#due.clear();
    this.#backoff.clear();
    this.#pollInterval.clear();
    this.#lookup.stop();
  }

  #step(event: ConsumerMemberEvent['type'], reason: string): void {
    const from = this.#state;
    if (!machine.accepts(from, event)) return;
    this.#state = machine.step(from, event);
    this.#ports.host.onState(from, this.#state, reason);
  }
}
