import { resolve } from 'node:path';
import { explainCode, explainScenario, formatDiagnostic, loadScenario } from '../../spec/index.ts';
import type { CommandFunction } from '../commands.ts';
import { UserError } from '../userError.ts';

/** `explain FILE`: every effective value and its origin. `explain CODE`: what a diagnostic means. */
export const explain: CommandFunction = async (args, flags, terminal) => {
  const [subject = ''] = args;
  if (/^sp\d+$/i.test(subject)) {
    const text = explainCode(subject.toUpperCase());
    if (text === undefined) throw new UserError(`there is no diagnostic code ${subject.toUpperCase()}`);
    terminal.out(text);
    return ['passed'];
  }
  const seed = flags.seed === undefined ? {} : { seed: flags.seed };
  const { scenarios, diagnostics, sources } = loadScenario(resolve(subject), { set: flags.set ?? [], ...seed });
  for (const one of diagnostics) terminal.error(`${formatDiagnostic(one, sources, { color: terminal.color })}\n`);
  if (scenarios.length === 0) return ['wrongInput'];
  terminal.out(scenarios.map(explainScenario).join('\n'));
  return ['passed'];
};
