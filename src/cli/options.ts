/**
 * Commands and flags as data: the parser, `--help` and docs/cli.md are all made from these tables.
 * No defaults are set in the parser; `defaultText` says what happens when a flag is absent.
 */
export interface FlagSpec {
  /** As commander reads it: "-j, --workers <count>". */
  readonly syntax: string;
  readonly description: string;
  readonly defaultText?: string;
  /** May be given several times. */
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly parse?: (text: string) => unknown;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** As commander reads them: "[files...]". */
  readonly arguments: readonly { readonly syntax: string; readonly description: string }[];
  readonly flags: readonly FlagName[];
  readonly examples: readonly string[];
  /** Runs when no command is named. */
  readonly isDefault?: boolean;
}

export class FlagValueError extends Error {}

const LARGEST_COUNT = 1_000_000_000_000;

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,13}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new FlagValueError(`'${text}' is not a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

const DURATION_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function wallMilliseconds(text: string): number {
  const parts = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text);
  const value = parts ? Number(parts[1]) * (DURATION_MS.get(parts[2] ?? '') ?? Number.NaN) : Number.NaN;
  if (!(value >= 1)) throw new FlagValueError(`'${text}' is not a duration such as 500ms, 30s, 5m or 1h.`);
  return Math.round(value);
}

function nonEmpty(text: string): string {
  if (text.trim() === '') throw new FlagValueError('it must not be empty.');
  return text;
}

function assignment(text: string): string {
  if (!/^[^=\s][^=]*=/.test(text)) {
    throw new FlagValueError(`'${text}' is not of the form path=value, such as clusters.eu.brokers.count=5.`);
  }
  return text;
}

export const FLAGS = {
  seed: {
    syntax: '--seed <text>',
    description: "run with this seed instead of the scenario's own",
    defaultText: "the scenario's seed, or its file's name",
    parse: nonEmpty,
  },
  seeds: {
    syntax: '--seeds <count>',
    description:
      'run each scenario under this many seeds (SEED-1, SEED-2, ...) and print pass rates and the worst case',
    parse: wholeNumber(1, 1_000_000),
  },
  set: {
    syntax: '--set <path=value>',
    description: 'change one value of the scenario before it is checked; the value is read as YAML',
    repeatable: true,
    parse: assignment,
  },
  workers: {
    syntax: '-j, --workers <count>',
    description: 'how many scenarios run at the same time; results do not depend on it',
    defaultText: 'one for each core',
    parse: wholeNumber(1, 256),
  },
  grep: {
    syntax: '-t, --grep <text>',
    description: 'only scenarios whose name or file contains this text (case does not matter)',
    parse: nonEmpty,
  },
  tag: {
    syntax: '--tag <name>',
    description: 'only scenarios with this tag; given several times: with any of them',
    repeatable: true,
    parse: nonEmpty,
  },
  variant: {
    syntax: '--variant <path=value>',
    description: 'of a matrix, only combinations in which this path has this value',
    repeatable: true,
    parse: assignment,
  },
  reporter: {
    syntax: '--reporter <name[=file]>',
    description: 'write the results with this reporter, to a file or to stdout; replaces the HTML and JSON reports',
    defaultText: 'terminal to stdout, html and json into the output folder',
    repeatable: true,
    parse: nonEmpty,
  },
  output: {
    syntax: '--output <dir>',
    description: 'the folder that reports are written to',
    defaultText: 'reports/',
    parse: nonEmpty,
  },
  json: {
    syntax: '--json',
    description:
      'print the result as JSON: nothing else on stdout, and no files unless --reporter or --output is given',
  },
  quiet: { syntax: '-q, --quiet', description: 'print only what failed' },
  noUi: { syntax: '--no-ui', description: 'no live view, also in a terminal' },
  noColor: { syntax: '--no-color', description: 'no colours; NO_COLOR and FORCE_COLOR are understood as well' },
  timeLimit: {
    syntax: '--time-limit <duration>',
    description: 'stop a run after this much wall-clock time; its open verdicts are inconclusive',
    parse: wallMilliseconds,
  },
  maxEvents: {
    syntax: '--max-events <count>',
    description: 'stop a run after this many simulated events; its open verdicts are inconclusive',
    defaultText: '200000000',
    parse: wholeNumber(1, LARGEST_COUNT),
  },
  maxMemory: {
    syntax: '--max-memory <MiB>',
    description: 'memory that one worker may use before its run ends as inconclusive',
    defaultText: '2048',
    parse: wholeNumber(16, 1_048_576),
  },
  updateGolden: {
    syntax: '-u, --update-golden',
    description: 'write outcome and digest of each run to expected/ beside its scenario',
  },
  checkGolden: {
    syntax: '--check-golden',
    description: 'fail when outcome or digest of a run differ from those in expected/ beside its scenario',
  },
  allowNone: {
    syntax: '--pass-with-no-scenarios',
    description: 'exit with 0 when no scenario matches',
  },
  example: {
    syntax: '--example <name>',
    description: 'which scenario of the gallery to copy: its file name, or the beginning of it',
    defaultText: 'the quick start',
    parse: nonEmpty,
  },
  format: {
    syntax: '--format <kind>',
    description: 'how diagrams are printed',
    defaultText: 'text',
    choices: ['text', 'mermaid'],
  },
  all: { syntax: '--all', description: "also configs at Kafka's default that have no effect in the model" },
  reportReporter: {
    syntax: '--reporter <name[=file]>',
    description: 'which report to make, to stdout or to a file',
    defaultText: 'terminal',
    repeatable: true,
    parse: nonEmpty,
  },
} as const satisfies Record<string, FlagSpec>;

export type FlagName = keyof typeof FLAGS;

const SCENARIO_FILES = {
  syntax: '[files...]',
  description: 'scenario files and folders; without any: scenarios/ of the working directory',
};

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    summary: 'play scenarios and judge their expectations',
    description: 'Plays each scenario on the model, judges its expectations, and writes reports.',
    arguments: [SCENARIO_FILES],
    flags: [
      'seed',
      'seeds',
      'set',
      'workers',
      'grep',
      'tag',
      'variant',
      'reporter',
      'output',
      'json',
      'quiet',
      'noUi',
      'noColor',
      'timeLimit',
      'maxEvents',
      'maxMemory',
      'updateGolden',
      'checkGolden',
      'allowNone',
    ],
    examples: [
      'streamproof run',
      'streamproof run scenarios/01-quick-start.scenario.yaml --seed other',
      'streamproof run --tag durability --seeds 200',
      "streamproof run design.scenario.yaml --set 'producers.checkout.config.acks=1' --reporter markdown=review.md",
    ],
    isDefault: true,
  },
  {
    name: 'validate',
    summary: 'check scenarios without playing them',
    description:
      'Reads and checks scenarios and prints everything that is wrong with them, with file, line and column.',
    arguments: [SCENARIO_FILES],
    flags: ['set', 'json', 'quiet', 'noColor'],
    examples: ['streamproof validate', 'streamproof validate scenarios/01-quick-start.scenario.yaml'],
  },
  {
    name: 'explain',
    summary: 'every effective value of a scenario and where it came from, or what a diagnostic code means',
    description:
      'For a scenario file: every effective value and its origin (Kafka default, broker, topic, scenario, flag). For a code such as SP1001: what it means and how to mend it.',
    arguments: [{ syntax: '<file-or-code>', description: 'a scenario file or a diagnostic code' }],
    flags: ['set', 'seed', 'all', 'json', 'noColor'],
    examples: ['streamproof explain scenarios/01-quick-start.scenario.yaml', 'streamproof explain SP1001'],
  },
  {
    name: 'list',
    summary: 'list scenarios without playing them',
    description: 'Lists scenarios with their tags and expectations.',
    arguments: [SCENARIO_FILES],
    flags: ['set', 'grep', 'tag', 'variant', 'json', 'noColor'],
    examples: ['streamproof list', 'streamproof list --tag durability --json'],
  },
  {
    name: 'report',
    summary: 'make reports from a JSON result',
    description: 'Reads what `run` wrote with the json reporter and makes any other report from it.',
    arguments: [{ syntax: '<result>', description: 'a JSON result' }],
    flags: ['reportReporter', 'output', 'noColor'],
    examples: ['streamproof report result.json --reporter html=review.html'],
  },
  {
    name: 'machines',
    summary: 'print the state machines of the model',
    description: "Prints the state machines of the model, under Kafka's state names.",
    arguments: [{ syntax: '[name]', description: 'one machine; without it: all of them' }],
    flags: ['format', 'noColor'],
    examples: ['streamproof machines', 'streamproof machines broker --format mermaid'],
  },
  {
    name: 'init',
    summary: 'start a folder of scenarios from an example',
    description:
      'Copies a scenario of the gallery, its fragments and the schema for editors into the working directory.',
    arguments: [],
    flags: ['example', 'noColor'],
    examples: ['streamproof init', 'streamproof init --example 02'],
  },
  {
    name: 'conformance',
    summary: "check the model against Kafka's own answers",
    description:
      "Runs every vector file (input and output of Kafka's own algorithms) found in the folders against the model's code, and prints passed and total for each.",
    arguments: [{ syntax: '<dirs...>', description: 'folders of vector files' }],
    flags: ['json', 'noColor'],
    examples: ['streamproof conformance evidence/vectors'],
  },
];
