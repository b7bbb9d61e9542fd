import type { Mutant } from './list.ts';

/** The file's text with the wrong rule in it. Throws when the right one is not there exactly once. */
export function applied({ what, file, find, replace }: Mutant, text: string): string {
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has ${times} places for the mutant "${what}"; there must be exactly one`);
  return text.replace(find, () => replace);
}
