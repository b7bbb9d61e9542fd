import { parentPort, workerData } from 'node:worker_threads';
import { isStopRequested, waitWhilePaused } from './controlWord.ts';
import { briefOf } from './job.ts';
import { runScenario } from './runScenario.ts';
import type { WorkerReport, WorkerStart, WorkerTask } from './workerMessages.ts';

/** Entry of a worker thread: runs one job after the other as they are handed over. */
const start = workerData as WorkerStart;
const port = parentPort!;

port.on('message', ({ index, job }: WorkerTask) => {
  const result = runScenario(start.scenarios[job.scenario]!, {
    seed: job.seed,
    settings: start.settings,
    limits: start.limits,
    isStopRequested: () => isStopRequested(start.control),
    waitWhilePaused: () => waitWhilePaused(start.control),
    onProgress: start.wantsProgress
      ? (progress) => send({ kind: 'progress', progress: { ...progress, job: index } })
      : null,
  });
  if (job.detail === 'full') send({ kind: 'full', index, result });
  else send({ kind: 'brief', index, result: briefOf(result) });
});

function send(report: WorkerReport): void {
  port.postMessage(report);
}
