import type { RandomStream } from '../../sim/index.ts';
import type { Feeder } from '../consumer/transformLink.ts';
import type { ModelContext } from '../context.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { Recorder } from '../trace.ts';
import type { Accumulator } from './accumulator.ts';
import type { ProducerBatch } from './lane.ts';
import type { ProducerSession } from './producerSession.ts';
import type { ProducerSettings } from './producerSettings.ts';

/** What a producer's transactions work with. */
export interface TransactionPorts {
  readonly ctx: ModelContext;
  readonly client: number;
  readonly process: Process;
  readonly network: NetworkClient;
  readonly brokerProcesses: readonly Process[];
  readonly settings: ProducerSettings;
  readonly session: ProducerSession;
  readonly accumulator: Accumulator;
  /** transaction.version 2: leaders add partitions themselves, and each transaction has an epoch of its own. */
  readonly isV2: () => boolean;
  readonly transactionalId: string;
  /** For the application's own aborts. */
  readonly random: RandomStream;
  leastLoadedNode(): Process | null;
  openBatches(): readonly ProducerBatch[];
  /** Something may be sent that could not be before. */
  wake(): void;
  feeder(): Feeder | null;
  /** The application closes the producer, as it must. */
  closeAfterFatal(): void;
}

/** A batch that a leader has, until its transaction ends. */
export interface Sent {
  readonly batch: ProducerBatch;
  readonly baseOffset: number;
}

export type TransactionOutcome = 'committed' | 'aborted' | 'unknown';

/** What the application learns of its records when their transaction ends. */
export function tellOutcome(
  recorder: Recorder,
  sent: readonly Sent[],
  outcome: TransactionOutcome,
  nowUs: number,
): void {
  for (const { batch, baseOffset } of sent) {
    const { lane, first, count, createdFromUs, createdToUs } = batch;
    if (outcome === 'committed')
      recorder.acknowledged(lane, first, count, baseOffset, createdFromUs, createdToUs, nowUs);
    else if (outcome === 'aborted') recorder.aborted(lane, first, count, nowUs);
    else recorder.failed(lane, first, count, 'TimeoutException', true, createdFromUs, createdToUs, nowUs);
  }
}
