import { resolve } from 'node:path';
import { cleanText } from '../../report/text/clean.ts';
import { type Column, textTable } from '../../report/text/columns.ts';
import { plural } from '../../report/text/numbers.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { type ExplainRow, explainCode, explainScenario, formatDiagnostic, loadScenario } from '../../spec/index.ts';
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
  if (flags.json) terminal.out(JSON.stringify(scenarios.map(explainScenario), null, 2));
  else terminal.out(scenarios.map((scenario) => textOf(scenario, flags.all === true)).join('\n\n'));
  return ['passed'];
};

function textOf(scenario: Scenario, wantsAll: boolean): string {
  const rows = explainScenario(scenario);
  const shown = wantsAll ? rows : rows.filter((row) => !isQuietDefault(row));
  const hidden = rows.length - shown.length;
  const more =
    hidden === 0
      ? ''
      : `\n\n${plural(hidden, 'config')} at Kafka's default without effect in the model; --all shows them`;
  return SECTIONS.map(([kind, title]) =>
    sectionText(
      title,
      shown.filter((row) => row.kind === kind),
    ),
  )
    .filter((text) => text !== '')
    .join('\n\n')
    .concat(more);
}

const SECTIONS: readonly (readonly [ExplainRow['kind'], string])[] = [
  ['value', 'Values'],
  ['config', 'Kafka configs'],
  ['behaviour', 'What this release does, where releases differ'],
  ['event', 'Failures and operations'],
  ['expectation', 'Expectations'],
  ['notModelled', 'Not modelled'],
  ['cost', 'What a run will move (roughly)'],
];

function isQuietDefault({ kind, origin, modelled }: ExplainRow): boolean {
  return (kind === 'config' || kind === 'behaviour') && origin === 'kafka default' && !modelled;
}

function sectionText(title: string, rows: readonly ExplainRow[]): string {
  if (rows.length === 0) return '';
  const columns: Column[] = [
    { title, align: 'left', max: 80 },
    { title: 'value', align: 'left', max: 48 },
    { title: 'from', align: 'left' },
    { title: '', align: 'left', max: 80 },
  ];
  const cells = rows.map(({ path, value, origin, note }) => [path, value, origin ?? '', note].map(cleanText));
  return textTable(columns, cells).join('\n');
}
