import type { EventId } from '../trace.ts';
import type { ClientProcess, MemberProcess } from './clientProcess.ts';

/** One process that reads as a group member and writes what it makes of it: both clients start and die together. */
export class TransformProcess implements MemberProcess {
  readonly #consumer: MemberProcess;
  readonly #producer: ClientProcess;

  constructor(consumer: MemberProcess, producer: ClientProcess) {
    this.#consumer = consumer;
    this.#producer = producer;
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
    this.#consumer.stop(graceful);
    this.#producer.stop(graceful);
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
