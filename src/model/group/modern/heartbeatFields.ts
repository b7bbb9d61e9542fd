import type { PartitionIndex } from '../assignors/assignor.ts';
import type { ConsumerMemberConfig, ConsumerMemberHost } from './consumerMemberPorts.ts';
import { type ConsumerHeartbeatRequest, JOIN_EPOCH } from './consumerProtocol.ts';
import { samePartitions } from './reconcileMember.ts';

/**
 * What goes into a member's heartbeats: everything when it joins and after an error, else only what has changed.
 *
 * Source: Apache Kafka `ConsumerHeartbeatRequestManager.HeartbeatState`.
 */
export class HeartbeatFields {
  readonly #config: ConsumerMemberConfig;
  readonly #host: ConsumerMemberHost;
  #hasSentConfigs = false;
  #topics: readonly string[] | null = null;
  #owned: readonly PartitionIndex[] | null = null;

  constructor(config: ConsumerMemberConfig, host: ConsumerMemberHost) {
    this.#config = config;
    this.#host = host;
  }

  /** @param current  what the member has reconciled; null when nothing yet */
  request(memberId: string, memberEpoch: number, current: readonly PartitionIndex[] | null): ConsumerHeartbeatRequest {
    const { maxPollIntervalUs, serverAssignor } = this.#config;
    const isJoining = memberEpoch === JOIN_EPOCH;
    const isFirst = isJoining || !this.#hasSentConfigs;
    const topics = this.#host.subscribedTopics();
    const hasOtherTopics = isJoining || this.#topics === null || !isSameList(topics, this.#topics);
    const owned = isJoining ? [] : current;
    const isOwnedNews = owned !== null && (isJoining || this.#owned === null || !samePartitions(owned, this.#owned));
    this.#hasSentConfigs = true;
    this.#topics = topics;
    // An empty join is not yet an acknowledgement of an empty assignment.
    this.#owned = isJoining ? null : (owned ?? this.#owned);
    return {
      ...this.leaving(memberId, memberEpoch),
      rebalanceTimeoutUs: isFirst ? maxPollIntervalUs : null,
      subscribedTopics: hasOtherTopics ? topics : null,
      serverAssignor: isFirst ? serverAssignor : null,
      ownedPartitions: isOwnedNews ? owned : null,
    };
  }

  /** Says nothing but who leaves. */
  leaving(memberId: string, memberEpoch: number): ConsumerHeartbeatRequest {
    const { client, clientId, groupInstanceId, rack } = this.#config;
    return {
      client,
      clientId,
      memberId,
      memberEpoch,
      groupInstanceId,
      rack,
      rebalanceTimeoutUs: null,
      subscribedTopics: null,
      serverAssignor: null,
      ownedPartitions: null,
    };
  }

  /** The coordinator may not have got what was sent last. */
  forget(): void {
    this.#hasSentConfigs = false;
    this.#topics = null;
    this.#owned = null;
  }
}

function isSameList(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((name, index) => name === right[index]));
}
