import type { Scenario } from '../scenario/scenario.ts';

/**
 * The one command that plays this very run again, for a POSIX shell.
 *
 * @param settings  the `--set` arguments that were in force
 */
export function reproduceCommand(scenario: Scenario, seed: string, settings: readonly string[]): string {
  const words = ['streamproof', 'run', scenario.source.path, '--seed', seed];
  for (const setting of settings) words.push('--set', setting);
  for (const { path, value } of scenario.variant) words.push('--variant', `${path}=${value}`);
  return words.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
