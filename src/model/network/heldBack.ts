import type { Kernel } from '../../sim/index.ts';
import type { Exchange } from './exchange.ts';
import { type Links, nextRetransmissionUs } from './links.ts';
import type { Process } from './process.ts';

type AnyExchange = Exchange<unknown, unknown>;

/**
 * What was sent one way on a connection while that way was cut. TCP keeps the order of bytes: everything behind the
 * first lost packet comes with that packet's first retransmission after the heal, and nothing sent later overtakes it.
 */
export class HeldBack {
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #from: Process;
  readonly #to: Process;
  readonly #deliver: (exchange: AnyExchange) => void;
  #held: AnyExchange[] = [];
  /** Counts clearings: a retransmission of an earlier connection delivers nothing. */
  #life = 0;

  constructor(kernel: Kernel, links: Links, from: Process, to: Process, deliver: (exchange: AnyExchange) => void) {
    this.#kernel = kernel;
    this.#links = links;
    this.#from = from;
    this.#to = to;
    this.#deliver = deliver;
  }

  /** Takes the exchange, which was sent at `sentUs`, when the way is cut or others wait; else the caller delivers it. */
  takes(exchange: AnyExchange, sentUs: number): boolean {
    if (this.#held.length === 0 && !this.#links.isCut(this.#from, this.#to)) return false;
    this.#held.push(exchange);
    if (this.#held.length === 1) this.#awaitHeal(sentUs, this.#life);
    return true;
  }

  clear(): void {
    if (this.#held.length === 0) return;
    this.#held = [];
    this.#life++;
  }

  #awaitHeal(firstSentUs: number, life: number): void {
    const stop = this.#links.onReachabilityChange(() => {
      if (life !== this.#life) stop();
      if (life !== this.#life || this.#links.isCut(this.#from, this.#to)) return;
      stop();
      const retriedUs = nextRetransmissionUs(firstSentUs, this.#kernel.nowUs);
      this.#kernel.atData(retriedUs + this.#links.typicalUs(this.#from, this.#to), () =>
        this.#retransmitted(firstSentUs, life),
      );
    });
  }

  #retransmitted(firstSentUs: number, life: number): void {
    if (life !== this.#life) return;
    if (this.#links.isCut(this.#from, this.#to)) {
      this.#awaitHeal(firstSentUs, life);
      return;
    }
    const held = this.#held;
    this.#held = [];
    for (const exchange of held) this.#deliver(exchange);
  }
}
