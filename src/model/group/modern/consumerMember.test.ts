import { describe, expect, test } from 'vitest';
import type { Outcome } from '../memberPorts.ts';
import { TestTimers } from '../testTimers.ts';
import { ConsumerMember } from './consumerMember.ts';
import type { ConsumerMemberConfig } from './consumerMemberPorts.ts';
import type { ConsumerHeartbeatRequest, ConsumerHeartbeatResponse } from './consumerProtocol.ts';

const seconds = (count: number): number => count * 1_000_000;

interface Sent extends ConsumerHeartbeatRequest {
  readonly atUs: number;
  answer(memberEpoch: number, assignment?: readonly number[] | null): void;
  fail(outcome: Outcome): void;
}

/** A member with a coordinator that answers when the test says so, and an application that does what it is told. */
class Stage {
  readonly timers = new TestTimers();
  readonly sent: Sent[] = [];
  readonly calls: string[] = [];
  readonly states: string[] = [];
  lookups = 0;
  /** Held back until the test lets it happen. */
  commit: (() => void) | null = null;
  autoCommits = false;
  readonly member: ConsumerMember;

  constructor(changes: Partial<ConsumerMemberConfig> = {}) {
    const config = {
      client: 0,
      clientId: 'consumer-billing-1',
      groupInstanceId: null,
      rack: null,
      serverAssignor: null,
      maxPollIntervalUs: seconds(300),
      retryBackoffUs: 100_000,
      retryBackoffMaxUs: seconds(1),
      ...changes,
    };
    this.member = new ConsumerMember('m', config, {
      timers: this.timers.ranked(0),
      nextUniform: () => 0.5,
      coordinator: {
        findCoordinator: (done) => {
          this.lookups++;
          done('NONE');
        },
        consumerHeartbeat: (request, done) => void this.sent.push(sentOf(request, this.timers.nowUs, done)),
      },
      host: {
        subscribedTopics: () => ['orders'],
        onRevocationPending: (partitions) => void this.calls.push(`pending ${partitions}`),
        commitOwned: (done) => {
          if (this.autoCommits) this.commit = done;
          else done();
        },
        onPartitionsRevoked: (partitions) => void this.calls.push(`revoked ${partitions}`),
        onPartitionsLost: (partitions) => void this.calls.push(`lost ${partitions}`),
        onPartitionsAssigned: (partitions) => void this.calls.push(`assigned ${partitions}`),
        onState: (_from, to) => void this.states.push(to),
        onFatal: (error) => void this.calls.push(`fatal ${error}`),
      },
    });
  }

  get last(): Sent {
    return this.sent.at(-1)!;
  }

  /** It polls, joins, gets these partitions and acknowledges them. */
  join(partitions: readonly number[], epoch = 1): this {
    this.member.poll();
    this.last.answer(epoch, partitions);
    this.last.answer(epoch);
    this.calls.length = 0;
    this.states.length = 0;
    return this;
  }
}

function sentOf(
  request: ConsumerHeartbeatRequest,
  atUs: number,
  done: (outcome: Outcome, response: ConsumerHeartbeatResponse | null) => void,
): Sent {
  return {
    ...request,
    atUs,
    answer: (memberEpoch, assignment = null) =>
      done('NONE', { error: 'NONE', memberEpoch, heartbeatIntervalUs: seconds(5), assignment }),
    fail: (outcome) => done(outcome, null),
  };
}

