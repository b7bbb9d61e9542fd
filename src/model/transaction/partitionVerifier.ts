/**
 * What a leader asks the coordinator before the first records of a transaction on a partition: whether the partition is
 * part of it (KIP-890, 3.6 to 3.9), or to make it part (transaction.version 2). Without it, records that come late hang
 * open for good. Source: AddPartitionsToTxnManager, ReplicaManager.maybeSendPartitionsToTransactionCoordinator.
 */
import type { BrokerServer } from '../broker/brokerServer.ts';
import { TRANSACTIONAL } from '../log/batchKind.ts';
import type { ErrorName, ProduceRequest, RecordBatch } from '../protocol.ts';
import type { Outcome, RequestLink } from './requestLink.ts';
import { type AddPartitionsRequest, PARTITION_BYTES, REQUEST_BYTES } from './transactionProtocol.ts';

const RETRY_CONFIG = 'add.partitions.to.txn.retry.backoff.ms';
const RETRY_LIMIT_CONFIG = 'add.partitions.to.txn.retry.backoff.max.ms';

export class PartitionVerifier {
  readonly #server: BrokerServer;
  readonly #link: RequestLink;
  readonly #isV2: () => boolean;
  readonly #coordinatorPartition: (transactionalId: string) => number;
  /** By partition and producer id: the lowest sequence that was asked about (VerificationStateEntry). */
  readonly #lowest = new Map<string, { epoch: number; sequence: number }>();

  constructor(
    server: BrokerServer,
    link: RequestLink,
    isV2: () => boolean,
    coordinatorPartition: (transactionalId: string) => number,
  ) {
    this.#server = server;
    this.#link = link;
    this.#isV2 = isV2;
    this.#coordinatorPartition = coordinatorPartition;
  }

  /** The batches that begin a transaction on their partition; empty when none has to be asked about. */
  needed(request: ProduceRequest): RecordBatch[] {
    if (request.transactionalId === undefined || !this.isOn) return [];
    const { env } = this.#server.replicas;
    const asked = request.batches.filter((batch) => {
      const replica = env.replicas.get(env.broker, batch.partition);
      return batch.kind === TRANSACTIONAL && replica?.leading != null && !replica.transactions.isOpen(batch.producerId);
    });
    for (const batch of asked) this.#noteSequence(batch);
    return asked;
  }

  /**
   * While nothing is known of a producer any sequence is taken, so a batch whose verification failed must not be overtaken
   * by the next one: the lowest sequence seen comes first.
   */
  isOvertaking({ partition, producerId, producerEpoch, baseSequence }: RecordBatch): boolean {
    const lowest = this.#lowest.get(`${partition}/${producerId}`);
    return lowest !== undefined && lowest.epoch === producerEpoch && baseSequence > lowest.sequence;
  }

  #noteSequence({ partition, producerId, producerEpoch, baseSequence }: RecordBatch): void {
    const key = `${partition}/${producerId}`;
    const known = this.#lowest.get(key);
    if (known === undefined || known.epoch < producerEpoch || known.sequence > baseSequence)
      this.#lowest.set(key, { epoch: producerEpoch, sequence: baseSequence });
  }

  /** @param done  the error that each of their partitions is refused with; NONE: go on */
  verify(
    transactionalId: string,
    batches: readonly Pick<RecordBatch, 'partition' | 'producerId' | 'producerEpoch'>[],
    done: (error: ErrorName) => void,
  ): void {
    const { kernel } = this.#server.ctx;
    const { configs } = this.#server.view;
    const retryUs = configs.broker(RETRY_CONFIG) !== null ? configs.number(RETRY_CONFIG) * 1000 : 0;
    const limitUs =
      configs.broker(RETRY_LIMIT_CONFIG) !== null ? kernel.nowUs + configs.number(RETRY_LIMIT_CONFIG) * 1000 : 0;
    const { incarnation } = this.#server.process;
    const ask = (): void => {
      const partition = this.#coordinatorPartition(transactionalId);
      const leader = this.#server.view.partition(partition)?.leader ?? -1;
      if (leader < 0) {
        done(this.#passing('COORDINATOR_NOT_AVAILABLE'));
        return;
      }
      const { producerId, producerEpoch } = batches[0]!;
      const partitions = batches.map((batch) => batch.partition);
      const verifyOnly = !this.#isV2();
      const request: AddPartitionsRequest = { transactionalId, producerId, producerEpoch, partitions, verifyOnly };
      const bytes = REQUEST_BYTES + PARTITION_BYTES * partitions.length;
      const node = this.#server.layout.brokerProcesses[leader]!;
      this.#link.ask<{ error: ErrorName }>(node, 'AddPartitionsToTxn', request, bytes, (outcome) => {
        if (outcome !== 'CONCURRENT_TRANSACTIONS' || retryUs === 0 || kernel.nowUs + retryUs > limitUs) {
          done(this.#passing(outcome));
          return;
        }
        // The last transaction is still being ended: the broker waits for the producer (4.0 and later).
        const { process } = this.#server;
        kernel.atData(kernel.nowUs + retryUs, () => process.run(() => incarnation === process.incarnation && ask()));
      });
    };
    ask();
  }

  /** What the producer is told: older clients know none of the coordinator's passing errors. */
  #passing(outcome: Outcome): ErrorName {
    switch (outcome) {
      case 'NONE':
      case 'INVALID_PRODUCER_ID_MAPPING':
      case 'TRANSACTION_ABORTABLE':
        return outcome;
      case 'PRODUCER_FENCED':
        return 'INVALID_PRODUCER_EPOCH';
      case 'CONCURRENT_TRANSACTIONS':
        return this.#isV2() ? outcome : 'NOT_ENOUGH_REPLICAS';
      default:
        return 'NOT_ENOUGH_REPLICAS';
    }
  }

  get isOn(): boolean {
    if (this.#isV2()) return true;
    const { configs } = this.#server.view;
    return String(configs.broker('transaction.partition.verification.enable')) === 'true';
  }
}
