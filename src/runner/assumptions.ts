import type { RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { storageAssumptionsOf } from './storageAssumptions.ts';

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
      text: 'The time that request threads need, and the time a broker takes to start, to load its logs and to exit, are fitted to measurements of small clusters.',
    },
  ];
  found.push(...storageAssumptionsOf(scenario));
  if (scenario.clusters.some(({ zookeeper }) => zookeeper !== null)) {
    found.push({
      kind: 'calibrated',
      text: 'With ZooKeeper, what a controller needs for each partition that it reads or writes, and what an election of the ensemble takes, are fitted to published measurements.',
    });
  }
  if (scenario.clusters.some(({ zookeeper }) => zookeeper?.standAlone)) {
    found.push({
      kind: 'calibrated',
      text: 'Stand-alone ZooKeepers are chosen as their client chooses them, by a shuffle that the clock seeds; how far apart brokers start, and how often a producer asks one cluster for its id and writes to the other, are fitted to a real set-up.',
    });
  }
  if (scenario.failures.some(({ trigger }) => trigger.kind === 'random')) {
    found.push({
      kind: 'modelled',
      text: 'Random failures come and end at exponentially distributed intervals with the means that the scenario gives.',
    });
  }
  return found;
}
