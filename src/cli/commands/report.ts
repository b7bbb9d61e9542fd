import { readFileSync } from 'node:fs';
import { parseRunReport } from '../../report/parseRunReport.ts';
import type { CommandFunction } from '../commands.ts';
import { parseReporterFlags, writeReports } from '../reports.ts';
import { UserError } from '../userError.ts';

/** `report`: other reports from a JSON result, without running anything. */
export const report: CommandFunction = async (args, flags, terminal) => {
  const [path = ''] = args;
  const targets = parseReporterFlags(flags.reporter ?? ['terminal'], flags.output);
  const parsed = parseRunReport(readResult(path));
  if (!parsed.ok) throw new UserError(`${path}: ${parsed.problem}`);
  return writeReports(parsed.report, targets, terminal, { onlyFailures: false });
};

function readResult(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(
      `cannot read the result '${path}' (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
    );
  }
}