describe('joining', () => {
  test('the first poll sends epoch 0 with everything; what comes is taken and acknowledged at once', () => {
    const stage = new Stage();
    expect(stage.sent).toEqual([]);
    stage.member.poll();
    expect(stage.last).toMatchObject({ memberEpoch: 0, subscribedTopics: ['orders'], ownedPartitions: [] });
    expect(stage.last.rebalanceTimeoutUs).toBe(seconds(300));
    stage.last.answer(1, [0, 1]);
    expect(stage.calls).toEqual(['assigned 0,1']);
    expect(stage.last).toMatchObject({ memberEpoch: 1, ownedPartitions: [0, 1], subscribedTopics: null });
    expect(stage.states).toEqual(['JOINING', 'RECONCILING', 'ACKNOWLEDGING', 'STABLE']);
  });

  test('then it heartbeats as often as the coordinator says, and says nothing that has not changed', () => {
    const stage = new Stage().join([0, 1]);
    stage.timers.runUntil(seconds(5));
    expect(stage.last).toMatchObject({
      atUs: seconds(5),
      memberEpoch: 1,
      ownedPartitions: null,
      rebalanceTimeoutUs: null,
    });
    stage.last.answer(1);
    stage.timers.runUntil(seconds(10));
    expect(stage.last.atUs).toBe(seconds(10));
  });

  test('no second heartbeat goes out while one is in flight', () => {
    const stage = new Stage().join([0]);
    stage.timers.runUntil(seconds(30));
    expect(stage.sent.length).toBe(3);
  });
});

describe('reconciliation', () => {
  test('positions are committed before partitions are given up; meanwhile nothing of them is read', () => {
    const stage = new Stage().join([0, 1]);
    stage.autoCommits = true;
    stage.timers.runUntil(seconds(5));
    stage.last.answer(1, [0]);
    expect(stage.calls).toEqual(['pending 1']);
    stage.commit!();
    expect(stage.calls).toEqual(['pending 1', 'revoked 1', 'assigned ']);
    expect(stage.last).toMatchObject({ memberEpoch: 1, ownedPartitions: [0] });
  });

  test('callbacks wait for the next poll; heartbeats do not', () => {
    const stage = new Stage().join([0, 1]);
    stage.member.returnFromPoll();
    stage.timers.runUntil(seconds(5));
    stage.last.answer(1, [0]);
    stage.timers.runUntil(seconds(10));
    expect(stage.last.atUs).toBe(seconds(10));
    expect(stage.calls).toEqual([]);
    stage.last.answer(1);
    stage.member.poll();
    expect(stage.calls).toEqual(['pending 1', 'revoked 1', 'assigned ']);
  });

  test('an assignment that comes while another one is reconciled is next', () => {
    const stage = new Stage().join([0, 1]);
    stage.autoCommits = true;
    stage.timers.runUntil(seconds(5));
    stage.last.answer(1, [0]);
    stage.timers.runUntil(seconds(10));
    stage.last.answer(2, [0, 5]);
    stage.autoCommits = false;
    stage.commit!();
    expect(stage.calls).toEqual(['pending 1', 'revoked 1', 'assigned ']);
    expect(stage.last.ownedPartitions).toEqual([0]);
    stage.last.answer(2);
    expect(stage.calls.at(-1)).toBe('assigned 5');
    expect(stage.last.ownedPartitions).toEqual([0, 5]);
  });
});

