import type { OffsetAndEpoch } from './raftLog.ts';

/**
 * What voters say to each other. Nodes are slots in the quorum; `leader` -1: unknown.
 *
 * Source: Vote, BeginQuorumEpoch, EndQuorumEpoch, Fetch and FetchSnapshot of KIP-595, KIP-630, KIP-996.
 */
export type RaftRequest =
  | {
      readonly api: 'Vote';
      readonly epoch: number;
      readonly preVote: boolean;
      readonly lastEpoch: number;
      readonly endOffset: number;
    }
  | { readonly api: 'BeginQuorumEpoch'; readonly epoch: number }
  | { readonly api: 'EndQuorumEpoch'; readonly epoch: number; readonly successors: readonly number[] }
  | {
      readonly api: 'Fetch';
      readonly epoch: number;
      readonly offset: number;
      readonly lastFetchedEpoch: number;
      /** The high watermark that the follower knows. */
      readonly highWatermark: number;
    }
  | { readonly api: 'FetchSnapshot'; readonly epoch: number; readonly snapshot: OffsetAndEpoch };

export type RaftResponse =
  /** The epoch does not fit, or the receiver does not lead: it says what it knows. */
  | { readonly kind: 'refused'; readonly epoch: number; readonly leader: number }
  | { readonly kind: 'vote'; readonly epoch: number; readonly leader: number; readonly granted: boolean }
  | { readonly kind: 'done'; readonly epoch: number; readonly leader: number }
  | {
      readonly kind: 'fetched';
      readonly epoch: number;
      readonly leader: number;
      readonly highWatermark: number;
      /** Epochs and ends in turn. */
      readonly ranges: readonly number[];
      readonly diverging: OffsetAndEpoch | null;
      readonly snapshot: OffsetAndEpoch | null;
    };

/** Answers a request, at once or later; ignored when nobody waits any more. */
export type Answer = (response: RaftResponse) => void;
