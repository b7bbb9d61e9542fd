import { EXIT_CODES } from './exitCodes.ts';
import { COMMANDS, type CommandSpec, FLAGS, type FlagSpec } from './options.ts';

/** docs/cli.md: commands, flags and exit codes from the tables that the parser uses. */
export function cliReference(): string {
  return [
    '# Command line',
    '',
    'Made from the tables of `src/cli/options.ts` and `src/cli/exitCodes.ts` by `npm run docs:cli`; do not edit.',
    '',
    ...COMMANDS.flatMap(commandSection),
    '## Exit codes',
    '',
    '| code | meaning |',
    '|---|---|',
    ...Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${cellText(meaning)} |`),
    '',
    'When several hold, the first of 4, 2, 143, 130, 1, 3, 0 counts.',
    '',
    '## Where output goes',
    '',
    '- The result goes to stdout; diagnostics, progress and errors go to stderr. Under `--json` stdout carries JSON alone.',
    '- The live view appears when stdin and stdout are a terminal, outside of CI, unless `--no-ui`, `--json`, `--quiet` or `TERM=dumb`.',
    '- Colours: `--no-color`, then `NO_COLOR` (not empty), then `FORCE_COLOR` (`0` and `false`: off), then whether stdout is a terminal.',
    '- The first Ctrl+C stops the runs and writes what there is, marked as interrupted; the second one exits at once.',
    '',
  ].join('\n');
}

function commandSection(spec: CommandSpec): string[] {
  const words = ['streamproof', spec.name, ...spec.arguments.map(({ syntax }) => syntax), '[flags]'];
  return [
    `## ${spec.name}`,
    '',
    `\`${words.join(' ')}\`${spec.isDefault ? ' (the default: `run` may be left out)' : ''}`,
    '',
    spec.description,
    '',
    ...(spec.arguments.length === 0
      ? []
      : [...spec.arguments.map((one) => `- \`${one.syntax}\`: ${one.description}`), '']),
    '| flag | meaning | default |',
    '|---|---|---|',
    ...spec.flags.map((name) => flagRow(FLAGS[name])),
    '',
    '```sh',
    ...spec.examples,
    '```',
    '',
  ];
}

function flagRow(flag: FlagSpec): string {
  const choices = flag.choices === undefined ? '' : ` (${flag.choices.join(', ')})`;
  const repeats = flag.repeatable ? '; may be repeated' : '';
  return `| \`${flag.syntax}\` | ${cellText(flag.description + choices + repeats)} | ${cellText(flag.defaultText ?? '')} |`;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (import.meta.main) console.log(cliReference().trimEnd());