describe('errors', () => {
  test.each(['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'] as const)(
    '%s: it loses its partitions and joins again at once',
    (error) => {
      const stage = new Stage().join([0, 1], 7);
      stage.timers.runUntil(seconds(5));
      stage.last.fail(error);
      expect(stage.calls).toEqual(['lost 0,1']);
      expect(stage.states).toEqual(['FENCED', 'JOINING']);
      expect(stage.last).toMatchObject({ atUs: seconds(5), memberEpoch: 0, ownedPartitions: [] });
    },
  );

  test('a fenced member that is busy joins again only when it polls', () => {
    const stage = new Stage().join([0]);
    stage.member.returnFromPoll();
    stage.timers.runUntil(seconds(5));
    stage.last.fail('UNKNOWN_MEMBER_ID');
    const count = stage.sent.length;
    stage.timers.runUntil(seconds(20));
    expect(stage.sent.length).toBe(count);
    expect(stage.member.generation).toBe(-1);
    stage.member.poll();
    expect(stage.calls).toEqual(['lost 0']);
    expect(stage.last.memberEpoch).toBe(0);
  });

  test('NOT_COORDINATOR: it looks for the coordinator and says everything again', () => {
    const stage = new Stage().join([0]);
    stage.timers.runUntil(seconds(5));
    stage.last.fail('NOT_COORDINATOR');
    expect(stage.lookups).toBe(2);
    stage.timers.runUntil(seconds(5.2));
    expect(stage.last).toMatchObject({ memberEpoch: 1, ownedPartitions: [0], subscribedTopics: ['orders'] });
    expect(stage.last.rebalanceTimeoutUs).toBe(seconds(300));
  });

  test('COORDINATOR_LOAD_IN_PROGRESS: the same broker is asked again, after longer and longer waits', () => {
    const stage = new Stage().join([0]);
    stage.timers.runUntil(seconds(5));
    stage.last.fail('COORDINATOR_LOAD_IN_PROGRESS');
    stage.timers.runUntil(seconds(5.1));
    stage.last.fail('COORDINATOR_LOAD_IN_PROGRESS');
    stage.timers.runUntil(seconds(5.29));
    expect(stage.sent.length).toBe(4);
    stage.timers.runUntil(seconds(5.3));
    expect([stage.sent.length, stage.lookups]).toEqual([5, 1]);
  });

  test.each([
    'UNRELEASED_INSTANCE_ID',
    'FENCED_INSTANCE_ID',
    'GROUP_MAX_SIZE_REACHED',
    'UNSUPPORTED_ASSIGNOR',
    'UNSUPPORTED_VERSION',
  ] as const)('%s: poll() throws', (error) => {
    const stage = new Stage();
    stage.member.poll();
    stage.last.fail(error);
    expect([stage.calls, stage.member.state]).toEqual([[`fatal ${error}`], 'FATAL']);
  });
});

describe('leaving', () => {
  test('close commits, gives up and says goodbye with epoch -1', () => {
    const stage = new Stage().join([0, 1]);
    stage.autoCommits = true;
    let isClosed = false;
    stage.member.close(() => {
      isClosed = true;
    });
    expect(stage.calls).toEqual([]);
    stage.commit!();
    expect(stage.calls).toEqual(['revoked 0,1']);
    expect(stage.last.memberEpoch).toBe(-1);
    expect(isClosed).toBe(false);
    stage.last.answer(-1);
    expect([isClosed, stage.states]).toEqual([true, ['PREPARE_LEAVING', 'LEAVING', 'UNSUBSCRIBED']]);
  });

  test('a static member says -2: it will be back', () => {
    const stage = new Stage({ groupInstanceId: 'one' }).join([0]);
    stage.member.close(() => {});
    expect(stage.last).toMatchObject({ memberEpoch: -2, groupInstanceId: 'one' });
  });

  test('max.poll.interval.ms without a poll: it leaves, heartbeats no more, and joins again with the next poll', () => {
    const stage = new Stage({ maxPollIntervalUs: seconds(20) }).join([0, 1]);
    stage.member.returnFromPoll();
    stage.timers.runUntil(seconds(20));
    expect(stage.last).toMatchObject({ atUs: seconds(20), memberEpoch: -1 });
    expect(stage.member.state).toBe('STALE');
    const count = stage.sent.length;
    stage.timers.runUntil(seconds(60));
    expect(stage.sent.length).toBe(count);
    stage.member.poll();
    expect(stage.calls).toEqual(['lost 0,1']);
    expect(stage.last.memberEpoch).toBe(0);
  });

  test('commits carry the member epoch, also while it reconciles; outside a group none is sent', () => {
    const stage = new Stage();
    expect(stage.member.commitRefusal).toBe('UNKNOWN_MEMBER_ID');
    stage.join([0], 4);
    expect([stage.member.commitRefusal, stage.member.generation]).toEqual([null, 4]);
    stage.member.returnFromPoll();
    stage.timers.runUntil(seconds(5));
    stage.last.answer(4, []);
    expect([stage.member.state, stage.member.commitRefusal]).toEqual(['RECONCILING', null]);
  });
});
