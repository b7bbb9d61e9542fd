import type { QuorumMemberEvent } from '../controller/quorumMemberMachine.ts';
import type { RaftRequest, RaftResponse } from './raftMessages.ts';
import type { RaftNode } from './raftNode.ts';

/** Time-outs and switches of `KafkaRaftClient`, the same for all voters. */
export interface RaftRules {
  /** KIP-996: ask whether one would win before raising the epoch. */
  readonly preVote: boolean;
  readonly resignedBecomes: 'Candidate' | 'Unattached';
  /** KIP-1166: a parked fetch is answered when the high watermark moves. */
  readonly answersOnHighWatermark: boolean;
  readonly fetchTimeoutUs: number;
  readonly electionTimeoutUs: number;
  readonly electionBackoffMaxUs: number;
  readonly retryBackoffUs: number;
  /** How long an idle fetch is parked at most: MAX_FETCH_WAIT_MS, or the interval of NoOpRecords. */
  readonly idleFetchUs: number;
  /** The leader writes a NoOpRecord each interval, which answers all parked fetches at once. */
  readonly noOps: boolean;
}

/** One request between two voters, as the one that must answer it sees it. */
export interface RaftExchange {
  readonly from: number;
  readonly request: RaftRequest;
  /** At once or later, once; ignored when the sender has given up or is gone. */
  answer(response: RaftResponse): void;
  /** The sender's request time-out stands still while nothing happens on either side ... */
  holdTimeout(): void;
  /** ... and goes on as if the request had been sent then. */
  resumeTimeout(sentAtUs: number): void;
}

/** What a voter needs around it. Everything that it schedules or sends ends with the life of its process. */
export interface RaftPort {
  readonly nowUs: number;
  readonly rules: RaftRules;
  readonly nodes: readonly RaftNode[];
  readonly majority: number;
  /** Answers come back as `onResponse`, or `onRequestFailed` after a disconnect or controller.quorum.request.timeout.ms. */
  send(from: RaftNode, to: number, request: RaftRequest): void;
  /** Once; earlier when the way back is called. A frozen process gets to it when it resumes. */
  at(node: RaftNode, atUs: number, run: () => void): () => void;
  /** Flushes what was appended, then goes on. */
  afterFsync(node: RaftNode, then: () => void): void;
  /** Votes: writes and flushes the quorum-state file where it must, then goes on. */
  afterVote(node: RaftNode, then: () => void): void;
  /** Nothing can go wrong between the two that would not be told: an idle exchange between them needs no event. */
  isSteady(a: RaftNode, b: RaftNode): boolean;
  latencyUs(from: RaftNode, to: RaftNode): number;
  /** Steps the member's machine and tells about it. */
  transition(node: RaftNode, event: QuorumMemberEvent['type'], because: RaftNode): void;
  onElected(node: RaftNode): void;
  /** The leader's high watermark moved. */
  onHighWatermark(node: RaftNode): void;
  /** More of the log is committed: it may be time for a snapshot. */
  snapshotIfDue(node: RaftNode): void;
  /** The node led and does no more. */
  onLeadershipLost(node: RaftNode): void;
}
