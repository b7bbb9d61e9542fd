import type { MemberProcess } from '../client/clientProcess.ts';
import { ConsumerInstance, type ConsumerSeat } from './consumerInstance.ts';

/** The process of one group member: starts, ends and starts anew. */
export class ConsumerProcess implements MemberProcess {
  readonly client: number;
  isStarted = false;
  readonly #seat: ConsumerSeat;
  #consumer: ConsumerInstance | null = null;
  #perRecordUs: number | null = null;
  /** It was asked to start again while it closed. */
  #startsAfterClose = false;

  constructor(seat: ConsumerSeat) {
    this.#seat = seat;
    this.client = seat.client;
    seat.process.onLifeChange((_process, _from, to) => {
      if (to === 'frozen') this.#consumer?.freeze();
      else if (to === 'running') this.#consumer?.resume();
    });
  }

  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    if (this.#consumer !== null) {
      this.#startsAfterClose = true;
      return;
    }
    this.#tell({ type: 'client.started', client: this.client });
    this.#consumer = new ConsumerInstance(this.#seat, this.#perRecordUs, () => this.#closed());
    this.#consumer.start();
  }

  stop(graceful: boolean): void {
    if (!this.isStarted) return;
    this.isStarted = false;
    if (this.#startsAfterClose) this.#startsAfterClose = false;
    else if (graceful) this.#consumer?.close();
    else this.#end();
  }

  kill(): void {
    this.isStarted = false;
    this.#startsAfterClose = false;
    if (this.#consumer !== null) this.#end();
  }

  restart(): void {
    this.start();
  }

  finish(): void {
    this.#consumer?.settle();
  }

  /** For the process at hand and those after it. */
  setWork(perRecordUs: number | null): void {
    this.#perRecordUs = perRecordUs;
    this.#consumer?.setPace(perRecordUs);
  }

  leaveGroup(): void {
    this.stop(true);
  }

  #end(): void {
    this.#consumer?.kill();
    this.#consumer = null;
    this.#tell({ type: 'client.stopped', client: this.client, graceful: false });
  }

  #closed(): void {
    this.#consumer = null;
    this.#tell({ type: 'client.stopped', client: this.client, graceful: true });
    this.isStarted = false;
    if (!this.#startsAfterClose) return;
    this.#startsAfterClose = false;
    this.start();
  }

  #tell(
    body: { type: 'client.started'; client: number } | { type: 'client.stopped'; client: number; graceful: boolean },
  ): void {
    const { ctx, process } = this.#seat;
    ctx.recorder.event(ctx.kernel.nowUs, process.cause, body);
  }
}
