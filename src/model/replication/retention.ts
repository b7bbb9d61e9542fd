import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { Replica } from './replica.ts';
import type { BrokerEnvironment } from './replicaManager.ts';
import { startAfterRetention } from './retentionPass.ts';

/** `log.initial.task.delay.ms`: the first pass after a start. */
const INITIAL_DELAY_US = 30_000_000;

/**
 * Deletion of old segments by time and size, whole segments only, never beyond the high watermark.
 * Runs every `log.retention.check.interval.ms` on each broker by its own clock. Source: LogManager.cleanupLogs, UnifiedLog.
 *
 * Not modelled: compaction, indexes that fill up before their segment.
 */
export class Retention {
  readonly #env: BrokerEnvironment;
  #timer: TimerHandle = NO_TIMER;

  constructor(env: BrokerEnvironment) {
    this.#env = env;
  }

  start(): void {
    this.#schedule(this.#env.ctx.kernel.nowUs + INITIAL_DELAY_US);
  }

  stop(): void {
    this.#env.ctx.kernel.cancel(this.#timer);
  }

  #schedule(atUs: number): void {
    const { incarnation } = this.#env.process;
    this.#timer = this.#env.ctx.kernel.atControl(atUs, () => {
      this.#env.process.run(() => {
        if (incarnation !== this.#env.process.incarnation) return;
        for (const replica of this.#env.replicas.of(this.#env.broker)) if (!replica.isOffline) this.#clean(replica);
        this.#schedule(
          this.#env.ctx.kernel.nowUs + this.#env.view.configs.number('log.retention.check.interval.ms') * 1000,
        );
      });
    });
  }

  #clean(replica: Replica): void {
    const { log, limits, highWatermark } = replica;
    log.history.compact(highWatermark);
    if (!limits.deletes || log.logEndOffset === log.logStartOffset) return;
    const before = log.logStartOffset;
    const nowUs = this.#env.ctx.kernel.nowUs;
    const isTooLarge = limits.retentionBytes >= 0 && log.bytesBetween(before, log.logEndOffset) > limits.retentionBytes;
    // Nothing can be old enough before the clock itself has run for the retention time.
    if (!isTooLarge && (limits.retentionUs < 0 || nowUs <= limits.retentionUs)) return;
    log.logStartOffset = startAfterRetention(log, limits, highWatermark, nowUs);
    if (log.logStartOffset === before) return;
    const { recorder } = this.#env.ctx;
    this.#freeLater(replica, log.bytesBetween(before, log.logStartOffset));
    recorder.event(nowUs, -1, {
      type: 'log.startOffset',
      partition: replica.partition,
      broker: replica.broker,
      offset: log.logStartOffset,
    });
    if (replica.leading !== null) recorder.expired(replica.partition, before, log.logStartOffset, nowUs);
  }

  /** Segments are renamed to `.deleted` now; the disk has its room back when they are removed. */
  #freeLater({ disk, partition }: Replica, bytes: number): void {
    const { ctx, view } = this.#env;
    const { dir } = disk;
    const atUs = ctx.kernel.nowUs + view.configs.fileDeleteDelayUs(view.topicOf(partition));
    ctx.kernel.atControl(atUs, () => dir?.release(bytes));
  }
}
