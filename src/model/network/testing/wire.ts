import { Kernel } from '../../../sim/index.ts';
import { loadOne } from '../../../spec/testing/load.ts';
import { Exchange, type ExchangeFailure, type ExchangeOwner, type RequestServer } from '../exchange.ts';
import { Links } from '../links.ts';
import { Network } from '../network.ts';
import { NetworkClient, type NetworkClientOptions } from '../networkClient.ts';
import { Process } from '../process.ts';

const NIC_BYTES_PER_SEC = 1_250_000_000;
export const DEFAULTS: NetworkClientOptions = {
  maxInFlight: 5,
  reconnectBackoffUs: 50_000,
  reconnectBackoffMaxUs: 1_000_000,
  setupTimeoutUs: 10_000_000,
  setupTimeoutMaxUs: 30_000_000,
};

/** A client and a server that answers each request after `serviceUs`, and what each of them saw, in order. */
export class Wire implements RequestServer, ExchangeOwner<number, number> {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly client = new Process(0, 'client', 'client', { region: 'eu', zone: 'a' });
  readonly server = new Process(1, 'server', 'broker', { region: 'eu', zone: 'a' });
  readonly connections: NetworkClient;
  serviceUs = 1_000;
  readonly log: { readonly atUs: number; readonly what: string }[] = [];
  #inService = 0;
  mostInService = 0;

  constructor(options: Partial<NetworkClientOptions> = {}, seed = 'wire') {
    this.kernel = new Kernel(seed);
    const scenario = loadOne(`
brokers: 1
topics: { orders: { partitions: 1, replicationFactor: 1 } }
regions: { eu: { zones: [a], network: { withinZone: 250us, jitter: 0% } } }
producers: { checkout: { to: orders, rate: 1/s, zones: [a] } }
`);
    const processes = [this.client, this.server];
    const links = new Links(scenario, processes, [NIC_BYTES_PER_SEC, NIC_BYTES_PER_SEC], this.kernel.random);
    this.network = new Network(this.kernel, links, processes);
    this.network.listen(this.server, this);
    this.connections = new NetworkClient(
      this.client,
      this.network,
      { ...DEFAULTS, ...options },
      this.kernel.random.stream('client'),
      {
        onReady: () => this.#note('ready'),
        onDisconnected: (_node, reason, wasReady) => this.#note(`${wasReady ? 'lost' : 'refused'} ${reason}`),
      },
    );
  }

  get cut(): readonly (readonly [Process, Process])[] {
    return [
      [this.client, this.server],
      [this.server, this.client],
    ];
  }

  /** Connects; the clock stands after it. */
  connect(): this {
    this.connections.ready(this.server);
    this.kernel.run(this.kernel.nowUs + 10_000);
    return this;
  }

  send(request: number, timeoutUs = 30_000_000, bytes = 100): Exchange<number, number> {
    const exchange = new Exchange<number, number>('Test', request, this);
    this.connections.send(this.server, exchange, bytes, timeoutUs);
    return exchange;
  }

  at(timeUs: number, action: () => void): this {
    this.kernel.atControl(timeUs, action);
    return this;
  }

  runUntil(timeUs: number): this {
    this.kernel.run(timeUs);
    return this;
  }

  handle(exchange: Exchange<unknown, unknown>): void {
    const doneUs = this.kernel.nowUs + this.serviceUs;
    this.#note(`served ${exchange.request}`);
    this.#inService++;
    this.mostInService = Math.max(this.mostInService, this.#inService);
    this.kernel.atData(doneUs, () => {
      this.#inService--;
      exchange.respond(exchange.request, 100, doneUs);
    });
  }

  onResponse(_exchange: Exchange<number, number>, response: number): void {
    this.#note(`answered ${response}`);
  }

  onFailure(exchange: Exchange<number, number>, failure: ExchangeFailure): void {
    this.#note(`failed ${exchange.request} ${failure}`);
  }

  /** What happened, without times. */
  get story(): string[] {
    return this.log.map(({ what }) => what);
  }

  /** When something happened for the first time; -1: never. */
  whenUs(what: string): number {
    return this.log.find((one) => one.what === what)?.atUs ?? -1;
  }

  #note(what: string): void {
    this.log.push({ atUs: this.kernel.nowUs, what });
  }
}
