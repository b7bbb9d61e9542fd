import { describe, expect, test } from 'vitest';
import { parseRunReport } from '../../src/report/parseRunReport.ts';
import { PLAIN, type RenderOptions, type Reporter } from '../../src/report/reporter.ts';
import { findReporter, REPORTERS } from '../../src/report/reporters.ts';
import type { RunReport, RunResult } from '../../src/result/runResult.ts';
import { checkMarkup } from './checkMarkup.ts';
import { exampleReport, failedResult, inconclusiveResult, passedResult } from './exampleReport.ts';

/** Every reporter must say the same about a result that just happened and about one read from a file. */
const WAYS = [
  { way: 'directly', through: (report: RunReport) => report },
  { way: 'through a JSON file', through: writeAndParse },
];

function writeAndParse(report: RunReport): RunReport {
  const parsed = parseRunReport(reporter('json').render(report, PLAIN));
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.report;
}

function reporter(name: string): Reporter {
  const found = findReporter(name);
  if (found === null) throw new Error(`no reporter ${name}`);
  return found;
}

const only = (...results: RunReport['results']): RunReport => ({
  ...exampleReport(),
  results,
  seeds: [],
  matrices: [],
});
const NOTHING: RunReport = only();

/** Every name of a scenario is this one. */
const HOSTILE = [
  `</script><img src=x onerror=alert(1)>`,
  '$& $1 ]]> {{ constructor }} ${x} <!-- --> &amp; "\' | ` @admin #1 %0A::error::x [a](http://x)',
  '\u202eevil\u2066 \u200f',
  '\u001b[31mred\u001b]8;;http://x\u0007link\u001b]8;;\u0007 \u009b2J\u0000\u0007\r\n::error::second line\ud800',
].join(' ');

const hostile = () => exampleReport({ text: () => HOSTILE });

describe.each(WAYS)('reporters, given the result $way', ({ through }) => {
  test.each(['terminal', 'markdown', 'junit', 'github'])('%s tells the example as agreed', async (name) => {
    const text = reporter(name).render(through(exampleReport()), PLAIN);
    await expect(text).toMatchFileSnapshot(`expected/example.${name}.txt`);
  });

  test.each(REPORTERS.map(({ name }) => name))('%s names seed, version, digest or the way to them', (name) => {
    const text = reporter(name).render(through(only(failedResult())), PLAIN);
    expect(text).toContain('broker-crash');
    expect(text).toContain('streamproof run');
    if (name !== 'github') expect(text).toContain('0.1.0');
    if (name !== 'github')
      expect(text).toContain(name === 'terminal' ? 'c0a81f7e55d9' : 'c0a81f7e55d9b3124f6677aa01be93d2');
  });

  test.each(REPORTERS.map(({ name }) => name))('%s says that nothing ran when nothing ran', (name) => {
    expect(reporter(name).render(through(NOTHING), PLAIN).length).toBeGreaterThan(0);
  });

  test('no control character but the line feed comes out of any reporter, whatever the names are', () => {
    for (const one of REPORTERS) {
      const text = one.render(through(hostile()), PLAIN);
      expect(
        text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/),
        one.name,
      ).toBeNull();
      expect(text.isWellFormed(), one.name).toBe(true);
    }
  });

  test('hostile names stay text in HTML', () => {
    const page = reporter('html').render(through(hostile()), PLAIN);
    const { problems, tags, attributes } = checkMarkup(page);
    expect(problems).toEqual([]);
    expect(
      [...tags].filter((tag) => ['script', 'img', 'iframe', 'object', 'embed', 'link', 'base', 'form'].includes(tag)),
    ).toEqual([]);
    expect(
      [...attributes].filter(
        (attribute) => attribute.startsWith('on') || ['src', 'style', 'srcdoc'].includes(attribute),
      ),
    ).toEqual([]);
    expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
  });

  test('hostile names stay text in XML', () => {
    const { problems } = checkMarkup(reporter('junit').render(through(hostile()), PLAIN));
    expect(problems).toEqual([]);
  });

  test('a hostile name cannot begin a second GitHub command', () => {
    const lines = reporter('github').render(through(hostile()), PLAIN).trimEnd().split('\n');
    expect(lines.length).toBe(5);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning|notice) [^:\n]*::[^\n]*$/);
      expect(line.replace(/%25|%0A|%3A|%2C/g, '')).not.toContain('%');
    }
  });

  test('hostile names neither leave a table cell nor call anybody in Markdown', () => {
    const text = reporter('markdown').render(through(hostile()), PLAIN);
    const withoutCode = text.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '');
    expect(withoutCode).not.toMatch(/@(?!<!-- -->)/);
    expect(withoutCode).not.toMatch(/<(?!!-- -->|\/?details>|\/?summary>|\/?sub>)/);
    const tables = withoutCode
      .trimEnd()
      .split('\n\n')
      .filter((part) => part.startsWith('| '));
    expect(tables.length).toBe(3);
    for (const table of tables) {
      const rows = table.split('\n').map((row) => row.replaceAll('\\\\', '').replaceAll('\\|', ''));
      const cells = rows.map((row) => row.split('|').length);
      expect(cells, rows[0]).toEqual(cells.map(() => cells[0]));
    }
  });
});

