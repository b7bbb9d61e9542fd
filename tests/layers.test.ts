import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Which way the arrows point, and what each layer may not touch. Everything here is a table: a new rule is a line.
 * Tests beside the code may import what they like; what ships may not.
 */
const ROOT = resolve(import.meta.dirname, '..');

type Layer = {
  readonly layers: readonly string[] | 'all';
  readonly packages: readonly string[];
  readonly node: boolean;
};

const LAYERS: Readonly<Record<string, Layer>> = {
  scenario: { layers: [], packages: [], node: false },
  result: { layers: [], packages: [], node: false },
  kafka: { layers: [], packages: [], node: false },
  sim: { layers: [], packages: ['seedrandom'], node: false },
  machines: { layers: ['sim'], packages: ['xstate'], node: false },
  model: { layers: ['kafka', 'sim', 'scenario', 'machines'], packages: ['xstate'], node: false },
  spec: { layers: ['kafka', 'scenario'], packages: ['yaml'], node: true },
  metrics: { layers: ['model/trace.ts', 'scenario', 'result'], packages: [], node: false },
  assertions: {
    layers: ['model/trace.ts', 'metrics', 'scenario', 'result', 'machines'],
    packages: ['xstate'],
    node: false,
  },
  runner: {
    layers: ['scenario', 'model', 'sim', 'assertions', 'metrics', 'result', 'machines'],
    packages: ['xstate'],
    node: true,
  },
  report: { layers: ['result'], packages: ['ajv'], node: true },
  ui: { layers: ['result', 'report/text', 'runner/progress.ts'], packages: ['ink', 'react'], node: false },
  conformance: { layers: ['kafka', 'model', 'sim', 'scenario'], packages: [], node: true },
  cli: { layers: 'all', packages: ['commander'], node: true },
  'index.ts': { layers: 'all', packages: [], node: false },
};

/** What may not appear in these layers, and what to do instead. */
const DETERMINISTIC = ['sim', 'model', 'metrics', 'assertions'];
const BANNED: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bDate\b/, 'wall-clock time; simulated time is the kernel’s nowUs'],
  [/\bperformance\b/, 'wall-clock time'],
  [/\bMath\.random\b/, 'draw from a named stream'],
  [/\bMath\.pow\b/, 'its last bits differ between versions of V8'],
  [/[^*/]\*\*[^*/]/, 'its last bits differ between versions of V8'],
  [/\blocaleCompare\b|\btoLocale\w+|\bIntl\b/, 'depends on the machine’s locale; compare with < on code units'],
  [
    // `process` alone is also a broker's or client's process.
    /(?<![.\w])process\.(?:env|argv|cwd|hrtime|uptime|platform|arch|versions?|memoryUsage|nextTick|exit|std\w+)\b/,
    'the machine’s environment may not matter',
  ],
  [/\bfor\s*\(\s*(?:const|let)\s+\w+\s+in\s/, 'for...in visits integer-like keys first'],
];

/** Only the terminal's own file knows where text goes. */
const TERMINAL_FILES = ['src/cli/terminal.ts', 'src/cli/main.ts', 'src/cli/cliReference.ts'];
const TERMINAL = /\bprocess\.(?:stdout|stderr|stdin)\b|\bconsole\.\w+\(/;

const MOST_LINES = 400;
/** Files that may be longer, with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {
  'src/model/trace.ts': 'the whole contract between the model and everybody who watches it',
  'src/model/producer/sender.ts': 'one loop of Kafka’s Sender, read from top to bottom',
  'src/model/producer/accumulator.ts': 'one RecordAccumulator with its pool: all methods share its fields',
  'src/model/producer/transactionManager.ts': 'one TransactionManager and the application’s loop around it',
  'src/metrics/collector.ts': 'one method for each call of the recorder',
};
/** Data and generated files: nobody reads them from top to bottom. */
const DATA = [/^src\/kafka\/tables\//, /\.json$/];

interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
}

function sourcesBelow(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').split('\n') }));
}

const SOURCES = sourcesBelow('src');
const SHIPPED = SOURCES.filter(({ path }) => !/\.test\.tsx?$|\/testing\//.test(path));

function layerOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** Code without comments and string contents, line by line, so that prose may speak of what code may not do. */
function codeOf({ lines }: SourceFile): string[] {
  let isInBlock = false;
  return lines.map((line) => {
    let code = line;
    if (isInBlock) {
      const end = code.indexOf('*/');
      if (end < 0) return '';
      isInBlock = false;
      code = code.slice(end + 2);
    }
    code = code.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''").replace(/\/\*.*?\*\//g, '');
    const block = code.indexOf('/*');
    if (block >= 0) {
      isInBlock = true;
      code = code.slice(0, block);
    }
    return code.replace(/(^|\s)\/\/.*$/, '');
  });
}

interface Import {
  readonly path: string;
  readonly line: number;
  readonly target: string;
}

function importsOf(file: SourceFile): Import[] {
  return file.lines.flatMap((line, index) => {
    const found = [...line.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^\s*import\s+)'([^'$]+)'/g)];
    return found.map((match) => ({ path: file.path, line: index + 1, target: match[1] ?? '' }));
  });
}

