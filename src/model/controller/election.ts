import type { EventId } from '../trace.ts';
import type { Quorum } from './quorum.ts';
import type { Voter } from './voter.ts';

const VOTE_BYTES = 120;
/** Vote and epoch are on disk before a request for votes or an answer leaves. */
const FSYNC_US = 2_000;
const ELECTION_BACKOFF_BASE_US = 100_000;

/**
 * How voters without a leader find one.
 *
 * Not modelled: repeated requests to a voter that is up but slow; attempts that cannot succeed, since no majority can be
 * reached: they are skipped and begin again when it can (with the consequence that the epoch rises less than Kafka's).
 *
 * Source: `KafkaRaftClient`, `ProspectiveState`, `CandidateState`, `UnattachedState`, `ResignedState`.
 */
export class Election {
  readonly #quorum: Quorum;

  constructor(quorum: Quorum) {
    this.#quorum = quorum;
  }

  /** A voter's one timer ran out. */
  onDeadline(voter: Voter): void {
    switch (voter.state) {
      case 'Follower':
        this.#begin(voter);
        return;
      case 'Resigned':
        this.#leaveResigned(voter);
        return;
      case 'Prospective':
        if (!this.#parks(voter)) this.#losePreVote(voter);
        return;
      case 'Unattached':
      case 'Candidate':
        if (!this.#parks(voter)) this.#begin(voter);
        return;
      case 'Leader':
        return;
    }
  }

  waitForElection(voter: Voter): void {
    this.#quorum.arm(voter, this.#quorum.kernel.nowUs + this.#timeoutUs(voter));
  }

  /** Elections that waited for a majority go on when there is one. */
  unpark(voter: Voter): void {
    if (!voter.isElectionParked || !voter.isUp || !this.#quorum.canReachMajority(voter)) return;
    voter.isElectionParked = false;
    this.waitForElection(voter);
  }

  /** A voter came back: those who wait for votes ask it. */
  askAgain(returned: Voter): void {
    for (const voter of this.#quorum.voters) {
      const isAsking = voter.state === 'Prospective' || voter.state === 'Candidate';
      if (isAsking && voter !== returned && voter.isUp) this.#ask(voter, returned);
    }
  }

  /** How long the successor at this place of EndQuorumEpoch's list waits before it stands. */
  successorDelayUs(position: number, successorCount: number): number {
    const maxUs = this.#quorum.settings.electionBackoffMaxUs;
    if (position === 0) return 0;
    let delayUs = maxUs;
    for (let i = 1; i < successorCount; i++) delayUs = Math.floor(delayUs / 2);
    for (let i = 1; i < position; i++) delayUs *= 2;
    return Math.min(maxUs, delayUs);
  }

  #timeoutUs(voter: Voter): number {
    const { electionTimeoutUs } = this.#quorum.settings;
    return electionTimeoutUs + voter.random.uniformInt(0, electionTimeoutUs);
  }

  #parks(voter: Voter): boolean {
    voter.isElectionParked = !this.#quorum.canReachMajority(voter);
    return voter.isElectionParked;
  }

  #begin(voter: Voter): void {
    voter.isInContact = false;
    if (!this.#quorum.behaviour.preVote) {
      this.#stand(voter);
      return;
    }
    this.#quorum.move(voter, 'preVote.begun', voter.cause);
    this.#askAll(voter);
  }

