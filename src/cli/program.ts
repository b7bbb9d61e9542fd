import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { programVersion } from '../runner/programVersion.ts';
import { type CommandFlags, loadCommand } from './commands.ts';
import { EXIT_CODES, type ExitReason, exitCodeOf } from './exitCodes.ts';
import { COMMANDS, type CommandSpec, FLAGS, type FlagSpec, FlagValueError } from './options.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { OutputError, UserError } from './userError.ts';

/** Parses the command line, runs the command and returns the exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  const plain = openTerminal(PLAIN);
  let reasons: Iterable<ExitReason> = ['passed'];
  const program = buildProgram(plain, async (name, args, flags) => {
    const terminal = openTerminal({
      noColor: flags.color === false,
      noUi: flags.ui === false,
      json: flags.json === true,
      quiet: flags.quiet === true,
    });
    const run = await loadCommand(name);
    reasons = await run(args, flags, terminal);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCodeOf(reasons);
  } catch (error) {
    return exitCodeOf([explainFailure(error, plain)]);
  }
}

/** For what no command caught, rejected promises included: said like any other bug, and the exit code is 4. */
export function explainUncaught(error: unknown): never {
  process.exit(exitCodeOf([explainFailure(error, openTerminal(PLAIN))]));
}

const PLAIN = { noColor: true, noUi: true, json: false, quiet: false };

type Runner = (name: string, args: readonly string[], flags: CommandFlags) => Promise<void>;

/** The parser for the tables of options.ts. */
export function buildProgram(terminal: Terminal, run: Runner): Command {
  const program = new Command('streamproof')
    .description(
      'Rehearse a Kafka architecture before you own it: play YAML scenarios on a deterministic model of Kafka.',
    )
    .version(programVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .addHelpText('after', `\n${exitCodeHelp()}`);
  for (const spec of COMMANDS) program.addCommand(buildCommand(spec, terminal, run), { isDefault: spec.isDefault });
  return program;
}

function buildCommand(spec: CommandSpec, terminal: Terminal, run: Runner): Command {
  const command = new Command(spec.name)
    .summary(spec.summary)
    .description(spec.description)
    .exitOverride()
    .helpOption('-h, --help', 'print this help')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error })
    .addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  ${example}`).join('\n')}`);
  for (const argument of spec.arguments) command.argument(argument.syntax, argument.description);
  for (const name of spec.flags) command.addOption(buildOption(FLAGS[name]));
  return command.action(async (...values: unknown[]) => {
    const args = values
      .slice(0, spec.arguments.length)
      .flat()
      .filter((value) => value !== undefined);
    await run(spec.name, args as string[], command.opts<CommandFlags>());
  });
}

function buildOption(flag: FlagSpec): Option {
  const suffix = flag.defaultText === undefined ? '' : ` (default: ${flag.defaultText})`;
  const option = new Option(flag.syntax, flag.description + suffix);
  if (flag.choices !== undefined) option.choices(flag.choices);
  else if (flag.parse !== undefined || flag.repeatable) {
    option.argParser((text: string, previous: unknown) => parseValue(flag, text, previous));
  }
  return option;
}

function parseValue(flag: FlagSpec, text: string, previous: unknown): unknown {
  try {
    const value = flag.parse === undefined ? text : flag.parse(text);
    return flag.repeatable ? [...((previous as unknown[] | undefined) ?? []), value] : value;
  } catch (error) {
    if (error instanceof FlagValueError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}

function exitCodeHelp(): string {
  const lines = Object.values(EXIT_CODES).map(({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`);
  return ['Exit codes:', ...lines].join('\n');
}

function explainFailure(error: unknown, terminal: Terminal): ExitReason {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 'passed' : 'wrongInput';
  if (error instanceof UserError) {
    terminal.error(`error: ${error.message}`);
    return 'wrongInput';
  }
  if (error instanceof OutputError) {
    terminal.error(`error: ${error.message}`);
    return 'programFailed';
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.error(
    `streamproof ${programVersion()} failed. This is a bug; please report it with what follows.\n${stack}`,
  );
  return 'programFailed';
}