describe('terminal', () => {
  const render = (report: RunReport, options: Partial<RenderOptions> = {}) =>
    reporter('terminal').render(report, { ...PLAIN, ...options });

  test('colour changes nothing but colour', () => {
    const colored = render(exampleReport(), { color: true });
    expect(colored).toContain('\u001b[31m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(render(exampleReport()));
  });

  test.each([80, 100, 132])('only commands are wider than %d columns', (width) => {
    const lines = render(exampleReport(), { width }).split('\n');
    expect(lines.filter((line) => [...line].length > width && !line.includes('streamproof run'))).toEqual([]);
  });

  test('quiet leaves out what passed and keeps the summary', () => {
    const text = render(only(...exampleReport().results), { onlyFailures: true });
    expect(text).not.toContain('A broker dies under acks=all');
    expect(text).toContain('1 failed, 1 inconclusive, 1 passed');
  });

  test('an interrupted run is never shown as passed', () => {
    const interrupted = {
      ...passedResult(),
      outcome: 'interrupted' as const,
      endedEarly: { reason: 'interrupted' as const, text: 'stopped by Ctrl+C at 12 s' },
    };
    for (const one of REPORTERS.filter(({ name }) => name !== 'json')) {
      expect(one.render(only(interrupted), PLAIN), one.name).toMatch(/interrupted/);
    }
    expect(render(only(interrupted))).toContain('1 scenario: 1 interrupted');
  });

  test('the summary counts every seed, though only the worst run is told', () => {
    const { seeds } = exampleReport();
    const text = render({ ...only(failedResult(), passedResult()), seeds });
    expect(text).toContain('201 runs: 186 failed, 1 inconclusive, 14 passed');
  });

  test('of a matrix only the first problem is told in full; the table has the rest', () => {
    const { matrices } = exampleReport();
    const file = matrices[0]!.file;
    const row = (result: RunResult) => ({ ...result, scenario: { ...result.scenario, file } });
    const rows = [passedResult(), failedResult(), failedResult(), passedResult()].map(row);
    const text = render({ ...only(...rows), matrices });
    expect(text.split('42 acknowledged records are lost').length - 1).toBe(1);
    expect(text).toContain('3 further runs of the matrix only in its table and in the JSON result');
    expect(text).toContain('4 runs: 2 failed, 2 passed');
  });

  test('what a column of a matrix says in every row stands once, whole, below the table', () => {
    const { matrices } = exampleReport();
    const rows = matrices[0]!.rows.map((row) => ({
      ...row,
      statuses: [{ name: 'nothing is lost', status: 'passed' as const, observed: 'all 42 records are accounted for' }],
    }));
    const text = render({ ...only(passedResult()), matrices: [{ ...matrices[0]!, rows }] });
    expect(text).toContain('[1] nothing is lost: all 42 records are accounted for');
    expect(text).not.toContain('✓ for');
  });
});

describe('junit', () => {
  test('counts failures, undecided expectations and runs that did not finish', () => {
    const broken = { ...inconclusiveResult(), endedEarly: { reason: 'error' as const, text: 'assertion failed' } };
    const text = reporter('junit').render(only(failedResult(), broken), PLAIN);
    expect(text).toContain(
      '<testsuites name="streamproof" tests="8" failures="1" errors="1" skipped="2" time="1.684">',
    );
    expect(text).toContain('<error message="error: assertion failed" type="error">');
  });

  test('a run stopped by its budget is skipped, not passed and not an error', () => {
    const text = reporter('junit').render(only(inconclusiveResult()), PLAIN);
    expect(text).toContain('tests="2" failures="0" errors="0" skipped="2"');
  });
});

describe('json', () => {
  test('keys are sorted, and a number that JSON cannot hold is refused by name', () => {
    const text = reporter('json').render(only(failedResult()), PLAIN);
    expect(Object.keys(JSON.parse(text))).toEqual(['matrices', 'results', 'schemaVersion', 'seeds']);
    const bad = failedResult();
    bad.totals = { retries: Number.NaN };
    expect(() => reporter('json').render(only(bad), PLAIN)).toThrow('report.results[0].totals.retries is NaN');
  });

  test('writing what was read gives the same bytes', () => {
    const text = reporter('json').render(hostile(), PLAIN);
    const parsed = parseRunReport(text);
    expect(parsed.ok && reporter('json').render(parsed.report, PLAIN)).toBe(text);
  });
});

describe('markdown', () => {
  test('fits a comment however much there is, and says what was left out', () => {
    const many = only(...Array.from({ length: 300 }, () => failedResult({ text: () => HOSTILE.repeat(3) })));
    const text = reporter('markdown').render(many, PLAIN);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/parts left out/);
    expect(text).toContain('| verdict | scenario |');
  });
});

