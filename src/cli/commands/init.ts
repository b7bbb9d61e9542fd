import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest } from '../../spec/nearest.ts';
import type { CommandFunction } from '../commands.ts';
import { SCENARIO_SUFFIX } from '../discover.ts';
import { OutputError, UserError } from '../userError.ts';

/** What the package brings: its own scenarios/ and schemas/, three folders up from here as source and as built. */
const PACKAGE_ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const QUICK_START = '01-quick-start';
const SCHEMA = join('schemas', 'scenario.schema.json');

/** `init`: a scenario of the gallery, the fragments it extends, and the schema that its first line names. */
export const init: CommandFunction = async (_args, flags, terminal) => {
  const example = findExample(flags.example ?? QUICK_START);
  const scenario = join('scenarios', example);
  const files = [scenario, ...fragmentsOf(scenario), SCHEMA];
  for (const file of files) {
    const isShared = file !== scenario;
    if (isShared && existsSync(file)) continue;
    copyNew(file);
    terminal.note(`created  ${file.replaceAll('\\', '/')}`);
  }
  terminal.note(`\nNow: streamproof run ${scenario.replaceAll('\\', '/')}`);
  return ['passed'];
};

function findExample(asked: string): string {
  const gallery = readdirSync(join(PACKAGE_ROOT, 'scenarios'))
    .filter((name) => name.endsWith(SCENARIO_SUFFIX))
    .sort();
  const names = gallery.map((name) => name.slice(0, -SCENARIO_SUFFIX.length));
  const wanted = asked.endsWith(SCENARIO_SUFFIX) ? asked.slice(0, -SCENARIO_SUFFIX.length) : asked;
  const exact = names.find((name) => name === wanted);
  const found = exact === undefined ? names.filter((name) => name.startsWith(wanted)) : [exact];
  const [name] = found;
  if (name !== undefined && found.length === 1) return name + SCENARIO_SUFFIX;
  const near = nearest(wanted, names);
  const hint = found.length > 1 ? `several begin so` : near === undefined ? 'there is none' : `did you mean '${near}'?`;
  throw new UserError(`no single example '${asked}' (${hint}); the gallery has: ${names.join(', ')}`);
}

/** What the scenario's `extends` names, as paths from the root; the gallery keeps fragments under scenarios/. */
function fragmentsOf(scenario: string): string[] {
  const text = readFileSync(join(PACKAGE_ROOT, scenario), 'utf8');
  const list = /^extends:\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? /^extends:\s*\n((?:\s+-\s+.+\n)+)/m.exec(text)?.[1] ?? '';
  const paths = list.split(/[,\n]/).map((item) =>
    item
      .replace(/^\s*-\s*/, '')
      .trim()
      .replaceAll(/^['"]|['"]$/g, ''),
  );
  return paths.filter((path) => path !== '').map((path) => join(dirname(scenario), path));
}

function copyNew(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(join(PACKAGE_ROOT, file), file, constants.COPYFILE_EXCL);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw new UserError(`${file} exists already and stays as it is`);
    throw new OutputError(`cannot create ${basename(file)} in ${dirname(file)} (${code})`);
  }
}
