import type { ClaimContext } from './checker.ts';

/**
 * Calls `look` for the state at the end of a window: when it closes (before what closed it takes effect) or, when it
 * is open to the end, after the run's last instant. The last call counts.
 */
export function atEndOfWindow({ collector, window }: ClaimContext, look: (atUs: number) => void): void {
  window.whenChanged((atUs) => {
    if (!window.isOpen) look(atUs);
  });
  collector.listen({
    end: (atUs) => {
      if (window.isOpen) look(atUs);
    },
  });
}
