import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { LogDirEnvironment } from './logDirFailures.ts';

/** `log.initial.task.delay.ms`: the first round after a start. */
const INITIAL_DELAY_US = 30_000_000;

/**
 * Flushes logs that were not flushed for `flush.ms`, each `log.flush.scheduler.interval.ms`. Without that interval, as by
 * default, it does not come round, and `flush.ms` alone does nothing. Source: LogManager.flushDirtyLogs.
 *
 * Not modelled: its single round 30 s after a start when no interval is set.
 */
export class LogFlusher {
  readonly #env: LogDirEnvironment;
  #timer: TimerHandle = NO_TIMER;

  constructor(env: LogDirEnvironment) {
    this.#env = env;
  }

  start(): void {
    const intervalUs = this.#env.view.configs.number('log.flush.scheduler.interval.ms') * 1000;
    if (!(intervalUs > 0 && intervalUs < Number.MAX_SAFE_INTEGER)) return;
    this.#schedule(this.#env.ctx.kernel.nowUs + INITIAL_DELAY_US, intervalUs);
  }

  stop(): void {
    this.#env.ctx.kernel.cancel(this.#timer);
  }

  #schedule(atUs: number, intervalUs: number): void {
    const { ctx, process } = this.#env;
    const { incarnation } = process;
    this.#timer = ctx.kernel.atControl(atUs, () => {
      process.run(() => {
        if (incarnation !== process.incarnation) return;
        this.#flush();
        this.#schedule(ctx.kernel.nowUs + intervalUs, intervalUs);
      });
    });
  }

  #flush(): void {
    const { ctx, replicas, broker } = this.#env;
    const { nowUs } = ctx.kernel;
    for (const { disk, log, limits, isOffline } of replicas.of(broker))
      if (!isOffline && nowUs - disk.flushedUs >= limits.flushUs) disk.flush(log.logEndOffset, nowUs);
  }
}
