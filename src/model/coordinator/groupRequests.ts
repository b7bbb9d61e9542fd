/** Bodies of the requests that a group coordinator answers, where `protocol.ts` and the group engine do not name them. */
import type { ErrorName } from '../protocol.ts';

export interface FindCoordinatorRequest {
  readonly group: number;
}

/** A request of the group protocol, addressed to a group (index in `Cast.groups`). */
export interface InGroup<Body> {
  readonly group: number;
  readonly body: Body;
}

/** The answer where an error says all: Heartbeat, LeaveGroup, OffsetCommit. */
export interface GroupErrorResponse {
  readonly error: ErrorName;
}

export interface CommittedOffset {
  readonly partition: number;
  /** Of the next record to read. */
  readonly offset: number;
  /** Of the last record read; -1 when unknown. */
  readonly leaderEpoch: number;
}

export interface OffsetCommitBody {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** -1: not a member of a group. */
  readonly generation: number;
  readonly offsets: readonly CommittedOffset[];
}

export interface OffsetFetchBody {
  readonly partitions: readonly number[];
  /** Consumers with isolation.level=read_committed wait for transactions that hold offsets. */
  readonly requireStable?: boolean;
}

export interface OffsetFetchAnswer {
  readonly error: ErrorName;
  /** Only partitions that have a committed offset. */
  readonly offsets: readonly CommittedOffset[];
}
