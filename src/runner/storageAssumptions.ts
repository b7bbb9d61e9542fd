import type { RunResult } from '../result/runResult.ts';
import type { FailureVerb, Scenario } from '../scenario/scenario.ts';

/** What failures of machines and disks rest on; empty without them. */
export function storageAssumptionsOf(scenario: Scenario): RunResult['assumptions'] {
  const verbs = new Set<FailureVerb['verb']>(scenario.failures.map(({ action }) => action.verb));
  const found: RunResult['assumptions'] = [];
  if (verbs.has('powerLoss'))
    found.push({
      kind: 'calibrated',
      text: 'A loss of power takes what was not flushed. Kafka flushes a segment when it rolls, by flush.messages, by its log flusher and in a clean shutdown; else the operating system writes a file back 30 to 35 s after it was first written to (Linux defaults). Under memory pressure it would do so earlier.',
    });
  if (verbs.has('powerLoss') || verbs.has('crash'))
    found.push({
      kind: 'calibrated',
      text: 'After an unclean stop a broker reads back the segments beyond its recovery point: at 400 MB/s a recovery thread from the page cache, and at the disk’s throughput when the machine was off.',
    });
  if (verbs.has('failDisk') || verbs.has('fillDisk'))
    found.push({
      kind: 'modelled',
      text: 'A failed or full disk is found out by the next append to it, or by the next checkpoint of high watermarks. Index files and whatever else lies beside the records take no room.',
    });
  return found;
}
