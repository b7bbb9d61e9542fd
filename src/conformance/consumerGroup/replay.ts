import type { PartitionIndex } from '../../model/group/assignors/assignor.ts';
import { serverRangeAssignor } from '../../model/group/modern/assignors/serverRange.ts';
import { ConsumerGroup } from '../../model/group/modern/consumerGroup.ts';
import { ConsumerMember } from '../../model/group/modern/consumerMember.ts';
import type { ConsumerCoordinatorClient, ConsumerMemberHost } from '../../model/group/modern/consumerMemberPorts.ts';
import { TestTimers } from '../../model/group/testTimers.ts';
import { snapshotUniformAssignor } from './snapshotUniform.ts';
import type { ConsumerScript, ConsumerTimeline, ConsumerTimelineEvent } from './timeline.ts';

export interface ReplayedConsumerTimeline {
  events: ConsumerTimelineEvent[];
  finalOwned: Record<string, string[]>;
}

// Within one millisecond the recorded coordinator's timers went first, then one member after the other.
const COORDINATOR_RANK = 0;
const TOPIC_STRIDE = 1000;

const usOf = (ms: number): number => ms * 1000;

/** Plays the scripts with the model's members against the model's coordinator, without network delay. */
export function replayConsumerTimeline(timeline: ConsumerTimeline): ReplayedConsumerTimeline {
  return new Replay(timeline).run();
}

class Replay {
  readonly #timeline: ConsumerTimeline;
  readonly #topics: readonly string[];
  readonly #timers = new TestTimers();
  readonly #group: ConsumerGroup;
  readonly #events: ConsumerTimelineEvent[] = [];
  readonly #owned = new Map<string, () => readonly PartitionIndex[]>();

  constructor(timeline: ConsumerTimeline) {
    this.#timeline = timeline;
    this.#topics = Object.keys(timeline.topics);
    const config = {
      sessionTimeoutUs: usOf(45_000),
      heartbeatIntervalUs: usOf(5000),
      maxSize: 2_147_483_647,
      assignors: [timeline.assignor === 'range' ? serverRangeAssignor : snapshotUniformAssignor],
      assignmentIntervalUs: 0,
    };
    this.#group = new ConsumerGroup(config, {
      timers: this.#timers.ranked(COORDINATOR_RANK),
      partitionsOf: (topic) => this.#partitionsOf(topic),
      persist: (_image, _changes, done) => {
        done('NONE');
        return true;
      },
      listener: {
        onState: () => {},
        onMemberJoined: () => {},
        onTarget: () => {},
        onMemberRemoved: ({ memberId }, reason) => {
          if (reason === 'session.expired') this.#writeAfter(memberId, 'session timer fired');
          if (reason === 'rebalance.timeout') this.#writeAfter(memberId, 'rebalance timer fired');
        },
      },
    });
  }

  run(): ReplayedConsumerTimeline {
    for (const [client, script] of this.#timeline.members.entries()) this.#play(script, client);
    this.#timers.runUntil(usOf(this.#timeline.until));
    const finalOwned: Record<string, string[]> = {};
    for (const [member, owned] of this.#owned) finalOwned[member] = this.#names(owned());
    return { events: this.#events, finalOwned };
  }

  #play(script: ConsumerScript, client: number): void {
    const timers = this.#timers;
    const rank = COORDINATOR_RANK + 1 + client;
    const name = script.member;
    let topics = script.topics;
    let isRevoking = false;
    const host: ConsumerMemberHost = {
      subscribedTopics: () => topics,
      onRevocationPending: () => {
        isRevoking = true;
      },
      commitOwned: (done) => {
        const takesMs = isRevoking ? (script.revocationTakesMs ?? 0) : 0;
        isRevoking = false;
        if (takesMs === 0) done();
        else timers.at(timers.nowUs + usOf(takesMs), rank, done);
      },
      onPartitionsRevoked: () => {},
      onPartitionsLost: () => {},
      onPartitionsAssigned: () => {},
      onState: () => {},
      onFatal: () => this.#owned.delete(name),
    };
    const config = {
      client,
      clientId: name,
      groupInstanceId: script.instanceId ?? null,
      rack: null,
      serverAssignor: null,
      maxPollIntervalUs: usOf(script.rebalanceTimeoutMs ?? 300_000),
      retryBackoffUs: usOf(100),
      retryBackoffMaxUs: usOf(1000),
    };
    const ports = { timers: timers.ranked(rank), coordinator: this.#client(name, rank), host, nextUniform: () => 0.5 };
    const member = new ConsumerMember(name, config, ports);
    const at = (ms: number | undefined, run: () => void): void => {
      if (ms !== undefined) timers.at(usOf(ms), rank, run);
    };
    at(script.start, () => {
      this.#owned.set(name, () => member.assignment);
      member.poll();
    });
    at(script.crashAt, () => {
      member.crash();
      this.#owned.delete(name);
      this.#write(name, 'crash');
    });
    at(script.leaveAt, () => {
      this.#owned.delete(name);
      member.close(() => {});
    });
    at(script.resubscribeAt, () => {
      topics = script.newTopics ?? topics;
      member.subscriptionChanged();
    });
  }

  #client(name: string, rank: number): ConsumerCoordinatorClient {
    const timers = this.#timers;
    return {
      findCoordinator: (done) => done('NONE'),
      consumerHeartbeat: (request, done) => {
        const { memberEpoch, ownedPartitions, subscribedTopics } = request;
        this.#group.heartbeat(request, (response) => {
          const { error, memberEpoch: epoch, assignment } = response;
          const isPlain = ownedPartitions === null && subscribedTopics === null && assignment === null;
          if (!isPlain || error !== 'NONE' || epoch !== memberEpoch || memberEpoch < 0) {
            this.#write(name, memberEpoch < 0 ? 'leave' : 'Heartbeat', {
              sentEpoch: memberEpoch,
              ...(ownedPartitions === null ? {} : { sentOwned: this.#names(ownedPartitions) }),
              ...(subscribedTopics === null ? {} : { sentTopics: subscribedTopics }),
              error,
              ...(error === 'NONE' ? { epoch } : {}),
              ...(assignment === null ? {} : { assignment: this.#names(assignment) }),
            });
          }
          timers.at(timers.nowUs, rank, () => done(error, response));
        });
      },
    };
  }

  /** The group is told of before it has changed. */
  #writeAfter(member: string, event: string): void {
    this.#timers.at(this.#timers.nowUs, COORDINATOR_RANK, () => this.#write(member, event, { removed: true }));
  }

  #write(member: string, event: string, facts: object = {}): void {
    const { state, image } = this.#group;
    const memberStates: Record<string, string> = {};
    for (const [id, { state: standing, memberEpoch }] of image.members) memberStates[id] = `${standing}@${memberEpoch}`;
    const { groupEpoch, assignmentEpoch } = image;
    const t = this.#timers.nowUs / 1000;
    this.#events.push({ t, member, event, ...facts, groupState: state, groupEpoch, assignmentEpoch, memberStates });
  }

  #partitionsOf(topic: string): PartitionIndex[] {
    const first = this.#topics.indexOf(topic) * TOPIC_STRIDE;
    return Array.from({ length: this.#timeline.topics[topic] ?? 0 }, (_, index) => first + index);
  }

  #names(partitions: readonly PartitionIndex[]): string[] {
    return [...partitions]
      .sort((left, right) => left - right)
      .map((partition) => `${this.#topics[Math.floor(partition / TOPIC_STRIDE)]}-${partition % TOPIC_STRIDE}`);
  }
}
