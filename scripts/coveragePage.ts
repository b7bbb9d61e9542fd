import { COVERAGE, type CoverageRow } from './coverageRows.ts';

export type CoverageState = 'proved' | 'tested' | 'played' | 'part' | 'open';

const WORDS: Readonly<Record<CoverageState, string>> = {
  proved: 'there, with a test or vector, and a scenario that shows it',
  tested: 'there, with a test or vector; the scenario is missing',
  played: 'there; a test of its own is missing',
  part: 'a part is there; what is missing is said',
  open: 'not there yet',
};

export function stateOf(row: CoverageRow): CoverageState {
  if (row.rule === undefined) return 'open';
  if (row.missing !== undefined) return 'part';
  const tests = row.tests?.length ?? 0;
  const scenarios = row.scenarios?.length ?? 0;
  if (tests > 0 && scenarios > 0) return 'proved';
  return tests > 0 ? 'tested' : 'played';
}

export function scenarioFile(name: string): string {
  return `scenarios/${name}.scenario.yaml`;
}

/** What is proved and what is open, concept by concept, in Markdown. */
export function coveragePage(): string {
  const rows = COVERAGE.flatMap((area) => area.rows);
  const counts = (Object.keys(WORDS) as CoverageState[]).map((state) => {
    const count = rows.filter((row) => stateOf(row) === state).length;
    return `| ${state} | ${count} | ${WORDS[state]} |`;
  });
  return `# Coverage

Written by \`scripts/generateDocs.ts\` from \`scripts/coverageRows.ts\`; do not edit.

The concepts of Kafka and its surroundings, and what proves each of them here. What is open is listed as open.

| state | concepts | meaning |
|---|---|---|
${counts.join('\n')}

${COVERAGE.map(({ area, rows }) => areaText(area, rows)).join('\n')}`;
}

function areaText(area: string, rows: readonly CoverageRow[]): string {
  return `## ${area}

| concept | state | rule | source | test or vector | scenario |
|---|---|---|---|---|---|
${rows.map(rowText).join('\n')}
`;
}

function rowText(row: CoverageRow): string {
  const rule = [row.rule, row.missing === undefined ? undefined : `*missing:* ${row.missing}`];
  const cells = [
    row.concept,
    stateOf(row),
    rule.filter((part) => part !== undefined).join('; '),
    row.source ?? '',
    (row.tests ?? []).map((file) => link(file)).join('<br>'),
    (row.scenarios ?? []).map((name) => link(scenarioFile(name))).join('<br>'),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function link(file: string): string {
  const name = file
    .split('/')
    .at(-1)!
    .replace(/\.(test\.ts|json|scenario\.yaml)$/, '');
  return `[${name}](../${file})`;
}
