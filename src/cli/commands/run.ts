import { join } from 'node:path';
import { findReporter } from '../../report/reporters.ts';
import { resultFileName } from '../../report/resultFileName.ts';
import { cleanText } from '../../report/text/clean.ts';
import type { RunReport } from '../../result/runResult.ts';
import { DEFAULT_LIMITS, type Limits } from '../../runner/job.ts';
import { runAll } from '../../runner/runAll.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { CommandFlags, CommandFunction } from '../commands.ts';
import { discoverScenarioFiles } from '../discover.ts';
import { type ExitReason, exitReasonOf } from '../exitCodes.ts';
import { checkGolden, updateGolden } from '../golden.ts';
import { hasErrors, loadScenarios } from '../loadScenarios.ts';
import { parseReporterFlags, type ReportTarget, shownPath, writeReports } from '../reports.ts';
import { refuseEmptySelection, select } from '../select.ts';
import { beginSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { UserError } from '../userError.ts';

const DEFAULT_OUTPUT = 'reports';
/** More report files than this are not listed one by one. */
const LISTED_REPORTS = 5;

/** `run`: read, play, judge, report. */
export const run: CommandFunction = async (args, flags, terminal) => {
  refuseForeignGolden(flags);
  const targets = reportTargets(flags, terminal);
  const loaded = loadScenarios(discoverScenarioFiles(args, process.cwd()), {
    set: flags.set,
    seed: flags.seed,
    color: terminal.color,
  });
  for (const text of loaded.flatMap(({ texts }) => texts)) terminal.error(`${text}\n`);
  if (loaded.some(hasErrors)) return ['wrongInput'];
  const scenarios = select(
    loaded.flatMap((one) => one.scenarios),
    flags,
  );
  if (scenarios.length === 0 && flags.passWithNoScenarios) return ['passed'];
  refuseEmptySelection(scenarios.length, flags);

  const session = await beginSession(scenarios, flags, terminal);
  const report = await runAll(scenarios, {
    workers: flags.workers ?? session.defaultWorkers,
    seeds: flags.seeds ?? null,
    settings: flags.set ?? [],
    limits: limitsOf(flags),
    control: session.control,
    onProgress: session.onProgress,
    onDone: session.onDone,
  }).finally(() => session.end());

  const reasons = [...reasonsOf(report), ...session.reasons()];
  reasons.push(...(await writeReports(report, targets, terminal, { onlyFailures: flags.quiet === true })));
  if (writesDefaultFiles(flags)) {
    const output = flags.output ?? DEFAULT_OUTPUT;
    reasons.push(...(await writeDefaultFiles(report, scenarios, output, terminal)));
  }
  if (flags.updateGolden) await updateGolden(report, terminal);
  if (flags.checkGolden) reasons.push(...checkGolden(report, terminal));
  reportBugs(report, terminal);
  return reasons;
};

/** A golden file says what the scenario as written comes to. */
function refuseForeignGolden(flags: CommandFlags): void {
  if (!flags.updateGolden && !flags.checkGolden) return;
  if (flags.seed === undefined && flags.seeds === undefined && flags.set === undefined && !flags.variant) return;
  throw new UserError(
    'golden results belong to a scenario as written, under its own seed: no --seed, --seeds, --set, --variant',
  );
}

function reportTargets(flags: CommandFlags, terminal: Terminal): ReportTarget[] {
  const targets = parseReporterFlags(flags.reporter ?? [], flags.output);
  if (targets.some(({ file }) => file === null)) return targets;
  const names = flags.json ? ['json'] : ['terminal', ...(terminal.isGitHubActions ? ['github'] : [])];
  return [...names.map((name): ReportTarget => ({ reporter: findReporter(name)!, file: null })), ...targets];
}

function writesDefaultFiles(flags: CommandFlags): boolean {
  if (flags.reporter !== undefined) return false;
  return !flags.json || flags.output !== undefined;
}

function limitsOf(flags: CommandFlags): Limits {
  return {
    maxEvents: flags.maxEvents ?? DEFAULT_LIMITS.maxEvents,
    timeLimitMs: flags.timeLimit ?? DEFAULT_LIMITS.timeLimitMs,
    maxMemoryMiB: flags.maxMemory ?? DEFAULT_LIMITS.maxMemoryMiB,
  };
}

/** Under many seeds the outcomes of all seeds count, not only those of the runs that are shown. */
export function reasonsOf(report: RunReport): ExitReason[] {
  const reasons = report.results.map(({ outcome }) => exitReasonOf(outcome));
  for (const { outcomes } of report.seeds) {
    for (const outcome of ['failed', 'inconclusive', 'interrupted'] as const) {
      if (outcomes[outcome] > 0) reasons.push(exitReasonOf(outcome));
    }
  }
  if (report.results.some(({ endedEarly }) => endedEarly?.reason === 'error')) reasons.push('programFailed');
  return reasons;
}

/** One HTML and one JSON file for each scenario file. */
async function writeDefaultFiles(
  report: RunReport,
  scenarios: readonly Scenario[],
  output: string,
  terminal: Terminal,
): Promise<ExitReason[]> {
  const reasons: ExitReason[] = [];
  const written: string[] = [];
  for (const [file, seed] of new Map(scenarios.map((scenario) => [scenario.source.path, scenario.seed]))) {
    const targets = ['html', 'json'].map((name): ReportTarget => {
      const reporter = findReporter(name)!;
      return { reporter, file: join(output, `${resultFileName(file, seed)}.${reporter.extension}`) };
    });
    const failures = await writeReports(partOf(report, file), targets, terminal, { onlyFailures: false });
    reasons.push(...failures);
    if (failures.length === 0) written.push(...targets.map((target) => shownPath(target.file ?? '')));
  }
  const reports = written.length > 2 * LISTED_REPORTS ? `${written.length} files in ${shownPath(output)}/` : written;
  if (written.length > 0) terminal.note(['\nReports', ...[reports].flat().map((path) => `  ${path}`)].join('\n'));
  return reasons;
}

function partOf(report: RunReport, file: string): RunReport {
  return {
    ...report,
    results: report.results.filter(({ scenario }) => scenario.file === file),
    seeds: report.seeds.filter((summary) => summary.file === file),
    matrices: report.matrices.filter((matrix) => matrix.file === file),
  };
}

function reportBugs(report: RunReport, terminal: Terminal): void {
  for (const { endedEarly, scenario, seed, program, simulatedUs } of report.results) {
    if (endedEarly?.reason !== 'error') continue;
    terminal.error(
      `\nThis is a bug in streamproof ${program.version}; please report it with the scenario.\n` +
        `  scenario  ${cleanText(scenario.file)}\n  seed      ${cleanText(seed)}\n` +
        `  at        ${simulatedUs} us of simulated time\n${endedEarly.text}`,
    );
  }
}