describe('html', () => {
  const render = (report: RunReport) => reporter('html').render(report, PLAIN);

  test('loads nothing and runs nothing', () => {
    const page = render(exampleReport());
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page).not.toMatch(/<script|javascript:|@import|\bsrc=|url\((?!#)/);
    expect(page.match(/href="[^#"]/)).toBeNull();
  });

  test('is well formed, and every link inside the page has its target', () => {
    const page = render(exampleReport());
    expect(checkMarkup(page).problems).toEqual([]);
    const ids = new Set([...page.matchAll(/\bid="([^"]+)"/g)].map((match) => match[1]));
    const targets = [...page.matchAll(/(?:href="|aria-labelledby="|url\()#?([^")]+)/g)].map((match) => match[1]);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
    expect(ids.size).toBe([...page.matchAll(/\bid="/g)].length);
  });

  test('each chart has a table beside it and a name', () => {
    const page = render(only(failedResult()));
    const drawings = page.split('role="img"').length - 1;
    expect(drawings).toBe(2 + 5);
    expect(page.split('The same as a table').length - 1).toBe(1 + 5);
    expect(page.split('<title id=').length - 1).toBe(drawings);
  });

  test('an offline partition and a shrunk ISR are visible without colour', () => {
    const page = render(only(failedResult()));
    expect(page.split('class="leaderless"').length - 1).toBe(4 + 1);
    expect(page).toMatch(/class="none"[^>]*>none</);
    expect(page.split('class="out"').length - 1).toBe(12 + 1);
  });

  test('a scenario line whose expectation failed is marked', () => {
    expect(render(only(failedResult()))).toMatch(/id="r1-L24" class="hit"/);
  });

  test('depends on nothing but the run: the same run on another machine gives the same page', () => {
    const environment = { startedAt: '1999-01-01T00:00:00.000Z', wallMs: 1, node: 'v22.0.0', platform: 'win32' };
    expect(render(only({ ...failedResult(), environment }))).toBe(render(only(failedResult())));
  });

  test('stays under two megabytes with a thousand partitions and a hundred runs, and says what is missing', () => {
    const large = render(only(failedResult({ partitions: 1_000, points: 20_000 })));
    expect(Buffer.byteLength(large)).toBeLessThan(2_000_000);
    expect(large).toContain('The 24 most eventful of 1\u202f000 partitions are drawn');
    const many = render(only(...Array.from({ length: 100 }, () => failedResult())));
    expect(Buffer.byteLength(many)).toBeLessThan(2_000_000);
    expect(many).toContain('Verdicts only: the page would exceed two megabytes');
    const flood = render(only(...Array.from({ length: 600 }, () => failedResult({ text: () => HOSTILE.repeat(2) }))));
    expect(Buffer.byteLength(flood)).toBeLessThan(2_000_000);
    expect(flood).toMatch(/left out: the page would exceed two megabytes/);
    expect(checkMarkup(flood).problems).toEqual([]);
  });

  test('a ledger that does not add up is called a bug', () => {
    const result = failedResult();
    result.ledger.total.refused = 1;
    expect(render(only(result))).toContain('this is a bug in the accounting');
    expect(render(only(failedResult()))).not.toContain('this is a bug in the accounting');
  });
});
