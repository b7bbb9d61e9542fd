import type { RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';

type Assumption = RunResult['assumptions'][number];

/** What the numbers of a result rest on, most trustworthy first. */
export function assumptionsOf(scenario: Scenario): Assumption[] {
  const found: Assumption[] = [
    {
      kind: 'protocol',
      text: 'Which records survive, in which order, and who may acknowledge them follows from Kafka’s replication protocol: ISR, high watermark, leader epochs, acks.',
    },
    {
      kind: 'protocol',
      text: 'Timeouts, retries and sessions end when the configs of the chosen Kafka version say so.',
    },
    {
      kind: 'modelled',
      text: 'Latency and throughput come from queues at request threads, disks, network cards and links of the sizes that the scenario gives; a record batch is one unit of work.',
    },
    {
      kind: 'calibrated',
      text: 'The time that request threads need, and the time a broker takes to start and to open its logs, are fitted to measurements of small clusters.',
    },
  ];
  if (scenario.failures.some(({ trigger }) => trigger.kind === 'random')) {
    found.push({
      kind: 'modelled',
      text: 'Random failures come and end at exponentially distributed intervals with the means that the scenario gives.',
    });
  }
  return found;
}
