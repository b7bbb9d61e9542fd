import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coveragePage, scenarioFile } from '../scripts/coveragePage.ts';
import { COVERAGE } from '../scripts/coverageRows.ts';
import { blocksOf, commandsOf, type DocBlock, fileOf, pages, ROOT, readPage } from '../scripts/docBlocks.ts';
import { docsFolder, runCommand, shownOutputs } from '../scripts/docOutputs.ts';
import { machinesPage } from '../scripts/machinesPage.ts';
import { runScenario } from '../src/runner/runScenario.ts';
import { formatDiagnostic, loadScenarioText } from '../src/spec/index.ts';

/** Pages whose commands are examples of every flag; what they do is tested in tests/cli. */
const REFERENCE_PAGES = ['docs/cli.md'];
/** Commands that are not ours to run here: they install, build, or run this very suite. */
const NOT_RUN = [/^npm (ci|start|test|run) ?/, /^npx vitest /, /^\.ci\/run$/, /^node (scripts|src)\//];

const BLOCKS = pages().flatMap(blocksOf);
const nameOf = ({ page, line }: DocBlock) => `${page}:${line}`;

/** Whatever a fragment in the pages may refer to; a fragment's own keys win. */
const BASE = `duration: 6m
kafka: "4.1"
brokers: 3
topics:
  orders: { partitions: 6, replicationFactor: 3 }
producers:
  checkout: { to: orders, rate: 50/s }
consumers:
  billing: { from: [orders], instances: 2 }
failures:
  - { name: zone-a-down, at: 1m, for: 1m, crash: { broker: 1 } }
  - { name: broker-1-down, at: 3m, for: 1m, crash: { broker: 1 } }
`;

function read(block: DocBlock) {
  const isWhole = /^(brokers|cluster|clusters|extends):/m.test(block.text) || block.marks.includes('wrong');
  const readFile = (path: string) => {
    if (!path.endsWith('/base.yaml')) throw new Error('no such file');
    return new TextEncoder().encode(BASE);
  };
  const text = isWhole ? block.text : `${block.text}extends: [base.yaml]\n`;
  return loadScenarioText(text, fileOf(block) ?? 'orders.scenario.yaml', { root: '.', readFile });
}

function errorsOf(block: DocBlock): string {
  const { diagnostics, sources } = read(block);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return errors.map((diagnostic) => formatDiagnostic(diagnostic, sources)).join('\n');
}

describe('YAML in the pages', () => {
  const yaml = BLOCKS.filter(({ language, marks }) => language === 'yaml' && !marks.includes('workflow'));

  test.each(yaml.filter(({ marks }) => !marks.includes('wrong')).map((block) => [nameOf(block), block] as const))(
    '%s is accepted by the front door',
    (_name, block) => expect(errorsOf(block)).toBe(''),
  );

  test.each(yaml.filter(({ marks }) => marks.includes('wrong')).map((block) => [nameOf(block), block] as const))(
    '%s is refused as the page says',
    (_name, block) => {
      const said = BLOCKS[BLOCKS.indexOf(block) + 1]!;
      expect(errorsOf(block)).toContain(said.text.trim());
    },
  );

  const claims = yaml.filter(({ page, text }) => page.startsWith('docs/guide/') && /^expect:/m.test(text));
  test.each(claims.map((block) => [nameOf(block), block] as const))(
    '%s comes to what the page says',
    (_name, block) => {
      const outcomes = read(block).scenarios.map((scenario) => runScenario(scenario).outcome);
      const differing = outcomes.filter((outcome) => outcome !== 'passed');
      expect([...new Set(differing)]).toEqual(block.marks.includes('failed') ? ['failed'] : []);
    },
  );
});

describe('commands in the pages', () => {
  let folder: ReturnType<typeof docsFolder>;
  beforeAll(() => {
    folder = docsFolder();
  });
  afterAll(() => folder.remove());

  const shells = BLOCKS.filter(({ page, language }) => language === 'sh' && !REFERENCE_PAGES.includes(page));
  const commands = shells.flatMap((block) => commandsOf(block).map((command) => ({ block, command })));
  const ours = commands.filter(({ command }) => command.startsWith('streamproof '));

  test('each is either ours or on the list of those that are not run', () => {
    const unknown = commands.filter(
      ({ command }) => !command.startsWith('streamproof ') && !NOT_RUN.some((pattern) => pattern.test(command)),
    );
    expect(unknown.map(({ block, command }) => `${nameOf(block)} ${command}`)).toEqual([]);
  });

  // A shown output is compared below, and its command may well end in a failed claim.
  const shown = new Set(pages().flatMap((page) => shownOutputs(page).map(({ command }) => command)));
  test.each(ours.filter(({ command }) => !shown.has(command)).map(({ block, command }) => [nameOf(block), command]))(
    '%s: %s does its work',
    (_name, command) => {
      const { code, stdout, stderr } = runCommand(folder.path, command);
      expect([0, 1], `${stdout}\n${stderr}`).toContain(code);
    },
  );

  test.each(
    pages()
      .flatMap(shownOutputs)
      .map((one) => [nameOf(one.block), one.command, one] as const),
  )('%s shows what %s prints (node scripts/generateDocs.ts --outputs)', (_name, command, { block, isWhole }) => {
    const { stdout } = runCommand(folder.path, command);
    if (isWhole) expect(stdout).toBe(block.text);
    else expect(stdout).toContain(block.text);
  });
});

describe('what the pages point at', () => {
  test.each(pages().map((page) => [page]))('links in %s lead somewhere', (page) => {
    const broken = linksOf(page).filter((target) => !leadsSomewhere(page, target));
    expect(broken).toEqual([]);
  });

  test.each(pages().map((page) => [page]))('files named in %s exist', (page) => {
    const named = [
      ...readPage(page).matchAll(/`((?:src|tests|scripts|evidence|schemas|bench|scenarios)\/[\w./-]*\w)`/g),
    ];
    expect(named.map(([, path]) => path!).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test('the architecture names every layer', () => {
    const layers = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const text = readPage('ARCHITECTURE.md');
    expect(layers.map(({ name }) => name).filter((name) => !text.includes(`\`src/${name}\``))).toEqual([]);
  });
});

describe('generated pages', () => {
  test('the machines are those of the program (node scripts/generateDocs.ts)', () => {
    expect(readPage('docs/machines.md')).toBe(machinesPage());
  });

  test('the coverage is that of the table (node scripts/generateDocs.ts)', () => {
    expect(readPage('docs/coverage.md')).toBe(coveragePage());
  });

  test('every proof in the coverage is a file', () => {
    const rows = COVERAGE.flatMap(({ rows }) => rows);
    const files = rows.flatMap(({ tests = [], scenarios = [] }) => [...tests, ...scenarios.map(scenarioFile)]);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

function linksOf(page: string): string[] {
  const prose = readPage(page).replace(/^\s*```[\s\S]*?^\s*```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^https?:/.test(target));
}

function leadsSomewhere(page: string, target: string): boolean {
  const [path, anchor] = target.split('#') as [string, string?];
  const file = path === '' ? page : resolve('/', dirname(page), path).slice(1);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || headingsOf(file).includes(anchor);
}

/** As GitHub makes them: lower case, punctuation away, blanks to hyphens. */
function headingsOf(file: string): string[] {
  return [...readPage(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}
