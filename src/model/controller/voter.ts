import { NO_TIMER, type RandomStream, type TimerHandle } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { LeaderTerm } from './leaderTerm.ts';
import type { MetadataBatch } from './metadataBatch.ts';
import type { QuorumMemberState } from './quorumMemberMachine.ts';

/** One voter's memory. Epoch, vote and log survive a restart, as they are on disk; the rest does not. */
export class Voter {
  /** Index in the quorum. */
  readonly slot: number;
  /** Index over all controllers. */
  readonly controller: number;
  readonly process: Process;
  readonly random: RandomStream;

  epoch = 0;
  /** Slot; -1: no vote in this epoch. */
  votedFor = -1;
  log: MetadataBatch[] = [];

  state: QuorumMemberState = 'Unattached';
  /** Slot of the leader of this epoch; -1: unknown. */
  leader = -1;
  isBooted = true;
  /** Fetched from the present leader at least once: refuses pre-votes from then on. */
  hasFetched = false;
  /** The parked exchange with the leader works; no timer runs then. */
  isInContact = false;
  /** When the way to the leader was first cut while out of contact; -1: it was not. */
  cutAtUs = -1;
  resumeTimer: TimerHandle = NO_TIMER;
  /** The fetch, election or back-off time-out; -1: none. */
  deadlineUs = -1;
  timer: TimerHandle = NO_TIMER;
  granted = new Set<number>();
  rejected = new Set<number>();
  /** Lost elections in a row. */
  retries = 0;
  /** No majority can answer: elections wait until it can. */
  isElectionParked = false;
  term: LeaderTerm | null = null;
  /** The event that brought it into its state. */
  cause: EventId = NO_CAUSE;

  constructor(slot: number, controller: number, process: Process, random: RandomStream) {
    this.slot = slot;
    this.controller = controller;
    this.process = process;
    this.random = random;
  }

  get isUp(): boolean {
    return this.isBooted && this.process.life === 'running';
  }

  get endOffset(): number {
    return this.log.at(-1)?.lastOffset ?? -1;
  }

  get lastEpoch(): number {
    return this.log.at(-1)?.epoch ?? 0;
  }
}
