import type { Producer } from '../../scenario/scenario.ts';
import { BATCH_HEADER_BYTES, batchSizeBytes, type RecordShape, recordsThatFit } from '../algorithms/recordBatchSize.ts';
import { ConfigReader } from '../client/configReader.ts';

/** A producer's effective configs in model units, and the arithmetic of its batches. */
export class ProducerSettings {
  readonly acks: 0 | 1 | -1;
  readonly isIdempotent: boolean;
  readonly lingerUs: number;
  readonly batchSizeBytes: number;
  readonly bufferMemoryBytes: number;
  readonly maxBlockUs: number;
  readonly maxRequestBytes: number;
  readonly maxInFlight: number;
  readonly retries: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly requestTimeoutUs: number;
  readonly deliveryTimeoutUs: number;
  readonly shape: RecordShape;
  readonly compressedShare: number;
  readonly skipsBackoffForNewLeader: boolean;
  /** Null without a transactional.id. */
  readonly transaction: (NonNullable<Producer['transaction']> & { readonly timeoutUs: number }) | null;
  readonly #sizes: number[] = [];

  /** @param skipsBackoffForNewLeader  a retry does not wait once a newer leader is known (KIP-951) */
  constructor(spec: Producer, skipsBackoffForNewLeader: boolean) {
    this.skipsBackoffForNewLeader = skipsBackoffForNewLeader;
    const configs = new ConfigReader(spec.configs);
    const acks = configs.text('acks');
    this.transaction =
      spec.transaction === null ? null : { ...spec.transaction, timeoutUs: configs.us('transaction.timeout.ms') };
    this.acks = acks === 'all' || acks === '-1' ? -1 : acks === '0' ? 0 : 1;
    this.maxInFlight = configs.number('max.in.flight.requests.per.connection');
    this.retries = configs.number('retries');
    // ProducerConfig.postProcessAndValidateIdempotenceConfigs: a conflicting setting switches the default off in silence.
    const conflicts = spec.transaction === null && (this.acks !== -1 || this.retries === 0 || this.maxInFlight > 5);
    this.isIdempotent = configs.flag('enable.idempotence') && !(conflicts && !configs.isSet('enable.idempotence'));
    this.lingerUs = configs.us('linger.ms');
    this.batchSizeBytes = configs.number('batch.size');
    this.bufferMemoryBytes = configs.number('buffer.memory');
    this.maxBlockUs = configs.us('max.block.ms');
    this.maxRequestBytes = configs.number('max.request.size');
    this.retryBackoffMs = configs.number('retry.backoff.ms');
    // Before KIP-580 (3.7) the backoff did not grow.
    this.retryBackoffMaxMs = spec.configs.has('retry.backoff.max.ms')
      ? configs.number('retry.backoff.max.ms')
      : this.retryBackoffMs;
    this.requestTimeoutUs = configs.us('request.timeout.ms');
    // An implicit delivery.timeout.ms is raised to linger.ms + request.timeout.ms (KafkaProducer.configureDeliveryTimeout).
    this.deliveryTimeoutUs = Math.max(configs.us('delivery.timeout.ms'), this.lingerUs + this.requestTimeoutUs);
    this.shape = {
      keyBytes: spec.record.keys.kind === 'none' ? -1 : spec.record.keyBytes,
      valueBytes: spec.record.valueBytes,
      headersBytes: 1,
    };
    this.compressedShare = configs.text('compression.type') === 'none' ? 1 : spec.record.compressedShare;
  }

  /** Bytes on the wire of a batch of `count` records. */
  sizeBytes(count: number): number {
    let size = this.#sizes[count];
    if (size === undefined) {
      const plain = batchSizeBytes(count, this.shape);
      size = BATCH_HEADER_BYTES + Math.round((plain - BATCH_HEADER_BYTES) * this.compressedShare);
      this.#sizes[count] = size;
    }
    return size;
  }

  /** Records that a batch takes before it is full; batch.size applies to the estimated compressed size. */
  get batchCapacity(): number {
    const limit =
      BATCH_HEADER_BYTES + Math.floor(Math.max(0, this.batchSizeBytes - BATCH_HEADER_BYTES) / this.compressedShare);
    return recordsThatFit(limit, this.shape);
  }
}
