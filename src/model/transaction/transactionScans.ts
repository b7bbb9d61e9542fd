import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { BrokerServer } from '../broker/brokerServer.ts';

export interface Scanned {
  /** @returns whether there will be something to look at next time */
  timedOut(nowUs: number): boolean;
  expired(nowUs: number): boolean;
}

/**
 * The coordinator's two periodic looks: for transactions beyond their time-out
 * (`transaction.abort.timed.out.transaction.cleanup.interval.ms`) and for ids that nobody used
 * (`transaction.remove.expired.transaction.cleanup.interval.ms`). When in the interval they fall depends on when the
 * broker started, which a run does not know: it is drawn. While there is nothing to look at they cost no event.
 * Source: TransactionCoordinator.startup, TransactionStateManager.enableTransactionalIdExpiration.
 */
export class TransactionScans {
  readonly #server: BrokerServer;
  readonly #incarnation: number;
  #phase = -1;
  #timeouts: TimerHandle = NO_TIMER;
  #expiries: TimerHandle = NO_TIMER;
  #scanned: Scanned = { timedOut: () => false, expired: () => false };
  #isOver = false;

  constructor(server: BrokerServer) {
    this.#server = server;
    this.#incarnation = server.process.incarnation;
  }

  start(scanned: Scanned): void {
    this.#scanned = scanned;
  }

  transactionsAreOpen(): void {
    const { kernel } = this.#server.ctx;
    if (this.#isOver || kernel.isPending(this.#timeouts)) return;
    const name = 'transaction.abort.timed.out.transaction.cleanup.interval.ms';
    this.#timeouts = this.#next(name, () => this.#scanned.timedOut(kernel.nowUs) && this.transactionsAreOpen());
  }

  idsAreKnown(): void {
    const { kernel } = this.#server.ctx;
    if (this.#isOver || kernel.isPending(this.#expiries)) return;
    const name = 'transaction.remove.expired.transaction.cleanup.interval.ms';
    this.#expiries = this.#next(name, () => this.#scanned.expired(kernel.nowUs) && this.idsAreKnown());
  }

  stop(): void {
    this.#isOver = true;
    this.#server.ctx.kernel.cancel(this.#timeouts);
    this.#server.ctx.kernel.cancel(this.#expiries);
  }

  #next(interval: string, scan: () => void): TimerHandle {
    const { ctx, process, view, broker } = this.#server;
    const { kernel } = ctx;
    const intervalUs = view.configs.number(interval) * 1000;
    if (this.#phase < 0) this.#phase = kernel.random.stream(`transaction-scan/${broker}`).next();
    const phaseUs = Math.floor(this.#phase * intervalUs);
    const rounds = Math.floor((kernel.nowUs - phaseUs) / intervalUs) + 1;
    return kernel.atControl(phaseUs + rounds * intervalUs, () =>
      process.run(() => !this.#isOver && process.incarnation === this.#incarnation && scan()),
    );
  }
}
