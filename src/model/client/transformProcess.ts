import type { ProducerClient } from '../producer/producerClient.ts';
import type { EventId } from '../trace.ts';
import type { MemberProcess } from './clientProcess.ts';

/** One process that reads as a group member and writes what it makes of it: both clients start and die together. */
export class TransformProcess implements MemberProcess {
  readonly #consumer: MemberProcess;
  readonly #producer: ProducerClient;

  constructor(consumer: MemberProcess, producer: ProducerClient) {
    this.#consumer = consumer;
    this.#producer = producer;
    // An exception of the producer that is fatal leaves the loop: the application closes its consumer too.
    producer.onFatal = () => consumer.stop(true);
  }

  get client(): number {
    return this.#consumer.client;
  }

  get isStarted(): boolean {
    return this.#consumer.isStarted;
  }

  start(): void {
    this.#producer.start();
    this.#consumer.start();
  }

  stop(graceful: boolean): void {
    if (!graceful) {
      this.#consumer.stop(false);
      this.#producer.stop(false);
      return;
    }
    // What is under way is committed while the member is still one.
    this.#producer.endTransactionThen(() => {
      this.#consumer.stop(true);
      this.#producer.stop(true);
    });
  }

  kill(): void {
    this.#consumer.kill();
    this.#producer.kill();
  }

  restart(): void {
    this.#producer.restart();
    this.#consumer.restart();
  }

  /** The producer reports for itself. */
  finish(): void {
    this.#consumer.finish();
  }

  setWork(perRecordUs: number | null, cause: EventId): void {
    this.#consumer.setWork(perRecordUs, cause);
  }

  leaveGroup(): void {
    this.stop(true);
  }
}
