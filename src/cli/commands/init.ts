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
  const { example, others } = findExample(flags.example ?? QUICK_START);
  const scenario = join('scenarios', example);
  const files = [scenario, ...fragmentsOf(scenario), SCHEMA];
  for (const file of files) {
    const isShared = file !== scenario;
    if (isShared && existsSync(file)) continue;
    copyNew(file);
    terminal.note(`created  ${file.replaceAll('\\', '/')}`);
  }
  if (others.length > 0) terminal.note(`also in the gallery: ${others.join(', ')}`);
  terminal.note(`\nNow: streamproof run ${scenario.replaceAll('\\', '/')}`);
  return ['passed'];
};

/**
 * By its name, with or without the gallery's number, or by how it begins: the first that begins so, with the others
 * that would have done.
 */
function findExample(asked: string): { example: string; others: readonly string[] } {
  const gallery = readdirSync(join(PACKAGE_ROOT, 'scenarios'))
    .filter((name) => name.endsWith(SCENARIO_SUFFIX))
    .sort();
  const names = gallery.map((name) => name.slice(0, -SCENARIO_SUFFIX.length));
  const wanted = asked.endsWith(SCENARIO_SUFFIX) ? asked.slice(0, -SCENARIO_SUFFIX.length) : asked;
  const exact = names.find((name) => name === wanted || withoutNumber(name) === wanted);
  if (exact !== undefined) return { example: exact + SCENARIO_SUFFIX, others: [] };
  const begin = (text: string) => wanted !== '' && text.startsWith(wanted);
  const [name, ...others] = names.filter((one) => begin(one) || begin(withoutNumber(one)));
  if (name !== undefined) return { example: name + SCENARIO_SUFFIX, others };
  const near = nearest(wanted, names) ?? nearest(wanted, names.map(withoutNumber));
  const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
  throw new UserError(`no example '${asked}'${hint}; the gallery has: ${names.join(', ')}`);
}

function withoutNumber(name: string): string {
  return name.replace(/^\d+-/, '');
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