function problemOf({ path, line, target }: Import): string | null {
  const layer = layerOf(path);
  const rule = LAYERS[layer];
  if (rule === undefined) return `${path}:${line}: '${layer}' is not in the table of layers`;
  if (target.startsWith('node:')) {
    return rule.node ? null : `${path}:${line}: ${layer} may not use Node's built-in ${target}`;
  }
  if (!target.startsWith('.')) {
    const isAllowed = rule.packages.some((name) => target === name || target.startsWith(`${name}/`));
    return isAllowed ? null : `${path}:${line}: ${layer} may not import the package ${target}`;
  }
  const resolved = relative(join(ROOT, 'src'), resolve(ROOT, path, '..', target)).replaceAll('\\', '/');
  if (!/\.(?:tsx?|json)$/.test(resolved)) return `${path}:${line}: the import of ${target} lacks its extension`;
  const other = resolved.split('/')[0] ?? '';
  if (rule.layers === 'all' || other === layer) return null;
  const isAllowed = rule.layers.some((allowed) => resolved === allowed || resolved.startsWith(`${allowed}/`));
  return isAllowed ? null : `${path}:${line}: ${layer} may not import ${resolved}`;
}

describe('the arrows between layers', () => {
  test('every import is allowed by the table', () => {
    const problems = SHIPPED.flatMap(importsOf)
      .map(problemOf)
      .filter((problem) => problem !== null);
    expect(problems).toEqual([]);
  });

  test('the table refuses an arrow that points the wrong way', () => {
    const wrong = { path: 'src/model/broker.ts', line: 3, target: '../runner/pool.ts' };
    expect(problemOf(wrong)).toBe('src/model/broker.ts:3: model may not import runner/pool.ts');
    expect(problemOf({ ...wrong, target: 'node:fs' })).toContain('may not use');
    expect(problemOf({ ...wrong, target: 'react' })).toContain('may not import the package');
    expect(problemOf({ path: 'src/metrics/a.ts', line: 1, target: '../model/log/segment.ts' })).not.toBeNull();
    expect(problemOf({ path: 'src/metrics/a.ts', line: 1, target: '../model/trace.ts' })).toBeNull();
  });

  test('React and Ink are imported by the live view alone, and the live view only when it is needed', () => {
    const statics = SHIPPED.filter(({ path }) => layerOf(path) !== 'ui').flatMap((file) =>
      file.lines.flatMap((line, index) =>
        /^(?:import|export)\s.*from\s+'(?:.*\/ui\/.*|ink|react)'/.test(line)
          ? [`${file.path}:${index + 1}: ${line}`]
          : [],
      ),
    );
    expect(statics).toEqual([]);
  });
});

describe('tidy', () => {
  test('sim, model, metrics and assertions depend on nothing but their input', () => {
    const problems = SHIPPED.filter(({ path }) => DETERMINISTIC.includes(layerOf(path))).flatMap((file) =>
      codeOf(file).flatMap((code, index) =>
        BANNED.filter(([pattern]) => pattern.test(code)).map(
          ([pattern, instead]) => `${file.path}:${index + 1}: ${pattern.source} (${instead})`,
        ),
      ),
    );
    expect(problems).toEqual([]);
  });

  test('the banned words are found in code and not in comments or texts', () => {
    const file = {
      path: 'src/sim/a.ts',
      lines: ["const a = 'Date.now';", '/* Math.pow', 'Date */ x ** 2;', '// Date'],
    };
    const hits = codeOf(file).map((code) => BANNED.filter(([pattern]) => pattern.test(code)).length);
    expect(hits).toEqual([0, 0, 1, 0]);
  });

  test('only the terminal file looks at stdout, stderr and stdin', () => {
    const problems = SHIPPED.filter(({ path }) => !TERMINAL_FILES.includes(path)).flatMap((file) =>
      codeOf(file).flatMap((code, index) => (TERMINAL.test(code) ? [`${file.path}:${index + 1}: ${code.trim()}`] : [])),
    );
    expect(problems).toEqual([]);
  });

  test(`no file is longer than ${MOST_LINES} lines without a reason`, () => {
    const long = SOURCES.filter(({ path }) => !DATA.some((pattern) => pattern.test(path)))
      .filter(({ path, lines }) => lines.length > MOST_LINES && LONG_FILES[path] === undefined)
      .map(({ path, lines }) => `${path}: ${lines.length} lines`);
    expect(long).toEqual([]);
  });

  test('a TODO carries a number', () => {
    const problems = SOURCES.flatMap((file) =>
      file.lines.flatMap((line, index) =>
        /\b(?:TODO|FIXME|XXX)\b(?!\s*\(?#\d+)/.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : [],
      ),
    );
    expect(problems).toEqual([]);
  });
});
