import type { KafkaError } from '../../../kafka/errors.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';
import type { RemovalReason } from '../groupPorts.ts';
import { TestTimers } from '../testTimers.ts';
import { SERVER_ASSIGNORS } from './assignors/uniform.ts';
import { ConsumerGroup } from './consumerGroup.ts';
import type { ConsumerGroupImage } from './consumerGroupImage.ts';
import type { ConsumerGroupConfig } from './consumerGroupPorts.ts';
import type { ConsumerHeartbeatRequest, ConsumerHeartbeatResponse } from './consumerProtocol.ts';

export const seconds = (count: number): number => count * 1_000_000;

/** A group of the consumer protocol on its own: topic `orders` with six partitions, and a log that may refuse. */
export class TestConsumerGroup {
  readonly timers = new TestTimers();
  readonly removals: { readonly memberId: string; readonly reason: RemovalReason; readonly atUs: number }[] = [];
  readonly states: string[] = [];
  readonly records: ConsumerGroupImage[] = [];
  group: ConsumerGroup;
  partitions = [0, 1, 2, 3, 4, 5];
  /** What the append of records says. */
  appendError: KafkaError = 'NONE';
  readonly #config: ConsumerGroupConfig;

  constructor(changes: Partial<ConsumerGroupConfig> = {}) {
    this.#config = {
      sessionTimeoutUs: seconds(45),
      heartbeatIntervalUs: seconds(5),
      maxSize: 1000,
      assignors: SERVER_ASSIGNORS,
      assignmentIntervalUs: 0,
      ...changes,
    };
    this.group = new ConsumerGroup(this.#config, this.#ports());
  }

  /** The next coordinator takes over what was written last. */
  failOver(): void {
    this.group.unload();
    this.group = ConsumerGroup.load(this.#config, this.#ports(), this.records.at(-1)!);
  }

  heartbeat(
    memberId: string,
    memberEpoch: number,
    changes: Partial<ConsumerHeartbeatRequest> = {},
  ): ConsumerHeartbeatResponse {
    let answer: ConsumerHeartbeatResponse | null = null;
    const isJoining = memberEpoch === 0;
    const request: ConsumerHeartbeatRequest = {
      client: 0,
      clientId: memberId,
      memberId,
      memberEpoch,
      groupInstanceId: null,
      rack: null,
      rebalanceTimeoutUs: isJoining ? seconds(300) : null,
      subscribedTopics: isJoining ? ['orders'] : null,
      serverAssignor: null,
      ownedPartitions: isJoining ? [] : null,
      ...changes,
    };
    this.group.heartbeat(request, (response) => {
      answer = response;
    });
    if (answer === null) throw new Error('no answer');
    return answer;
  }

  /** The member says that it owns exactly what it was told. */
  acknowledge(memberId: string, memberEpoch: number, owned: readonly PartitionIndex[]): ConsumerHeartbeatResponse {
    return this.heartbeat(memberId, memberEpoch, { ownedPartitions: owned });
  }

  standing(memberId: string): string {
    const member = this.group.image.members.get(memberId);
    return member === undefined ? 'none' : `${member.state}@${member.memberEpoch}`;
  }

  #ports() {
    return {
      timers: this.timers.ranked(0),
      partitionsOf: (topic: string) => (topic === 'orders' ? this.partitions : []),
      persist: (image: ConsumerGroupImage, _changes: number, done: (error: KafkaError) => void) => {
        if (this.appendError === 'NONE') this.records.push(image);
        done(this.appendError);
        return this.appendError === 'NONE';
      },
      listener: {
        onState: (_from: string, to: string) => void this.states.push(to),
        onMemberJoined: () => {},
        onMemberRemoved: ({ memberId }: { memberId: string }, reason: RemovalReason) =>
          void this.removals.push({ memberId, reason, atUs: this.timers.nowUs }),
        onTarget: () => {},
      },
    };
  }
}
