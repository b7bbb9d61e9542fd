import { cleanText } from '../../report/text/clean.ts';
import type { CommandFunction } from '../commands.ts';
import { discoverScenarioFiles } from '../discover.ts';
import { hasErrors, loadScenarios } from '../loadScenarios.ts';
import { refuseEmptySelection } from '../select.ts';

/** `validate`: everything that is wrong with the files, and nothing is played. */
export const validate: CommandFunction = async (args, flags, terminal) => {
  const files = discoverScenarioFiles(args, process.cwd());
  refuseEmptySelection(files.length, {});
  const loaded = loadScenarios(files, { set: flags.set, color: terminal.color });
  const wrong = loaded.filter(hasErrors);
  if (flags.json) {
    const summary = loaded.map((one) => ({ file: one.file, valid: !hasErrors(one), diagnostics: one.diagnostics }));
    terminal.out(JSON.stringify(summary, null, 2));
  } else {
    for (const one of loaded) {
      for (const text of one.texts) terminal.error(`${text}\n`);
      if (!hasErrors(one)) terminal.note(`✓ ${cleanText(one.file)}${countOfCombinations(one.scenarios.length)}`);
    }
    const tally = `${loaded.length - wrong.length} valid, ${wrong.length} with errors`;
    if (wrong.length > 0) terminal.error(tally);
    else if (loaded.length > 1) terminal.note(tally);
  }
  return wrong.length > 0 ? ['wrongInput'] : ['passed'];
};

function countOfCombinations(count: number): string {
  return count > 1 ? ` (${count} combinations)` : '';
}