  #stand(voter: Voter): void {
    voter.epoch++;
    voter.votedFor = voter.slot;
    voter.leader = -1;
    this.#quorum.move(voter, 'candidacy.begun', voter.cause);
    this.#askAll(voter);
  }

  #leaveResigned(voter: Voter): void {
    if (this.#quorum.behaviour.resignedBecomes === 'Candidate') this.#stand(voter);
    else this.#quorum.raiseEpoch(voter, voter.epoch + 1, voter.cause);
  }

  #askAll(voter: Voter): void {
    voter.granted = new Set([voter.slot]);
    voter.rejected = new Set();
    this.waitForElection(voter);
    const { epoch, state } = voter;
    const pollUs = state === 'Candidate' ? FSYNC_US : 0;
    this.#quorum.afterFsync(voter, pollUs, () => {
      if (voter.epoch !== epoch || voter.state !== state) return;
      for (const other of this.#quorum.voters) if (other !== voter) this.#ask(voter, other);
      this.#count(voter);
    });
  }

  #ask(voter: Voter, other: Voter): void {
    const { epoch, lastEpoch, endOffset, state, cause } = voter;
    const isPreVote = state === 'Prospective';
    this.#quorum.send(voter, other, VOTE_BYTES, () => {
      const granted = this.#vote(other, voter.slot, epoch, lastEpoch, endOffset, isPreVote, cause);
      const answer = { epoch: other.epoch, leader: other.leader };
      this.#quorum.afterFsync(other, isPreVote ? 0 : FSYNC_US, () => {
        this.#quorum.send(other, voter, VOTE_BYTES, () => {
          this.#answered(voter, other, granted, epoch, state, answer);
        });
      });
    });
  }

  /** Whether `voter` grants its vote, raising its epoch to the candidate's first. */
  #vote(
    voter: Voter,
    candidate: number,
    epoch: number,
    lastEpoch: number,
    endOffset: number,
    isPreVote: boolean,
    cause: EventId,
  ): boolean {
    if (epoch < voter.epoch) return false;
    if (epoch > voter.epoch) this.#quorum.raiseEpoch(voter, epoch, cause);
    const isUpToDate = lastEpoch > voter.lastEpoch || (lastEpoch === voter.lastEpoch && endOffset >= voter.endOffset);
    if (!isUpToDate || voter.state === 'Leader') return false;
    if (isPreVote) return voter.state !== 'Follower' || !voter.hasFetched;
    if (voter.votedFor === candidate) return true;
    const mayVote = voter.state === 'Unattached' || voter.state === 'Prospective';
    if (!mayVote || voter.votedFor >= 0 || voter.leader >= 0) return false;
    voter.votedFor = candidate;
    return true;
  }

  #answered(
    voter: Voter,
    from: Voter,
    granted: boolean,
    epoch: number,
    state: Voter['state'],
    answer: { readonly epoch: number; readonly leader: number },
  ): void {
    if (answer.epoch > voter.epoch) {
      const { leader } = answer;
      if (leader >= 0 && leader !== voter.slot) this.#quorum.follow(voter, leader, answer.epoch, from.cause);
      else this.#quorum.raiseEpoch(voter, answer.epoch, from.cause);
      return;
    }
    if (voter.epoch !== epoch || voter.state !== state) return;
    (granted ? voter.granted : voter.rejected).add(from.slot);
    this.#count(voter);
  }

  #count(voter: Voter): void {
    const { majority, voters, kernel } = this.#quorum;
    if (voter.granted.size >= majority) {
      if (voter.state === 'Prospective') this.#stand(voter);
      else this.#quorum.lead(voter);
      return;
    }
    if (voters.length - voter.rejected.size >= majority) return;
    if (voter.state === 'Prospective') this.#losePreVote(voter);
    else if (!this.#quorum.behaviour.preVote) this.#quorum.arm(voter, kernel.nowUs + this.#backoffUs(voter));
    // With pre-vote a rejected candidate waits for the rest of its election timeout.
  }

  #losePreVote(voter: Voter): void {
    if (voter.leader >= 0 && voter.leader !== voter.slot) {
      const { hasFetched } = voter;
      this.#quorum.follow(voter, voter.leader, voter.epoch, voter.cause);
      voter.hasFetched = hasFetched;
      return;
    }
    this.#quorum.move(voter, 'preVote.lost', voter.cause);
    this.waitForElection(voter);
  }

  /** Up to 3.9: 100 ms x [0, 2^lost elections), at most controller.quorum.election.backoff.max.ms. */
  #backoffUs(voter: Voter): number {
    voter.retries++;
    let span = 1;
    for (let i = 0; i < voter.retries && span < 1024; i++) span *= 2;
    const backoffUs = ELECTION_BACKOFF_BASE_US * voter.random.uniformInt(0, span);
    return Math.min(backoffUs, this.#quorum.settings.electionBackoffMaxUs);
  }
}
