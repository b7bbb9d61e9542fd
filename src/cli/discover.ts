import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { nearest } from '../spec/nearest.ts';
import { COMMANDS } from './options.ts';
import { UserError } from './userError.ts';

export const SCENARIO_SUFFIX = '.scenario.yaml';
const DEFAULT_FOLDER = 'scenarios';
const MOST_FILES = 2000;

/**
 * The scenario files that the arguments name, as paths relative to the working directory with forward slashes:
 * arguments in the order given, folders searched to the bottom and sorted by code units, no file twice.
 *
 * @throws UserError for a path that does not exist
 */
export function discoverScenarioFiles(paths: readonly string[], cwd: string): string[] {
  const asked = paths.length > 0 ? paths : [DEFAULT_FOLDER];
  const found = new Set<string>();
  for (const path of asked) {
    const absolute = resolve(cwd, path);
    const stats = statSync(absolute, { throwIfNoEntry: false });
    if (stats === undefined) throw new UserError(missing(path, paths.length === 0));
    const files = stats.isDirectory() ? scenarioFilesBelow(absolute) : [absolute];
    for (const file of files) found.add(relative(cwd, file).replaceAll('\\', '/'));
    if (found.size > MOST_FILES) throw new UserError(`more than ${MOST_FILES} scenario files; name a smaller folder`);
  }
  return [...found];
}

function missing(path: string, isDefault: boolean): string {
  if (isDefault) {
    return `there is no folder ${DEFAULT_FOLDER}/ here; name a scenario file or folder, or start with 'streamproof init'`;
  }
  const looksLikeCommand = /^[a-z]+$/.test(path);
  const names = COMMANDS.map((command) => command.name);
  const command = looksLikeCommand ? nearest(path, names) : undefined;
  const hint = command === undefined ? '' : `; did you mean the command '${command}'?`;
  return `no such file, folder or command: '${path}'${hint}`;
}

function scenarioFilesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...scenarioFilesBelow(path));
    else if (entry.name.endsWith(SCENARIO_SUFFIX)) files.push(path);
  }
  return files;
}
