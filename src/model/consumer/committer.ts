/**
 * Commits of positions: what poll() has returned so far. Source: ConsumerCoordinator (maybeAutoCommitOffsetsAsync,
 * commitOffsetsSync, OffsetCommitResponseHandler).
 *
 * Offsets that this member has committed already are left out of a request; Kafka sends them again.
 */
import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { CommittedOffset } from '../coordinator/groupRequests.ts';
import { consequenceOf } from '../group/memberErrors.ts';
import type { GroupMembership, Outcome } from '../group/memberPorts.ts';
import type { ConsumerParts } from './consumerParts.ts';

export class Committer {
  readonly #parts: ConsumerParts;
  readonly #member: () => GroupMembership;
  readonly #isPolling: () => boolean;
  #dueUs: number;
  #isInFlight = false;
  #timer: TimerHandle = NO_TIMER;
  #isOver = false;
  /** The interval ended while there was something to commit and the application was busy. */
  #isLate = false;

  constructor(parts: ConsumerParts, member: () => GroupMembership, isPolling: () => boolean) {
    this.#parts = parts;
    this.#member = member;
    this.#isPolling = isPolling;
    this.#dueUs = parts.ctx.kernel.nowUs + parts.settings.autoCommitIntervalUs;
  }

  /** Inside poll(): commits when `auto.commit.interval.ms` is over, or comes back when it will be. */
  autoCommit(): void {
    const { kernel } = this.#parts.ctx;
    if (this.#parts.commitStyle !== 'auto' || this.#isInFlight || kernel.isPending(this.#timer)) return;
    const offsets = this.#uncommitted();
    if (offsets.length === 0) {
      this.#isLate = false;
      return;
    }
    if (!this.#isLate) this.#skipIdleRounds();
    if (kernel.nowUs < this.#dueUs) {
      this.#arm();
      return;
    }
    this.#isLate = false;
    this.#dueUs = kernel.nowUs + this.#parts.settings.autoCommitIntervalUs;
    this.#isInFlight = true;
    this.#send(offsets, (outcome) => {
      this.#isInFlight = false;
      if (consequenceOf(outcome) !== 'alive') {
        this.#dueUs = Math.min(this.#dueUs, kernel.nowUs + this.#parts.settings.retryBackoffMs * 1000);
      }
      if (this.#isPolling()) this.autoCommit();
    });
  }

  /** Commits and waits, again after errors that pass, for at most `limitUs`. `done` comes once. */
  commitSync(limitUs: number, done: (outcome: Outcome) => void): void {
    const { kernel } = this.#parts.ctx;
    const deadlineUs = kernel.nowUs + limitUs;
    const attempt = (): void => {
      if (this.#isOver) return;
      const offsets = this.#uncommitted();
      if (offsets.length === 0) {
        done('NONE');
        return;
      }
      this.#send(offsets, (outcome) => {
        if (this.#isOver) return;
        const waitUs = this.#parts.settings.retryBackoffMs * 1000;
        if (isRetriable(outcome) && kernel.nowUs + waitUs < deadlineUs) this.#later(waitUs, attempt);
        else done(outcome);
      });
    };
    attempt();
  }

  stop(): void {
    this.#isOver = true;
    this.#parts.ctx.kernel.cancel(this.#timer);
  }

  /** While nothing was to be committed the interval went round without an event. */
  #skipIdleRounds(): void {
    const intervalUs = Math.max(1, this.#parts.settings.autoCommitIntervalUs);
    const rounds = Math.ceil((this.#parts.ctx.kernel.nowUs - this.#dueUs) / intervalUs);
    if (rounds > 0) this.#dueUs += rounds * intervalUs;
  }

  #arm(): void {
    const { kernel } = this.#parts.ctx;
    this.#timer = kernel.atControl(this.#dueUs, () =>
      this.#parts.process.run(() => {
        if (this.#isOver) return;
        this.#isLate = true;
        if (this.#isPolling()) this.autoCommit();
      }),
    );
  }

  #uncommitted(): CommittedOffset[] {
    const offsets: CommittedOffset[] = [];
    for (const { phase, partition, position, positionEpoch, committed } of this.#parts.subscription.states()) {
      if (phase === 'FETCHING' && position !== committed)
        offsets.push({ partition, offset: position, leaderEpoch: positionEpoch });
    }
    return offsets;
  }

  #send(offsets: readonly CommittedOffset[], done: (outcome: Outcome) => void): void {
    const member = this.#member();
    if (member.commitRefusal !== null) {
      done(member.commitRefusal);
      return;
    }
    const { memberId, generation } = member;
    const { groupInstanceId } = this.#parts.settings.member;
    this.#parts.link.commit({ memberId, groupInstanceId, generation, offsets }, (outcome) => {
      if (this.#isOver) return;
      if (outcome === 'NONE') this.#committed(offsets);
      else this.#refused(outcome, offsets[0]!.partition);
      done(outcome);
    });
  }

  #committed(offsets: readonly CommittedOffset[]): void {
    const { ctx, group, client, subscription } = this.#parts;
    for (const { partition, offset } of offsets) {
      const state = subscription.get(partition);
      if (state !== undefined) state.committed = offset;
      ctx.recorder.committed(group, client, partition, offset, ctx.kernel.nowUs);
    }
  }

  #refused(outcome: Outcome, partition: number): void {
    const { ctx, client, link } = this.#parts;
    const member = this.#member();
    const consequence = consequenceOf(outcome);
    if (outcome !== 'DISCONNECTED' && outcome !== 'TIMED_OUT') {
      ctx.recorder.errorSeen(client, partition, outcome, ctx.kernel.nowUs);
      member.commitAnswered(outcome);
    }
    if (consequence === 'coordinatorLost' || outcome === 'REQUEST_TIMED_OUT') {
      link.forget();
      member.coordinatorLost();
    }
  }

  #later(waitUs: number, run: () => void): void {
    const { ctx, process } = this.#parts;
    ctx.kernel.atControl(ctx.kernel.nowUs + waitUs, () => process.run(() => !this.#isOver && run()));
  }
}

function isRetriable(outcome: Outcome): boolean {
  // The epoch has risen while the commit was under way; the next try carries the new one.
  if (outcome === 'STALE_MEMBER_EPOCH') return true;
  if (outcome === 'REQUEST_TIMED_OUT' || outcome === 'UNKNOWN_TOPIC_OR_PARTITION') return true;
  const consequence = consequenceOf(outcome);
  return consequence === 'coordinatorLost' || consequence === 'later';
}
