import { cleanText } from '../../report/text/clean.ts';
import { formatDuration, plural } from '../../report/text/numbers.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { CommandFunction } from '../commands.ts';
import { discoverScenarioFiles } from '../discover.ts';
import { hasErrors, loadScenarios } from '../loadScenarios.ts';
import { refuseEmptySelection, select } from '../select.ts';

/** `list`: what `run` would play. Files with errors are named on stderr and make the exit code 2. */
export const list: CommandFunction = async (args, flags, terminal) => {
  const loaded = loadScenarios(discoverScenarioFiles(args, process.cwd()), { set: flags.set, color: terminal.color });
  const wrong = loaded.filter(hasErrors);
  for (const one of wrong) terminal.error(`${cleanText(one.file)}: has errors; see 'streamproof validate ${one.file}'`);
  const scenarios = select(
    loaded.flatMap(({ scenarios: of }) => of),
    flags,
  );
  if (wrong.length === 0) refuseEmptySelection(scenarios.length, flags);
  const items = itemsOf(scenarios);
  if (flags.json) terminal.out(JSON.stringify(items, null, 2));
  else for (const item of items) terminal.out(lineOf(item));
  return wrong.length > 0 ? ['wrongInput'] : ['passed'];
};

interface Item {
  file: string;
  name: string;
  tags: readonly string[];
  durationUs: number;
  combinations: number;
  expectations: string[];
}

function itemsOf(scenarios: readonly Scenario[]): Item[] {
  const byFile = new Map<string, Item>();
  for (const scenario of scenarios) {
    const known = byFile.get(scenario.source.path);
    if (known !== undefined) {
      known.combinations++;
      continue;
    }
    byFile.set(scenario.source.path, {
      file: scenario.source.path,
      name: scenario.name,
      tags: scenario.tags,
      durationUs: scenario.durationUs,
      combinations: 1,
      expectations: scenario.expectations.map(({ name }) => name),
    });
  }
  return [...byFile.values()];
}

function lineOf(item: Item): string {
  const runs = item.combinations > 1 ? `, ${item.combinations} combinations` : '';
  const tags = item.tags.length === 0 ? '' : `  [${item.tags.map(cleanText).join(', ')}]`;
  const facts = `${formatDuration(item.durationUs)}, ${plural(item.expectations.length, 'expectation')}${runs}`;
  return `${cleanText(item.file)}\n  ${cleanText(item.name)} (${facts})${tags}`;
}
