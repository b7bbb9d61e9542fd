import type { Kernel, TimerHandle } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { GroupTimers } from './groupPorts.ts';

interface Pending {
  readonly timer: TimerHandle;
  isCancelled: boolean;
}

/**
 * Timers of a process: what comes due while it is frozen runs when it resumes, unless it was cancelled by something that
 * ran first then.
 *
 * @param isAlive  whether the owner still exists; timers of one that is gone do nothing
 */
export function processTimers(kernel: Kernel, process: Process, isAlive: () => boolean): GroupTimers<Pending> {
  return {
    nowUs: () => kernel.nowUs,
    schedule: (atUs, run) => {
      const fire = (): void => {
        if (!pending.isCancelled && isAlive()) run();
      };
      const pending: Pending = { timer: kernel.atControl(atUs, () => process.run(fire)), isCancelled: false };
      return pending;
    },
    cancel: (pending) => {
      pending.isCancelled = true;
      kernel.cancel(pending.timer);
    },
  };
}
