/**
 * The application's loop around poll(): take what is buffered, work on it, commit as the scenario says, and poll again.
 *
 *   polling     inside poll(), waiting for records
 *   working     on the records of one poll()
 *   committing  inside commitSync()
 *   over        the loop was left
 *
 * Source: KafkaConsumer.poll (ClassicKafkaConsumer); records are returned when the next fetches are on their way.
 */
import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { GroupMembership } from '../group/memberPorts.ts';
import type { Committer } from './committer.ts';
import type { ConsumerParts } from './consumerParts.ts';
import type { Fetcher } from './fetcher.ts';
import type { Work } from './work.ts';

type Activity = 'starting' | 'polling' | 'working' | 'committing' | 'over';

/** Long batches are told in slices, so that whoever looks meanwhile sees how far they are. */
const SLICE_US = 100_000;

export interface ApplicationParts {
  readonly consumer: ConsumerParts;
  readonly member: GroupMembership;
  readonly fetcher: Fetcher;
  readonly committer: Committer;
  readonly work: Work;
  /** The loop ended as it was asked to. */
  readonly onLeft: () => void;
}

export class Application {
  readonly #parts: ApplicationParts;
  #activity: Activity = 'starting';
  #isLeaving = false;
  #isHeld = false;
  /** Its producer ends a transaction. */
  #isPaused = false;
  #onPaused: (() => void) | null = null;
  #timer: TimerHandle = NO_TIMER;

  constructor(parts: ApplicationParts) {
    this.#parts = parts;
  }

  get isPolling(): boolean {
    return this.#activity === 'polling';
  }

  get hasStarted(): boolean {
    return this.#activity !== 'starting';
  }

  /** The loop begins, or comes round. */
  poll(): void {
    if (this.#activity === 'over') return;
    if (this.#isLeaving) {
      this.#leave();
      return;
    }
    this.#activity = 'polling';
    this.#parts.member.poll();
    this.#parts.committer.autoCommit();
    this.#pauseIfAsked();
    this.advance();
  }

  /** Runs `go` between two calls of poll(), now or when the records at hand are done; none are taken until `goOn`. */
  pauseThen(go: () => void): void {
    this.#onPaused = go;
    const isBusy = this.#activity === 'working' || this.#activity === 'committing';
    if (!isBusy) this.#pauseIfAsked();
  }

  goOn(): void {
    this.#isPaused = false;
    this.#onPaused = null;
    this.advance();
  }

  #pauseIfAsked(): void {
    const go = this.#onPaused;
    if (go === null) return;
    this.#onPaused = null;
    this.#isPaused = true;
    go();
  }

  /** Records may have come, or a partition may be ready to be fetched. */
  advance(): void {
    if (this.#activity !== 'polling') return;
    const { fetcher, committer, work, consumer } = this.#parts;
    while (!this.#isHeld && !this.#isPaused && this.#take()) {
      const mustCommit = consumer.commitStyle === 'before-processing' || consumer.commitStyle === 'after-processing';
      if (mustCommit || !work.isInstant) {
        fetcher.send();
        if (consumer.commitStyle === 'before-processing') this.#commitThen(() => this.#startWork());
        else this.#startWork();
        return;
      }
      work.start(consumer.ctx.kernel.nowUs);
      work.settle(consumer.ctx.kernel.nowUs);
      if (this.#activity !== 'polling') return;
    }
    fetcher.send();
    committer.autoCommit();
  }

  /** Nothing is returned while partitions are about to be revoked (markPendingRevocation). */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
  }

  /** Leaves the loop: at once from inside poll() (wakeup), else when the records at hand are done. */
  leave(): void {
    this.#isLeaving = true;
    if (this.#activity === 'polling' || this.#activity === 'starting') this.#leave();
  }

  /** The process is gone. */
  end(): void {
    const { kernel } = this.#parts.consumer.ctx;
    kernel.cancel(this.#timer);
    if (this.#activity === 'working') this.#parts.work.pause(kernel.nowUs);
    this.#activity = 'over';
  }

  freeze(): void {
    if (this.#activity !== 'working') return;
    const { kernel } = this.#parts.consumer.ctx;
    kernel.cancel(this.#timer);
    this.#parts.work.pause(kernel.nowUs);
  }

  resume(): void {
    if (this.#activity === 'working') this.#goOn();
  }

  setPace(perRecordUs: number | null): void {
    const isRunning = this.#parts.consumer.process.life === 'running';
    this.freeze();
    this.#parts.work.setPace(perRecordUs);
    if (isRunning) this.resume();
  }

  /** Tells what is done by now. */
  settle(): void {
    if (this.#activity === 'working') this.#parts.work.settle(this.#parts.consumer.ctx.kernel.nowUs);
  }

  #take(): boolean {
    const { subscription, settings } = this.#parts.consumer;
    const { work } = this.#parts;
    let room = settings.maxPollRecords;
    while (room > 0) {
      const state = subscription.nextBuffered();
      if (state === undefined) break;
      room -= state.take(room, (range, skipped, count) => work.add(state.partition, range, skipped, count));
    }
    return room < settings.maxPollRecords;
  }

  #startWork(): void {
    if (this.#activity === 'polling') this.#parts.member.returnFromPoll();
    this.#activity = 'working';
    this.#goOn();
  }

  #goOn(): void {
    const { kernel } = this.#parts.consumer.ctx;
    this.#wait(this.#parts.work.start(kernel.nowUs));
  }

  #wait(endUs: number): void {
    const { ctx, process } = this.#parts.consumer;
    const { kernel } = ctx;
    if (endUs === kernel.nowUs) {
      this.#worked();
      return;
    }
    this.#timer = kernel.atData(Math.min(endUs, kernel.nowUs + SLICE_US), () => {
      if (process.life !== 'running') return;
      if (kernel.nowUs < endUs) {
        this.#parts.work.settle(kernel.nowUs);
        this.#wait(endUs);
      } else this.#worked();
    });
  }

  #worked(): void {
    this.#parts.work.settle(this.#parts.consumer.ctx.kernel.nowUs);
    if (this.#parts.consumer.commitStyle === 'after-processing') this.#commitThen(() => this.poll());
    else this.poll();
  }

  /** An error is logged by the application, which goes on; membership errors show in its next poll(). */
  #commitThen(next: () => void): void {
    if (this.#activity === 'polling') this.#parts.member.returnFromPoll();
    this.#activity = 'committing';
    const { settings } = this.#parts.consumer;
    this.#parts.committer.commitSync(settings.apiTimeoutUs, () => {
      if (this.#activity === 'committing') next();
    });
  }

  #leave(): void {
    this.#activity = 'over';
    this.#parts.onLeft();
  }
}
