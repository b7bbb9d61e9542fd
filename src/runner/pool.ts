import { Worker } from 'node:worker_threads';
import type { RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { isStopRequested } from './controlWord.ts';
import { type BriefResult, briefOf, type Job } from './job.ts';
import type { RunProgress } from './progress.ts';
import { resultWithoutRun } from './resultWithoutRun.ts';
import type { WorkerReport, WorkerStart, WorkerTask } from './workerMessages.ts';

export interface PoolOptions extends Omit<WorkerStart, 'wantsProgress'> {
  readonly workers: number;
  /** At most 12 a second for each worker. */
  readonly onProgress: ((progress: RunProgress) => void) | null;
  /** In the order in which runs end. */
  readonly onDone: ((index: number, result: JobResult) => void) | null;
}

export type JobResult =
  | { readonly detail: 'full'; readonly result: RunResult }
  | { readonly detail: 'verdicts'; readonly result: BriefResult };

/** The same file beside this one, as source or as built. */
const WORKER_FILE = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/**
 * Runs jobs on worker threads and returns their results in the jobs' order, whatever the number of workers.
 *
 * A worker that dies (out of memory, a bug) costs its own job, which gets a result that says so. Jobs that have
 * not begun when a stop is requested get a result that says `interrupted`.
 */
export async function runJobs(jobs: readonly Job[], options: PoolOptions): Promise<JobResult[]> {
  const results: JobResult[] = new Array(jobs.length);
  let nextIndex = 0;
  const finish = (index: number, result: JobResult) => {
    results[index] = result;
    options.onDone?.(index, result);
  };
  const takeNext = (): number | null => {
    while (nextIndex < jobs.length) {
      const index = nextIndex++;
      if (!isStopRequested(options.control)) return index;
      finish(index, notStarted(jobs[index]!, options));
    }
    return null;
  };
  const lanes = Math.max(1, Math.min(options.workers, jobs.length));
  await Promise.all(Array.from({ length: lanes }, () => runLane(jobs, options, takeNext, finish)));
  return results;
}

/** One worker thread after the other, each until there is nothing left to do or it dies. */
async function runLane(
  jobs: readonly Job[],
  options: PoolOptions,
  takeNext: () => number | null,
  finish: (index: number, result: JobResult) => void,
): Promise<void> {
  let index = takeNext();
  while (index !== null) index = await runWorker(index, jobs, options, takeNext, finish);
}

/** Resolves with the job to go on with in a fresh worker, or null when all is done. */
function runWorker(
  firstIndex: number,
  jobs: readonly Job[],
  options: PoolOptions,
  takeNext: () => number | null,
  finish: (index: number, result: JobResult) => void,
): Promise<number | null> {
  const { scenarios, settings, limits, control, onProgress } = options;
  const start: WorkerStart = { scenarios, settings, limits, control, wantsProgress: onProgress !== null };
  const worker = new Worker(WORKER_FILE, {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxMemoryMiB },
  });
  let index: number | null = firstIndex;
  const give = () => worker.postMessage({ index, job: jobs[index!] } as WorkerTask);
  return new Promise((resolve) => {
    worker.on('message', (report: WorkerReport) => {
      if (report.kind === 'progress') {
        onProgress?.(report.progress);
        return;
      }
      finish(report.index, jobResult(report));
      index = takeNext();
      if (index !== null) give();
      else void worker.terminate();
    });
    worker.on('error', (error) => {
      if (index !== null) finish(index, afterDeath(jobs[index]!, error, options));
      index = takeNext();
    });
    worker.on('exit', () => resolve(index));
    give();
  });
}

function jobResult(report: Exclude<WorkerReport, { kind: 'progress' }>): JobResult {
  return report.kind === 'full'
    ? { detail: 'full', result: report.result }
    : { detail: 'verdicts', result: report.result };
}

function notStarted(job: Job, options: PoolOptions): JobResult {
  const text = 'The run had not begun when the program was interrupted.';
  return withoutRun(job, options, 'interrupted', text);
}

function afterDeath(job: Job, error: unknown, options: PoolOptions): JobResult {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    const limit = `${options.limits.maxMemoryMiB} MiB`;
    const text = `The run needed more than the ${limit} that one worker may use (--max-memory ${options.limits.maxMemoryMiB}).`;
    return withoutRun(job, options, 'budget', text);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return withoutRun(job, options, 'error', text);
}

function withoutRun(
  job: Job,
  options: PoolOptions,
  reason: 'budget' | 'interrupted' | 'error',
  text: string,
): JobResult {
  const scenario = options.scenarios[job.scenario] as Scenario;
  const result = resultWithoutRun(scenario, job.seed, options.settings, { reason, text });
  return job.detail === 'full' ? { detail: 'full', result } : { detail: 'verdicts', result: briefOf(result) };
}
