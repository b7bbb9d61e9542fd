import type { ExitReason } from './exitCodes.ts';
import type { Terminal } from './terminal.ts';

/** What commander hands over: the long names of the flags in camel case. A flag that was not given is absent. */
export interface CommandFlags {
  readonly seed?: string;
  readonly seeds?: number;
  readonly set?: readonly string[];
  readonly workers?: number;
  readonly grep?: string;
  readonly tag?: readonly string[];
  readonly variant?: readonly string[];
  readonly reporter?: readonly string[];
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly ui?: boolean;
  readonly color?: boolean;
  readonly timeLimit?: number;
  readonly maxEvents?: number;
  readonly maxMemory?: number;
  readonly updateGolden?: boolean;
  readonly checkGolden?: boolean;
  readonly passWithNoScenarios?: boolean;
  readonly all?: boolean;
  readonly example?: string;
  readonly format?: string;
}

export type CommandFunction = (
  args: readonly string[],
  flags: CommandFlags,
  terminal: Terminal,
) => Promise<Iterable<ExitReason>>;

/** Each command is loaded when it is called, so that `validate` never waits for what `run` needs. */
const LOADERS: Readonly<Record<string, () => Promise<CommandFunction>>> = {
  run: async () => (await import('./commands/run.ts')).run,
  validate: async () => (await import('./commands/validate.ts')).validate,
  explain: async () => (await import('./commands/explain.ts')).explain,
  list: async () => (await import('./commands/list.ts')).list,
  report: async () => (await import('./commands/report.ts')).report,
  machines: async () => (await import('./commands/machines.ts')).printMachines,
  init: async () => (await import('./commands/init.ts')).init,
  conformance: async () => (await import('./commands/conformance.ts')).conformance,
};

export function loadCommand(name: string): Promise<CommandFunction> {
  const load = LOADERS[name];
  if (load === undefined) throw new Error(`command '${name}' is in the table but has no code`);
  return load();
}
