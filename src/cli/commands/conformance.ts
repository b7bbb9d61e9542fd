import { formatConformance } from '../../conformance/formatConformance.ts';
import { type ConformanceReport, runConformance } from '../../conformance/runConformance.ts';
import type { CommandFunction } from '../commands.ts';
import { UserError } from '../userError.ts';

/** `conformance`: Kafka's own inputs and outputs against the model's code. */
export const conformance: CommandFunction = async (args, flags, terminal) => {
  const report = runOn(args);
  if (report.files.length === 0) throw new UserError(`no vector file (*.json) in ${args.join(', ')}`);
  terminal.out(flags.json ? JSON.stringify(report, null, 2) : formatConformance(report));
  return report.failed > 0 ? ['failed'] : ['passed'];
};

function runOn(paths: readonly string[]): ConformanceReport {
  try {
    return runConformance(paths);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EACCES') throw new UserError((error as Error).message);
    throw error;
  }
}
