import type { RunReport } from '../../result/runResult.ts';
import { summaryText, worstOutcome } from '../describe.ts';
import type { RenderOptions, Reporter } from '../reporter.ts';
import { selectDetails } from '../selectDetails.ts';
import { plural } from '../text/numbers.ts';
import { resultBlock } from './resultBlock.ts';
import { styleFor } from './style.ts';
import { matrixBlock, seedsBlock } from './tables.ts';

/** For people, in a terminal or a build log: no cursor movement, readable without colour. */
export const terminal: Reporter = {
  name: 'terminal',
  extension: 'txt',
  description: 'text for people: verdicts, causes of failures, the command that reproduces each',
  render: renderTerminal,
};

function renderTerminal(report: RunReport, options: RenderOptions): string {
  const style = styleFor(options.color);
  const width = Math.max(options.width, 40);
  const chosen = selectDetails(report, 'first problem');
  const shown = options.onlyFailures ? chosen.filter((result) => result.outcome !== 'passed') : chosen;

  const blocks = shown.map((result) => resultBlock(result, style, width));
  for (const seeds of report.seeds) blocks.push(seedsBlock(seeds, style, width));
  for (const matrix of report.matrices) blocks.push(matrixBlock(matrix, style, width));

  const worst = worstOutcome(report);
  const summary = summaryText(report);
  const hidden = report.results.length - chosen.length;
  const lines = [worst === null ? summary : style.status(worst, summary)];
  if (hidden > 0)
    lines.push(style.dim(`${plural(hidden, 'further run')} of the matrix only in its table and in the JSON result`));
  blocks.push(lines);
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}
