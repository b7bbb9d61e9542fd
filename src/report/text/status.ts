import type { Outcome } from '../../result/runResult.ts';

/** A status is never told by colour alone: each has its own word and symbol. */
export const STATUS_SYMBOL: Readonly<Record<Outcome, string>> = {
  passed: '✓',
  failed: '✗',
  inconclusive: '?',
  interrupted: '■',
};

/** From bad to good: what a reader should see first. */
export const STATUS_ORDER: readonly Outcome[] = ['failed', 'interrupted', 'inconclusive', 'passed'];

/** `1 failed, 1 inconclusive, 4 passed`; what did not occur is left out. */
export function tallyText(statuses: readonly Outcome[]): string {
  const parts = STATUS_ORDER.map((status) => [status, statuses.filter((one) => one === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
