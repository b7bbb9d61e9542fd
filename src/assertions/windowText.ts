import { edgeOf } from '../metrics/referenceInstants.ts';
import type { Window } from '../scenario/scenario.ts';
import { showDuration } from './units.ts';

/** A window as part of a sentence, with a space in front; empty for the whole run. */
export function windowText(window: Window): string {
  switch (window.kind) {
    case 'whole':
      return '';
    case 'steady':
      return ' in the steady state';
    case 'during':
      return ` during ${window.name}`;
    case 'outside':
      return ` outside of ${window.name}`;
    case 'between':
      return ` between ${showDuration(window.fromUs)} and ${showDuration(window.toUs)}`;
  }
}

/** An instant to count from as part of a sentence, with a space in front; empty for the run's start. */
export function momentText(after: string | number | null): string {
  if (after === null) return '';
  if (typeof after === 'number') return ` after ${showDuration(after)}`;
  const { name, edge } = edgeOf(after);
  return ` after ${name} ${edge === 'end' ? 'ended' : 'began'}`;
}
