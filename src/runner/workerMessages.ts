import type { RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ControlWord } from './controlWord.ts';
import type { BriefResult, Job, Limits } from './job.ts';
import type { RunProgress } from './progress.ts';

/** What a worker gets when it starts. */
export interface WorkerStart {
  readonly scenarios: readonly Scenario[];
  readonly settings: readonly string[];
  readonly limits: Limits;
  readonly control: ControlWord;
  readonly wantsProgress: boolean;
}

/** Main thread to worker: run this. */
export interface WorkerTask {
  readonly index: number;
  readonly job: Job;
}

/** Worker to main thread. */
export type WorkerReport =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'full'; readonly index: number; readonly result: RunResult }
  | { readonly kind: 'brief'; readonly index: number; readonly result: BriefResult };
