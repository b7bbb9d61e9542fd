import type { Process } from '../network/process.ts';
import type { RaftNode } from '../raft/raftNode.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { LeaderTerm } from './leaderTerm.ts';

/** One controller node as a member of the quorum: the process, and the raft node in it. */
export class Voter {
  /** Index in the quorum. */
  readonly slot: number;
  /** Index over all controllers. */
  readonly controller: number;
  readonly process: Process;
  readonly node: RaftNode;
  /** Its term while it leads. */
  term: LeaderTerm | null = null;
  /** The event that brought it into its state. */
  cause: EventId = NO_CAUSE;
  /** Slot of the leader that it followed last; -1: none. */
  followed = -1;
  /** What the next resignation is due to; NO_CAUSE: check-quorum. */
  resignsBecause: EventId = NO_CAUSE;
  /** Pre-vote rounds and candidacies since it last had a leader. */
  rounds = 0;

  constructor(slot: number, controller: number, process: Process, node: RaftNode) {
    this.slot = slot;
    this.controller = controller;
    this.process = process;
    this.node = node;
  }

  /** Runs and takes part in the quorum. */
  get isUp(): boolean {
    return this.node.isUp && this.process.life === 'running';
  }
}
