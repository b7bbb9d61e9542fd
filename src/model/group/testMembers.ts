import type { Assignor } from './assignors/assignor.ts';
import { rangeAssignor } from './assignors/range.ts';
import { ClassicMember } from './classicMember.ts';
import type { ClassicMemberState } from './classicMemberMachine.ts';
import type { ConsumerAssignment, ConsumerSubscription } from './consumerSubscription.ts';
import type { GroupRecord } from './groupPorts.ts';
import type { CoordinatorClient, MemberConfig, Outcome } from './memberPorts.ts';
import { CLIENT_RANK, seconds, TestGroup } from './testGroup.ts';
import { TestTimers } from './testTimers.ts';

export interface OwnershipChange {
  atUs: number;
  kind: 'revoked' | 'lost' | 'assigned';
  partitions: readonly number[];
}

export interface TestMember {
  member: ClassicMember;
  changes: OwnershipChange[];
  states: { from: ClassicMemberState; to: ClassicMemberState }[];
  commits: number[];
  fatal: string | null;
}

export type Fate = 'arrives' | 'DISCONNECTED' | 'TIMED_OUT';

/** Members, a network that may be slow or lose things, and a coordinator that may move. Topic 0 has six partitions. */
export class TestCluster {
  readonly timers = new TestTimers();
  readonly members: TestMember[] = [];
  coordinator: TestGroup | null = new TestGroup(this.timers);
  partitionCount = 6;
  lookups = 0;
  /** One way. */
  latencyUs: () => number = () => 1000;
  requestFate: () => Fate = () => 'arrives';
  #record: GroupRecord<ConsumerSubscription, ConsumerAssignment> | null = null;

  /** The coordinator's broker dies; its successor reads the group's record. */
  fail(): void {
    const old = this.coordinator;
    this.coordinator = null;
    this.#record = old?.lastRecord ?? this.#record;
    old?.group.unload();
    for (const { member } of this.members) member.coordinatorLost();
  }

  recover(): void {
    this.coordinator ??= new TestGroup(this.timers, {}, this.#record);
    this.coordinator.lastRecord ??= this.#record;
  }

  start(changes: Partial<MemberConfig> = {}, assignors: readonly Assignor[] = [rangeAssignor]): TestMember {
    const client = this.members.length;
    const log: Omit<TestMember, 'member'> = { changes: [], states: [], commits: [], fatal: null };
    const note = (kind: OwnershipChange['kind']) => (partitions: readonly number[]) =>
      void log.changes.push({ atUs: this.timers.nowUs, kind, partitions });
    const config: MemberConfig = {
      client,
      clientId: `consumer-${client}`,
      groupInstanceId: null,
      rack: null,
      sessionTimeoutUs: seconds(45),
      heartbeatIntervalUs: seconds(3),
      maxPollIntervalUs: seconds(300),
      requestTimeoutUs: seconds(30),
      retryBackoffUs: 100_000,
      retryBackoffMaxUs: seconds(1),
      ...changes,
    };
    const member = new ClassicMember(config, assignors, {
      timers: this.timers.ranked(CLIENT_RANK),
      nextUniform: () => 0.5,
      coordinator: this.#client(config),
      host: {
        subscription: () => [0],
        topics: () => [{ topicId: 0, name: 'orders', partitions: [...Array(this.partitionCount).keys()] }],
        commitOwned: (done) => {
          log.commits.push(this.timers.nowUs);
          this.#later(this.latencyUs() * 2, done);
        },
        onPartitionsRevoked: note('revoked'),
        onPartitionsLost: note('lost'),
        onPartitionsAssigned: note('assigned'),
        onState: (from, to) => void log.states.push({ from, to }),
        onFatal: (error) => {
          testMember.fatal = error;
        },
      },
    });
    const testMember: TestMember = { member, ...log };
    this.members.push(testMember);
    member.poll();
    return testMember;
  }

  #later(delayUs: number, run: () => void): void {
    this.timers.at(this.timers.nowUs + delayUs, CLIENT_RANK, run);
  }

  /** Sends one request; `handle` answers at the coordinator, `done` comes once at the client. */
  #send<T>(
    timeoutUs: number,
    handle: (coordinator: TestGroup, answer: (outcome: Outcome, response: T | null) => void) => void,
    done: (outcome: Outcome, response: T | null) => void,
  ): void {
    let isOver = false;
    const finish = (outcome: Outcome, response: T | null): void => {
      if (isOver) return;
      isOver = true;
      done(outcome, response);
    };
    const target = this.coordinator;
    const fate = target === null ? 'DISCONNECTED' : this.requestFate();
    this.#later(timeoutUs, () => finish('TIMED_OUT', null));
    if (fate === 'TIMED_OUT') return;
    this.#later(this.latencyUs(), () => {
      if (fate === 'DISCONNECTED' || target === null) {
        finish('DISCONNECTED', null);
        return;
      }
      handle(target, (outcome, response) => this.#later(this.latencyUs(), () => finish(outcome, response)));
    });
  }

  #client({ requestTimeoutUs }: MemberConfig): CoordinatorClient {
    return {
      findCoordinator: (done) => {
        this.lookups++;
        const answer = (): void => done(this.coordinator === null ? 'COORDINATOR_NOT_AVAILABLE' : 'NONE');
        this.#later(this.latencyUs() * 2, answer);
      },
      join: (request, timeoutUs, done) =>
        this.#send(timeoutUs, ({ group }, answer) => group.join(request, (r) => answer(r.error, r)), done),
      sync: (request, done) =>
        this.#send(requestTimeoutUs, ({ group }, answer) => group.sync(request, (r) => answer(r.error, r)), done),
      heartbeat: (request, done) =>
        this.#send<null>(requestTimeoutUs, ({ group }, answer) => answer(group.heartbeat(request), null), done),
      leave: (request, done) =>
        this.#send<null>(requestTimeoutUs, ({ group }, answer) => answer(group.leave(request), null), done),
    };
  }
}
