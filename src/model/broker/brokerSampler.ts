import { LATE } from '../../sim/index.ts';
import type { World } from '../world.ts';
import type { BrokerServer } from './brokerServer.ts';

const SHORTEST_INTERVAL_US = 1_000_000;
const SAMPLES_PER_RUN = 3600;
/** Logs are summed up one by one: a run looks at about so many. */
const LOGS_PER_RUN = 2_000_000;

/**
 * Tells how busy each broker is: once a second, in long runs 3,600 times in all. What a monitoring system would scrape,
 * and all that it could: between two samples nothing is known. The sizes of logs are summed up less often where there
 * are very many.
 *
 * Source: KafkaRequestHandlerPool (RequestHandlerAvgIdlePercent), RequestChannel (RequestQueueSize),
 * DelayedOperationPurgatory (PurgatorySize), AbstractFetcherManager (MaxLag), Log (Size).
 */
export class BrokerSampler {
  readonly #world: World;
  readonly #intervalUs: number;
  readonly #busyUs: number[] = [];
  #lastUs = 0;
  #round = 0;

  constructor(world: World) {
    this.#world = world;
    this.#intervalUs = sampleIntervalUs(world.ctx.scenario.durationUs);
  }

  start(): void {
    this.#schedule(this.#intervalUs);
  }

  #schedule(atUs: number): void {
    const { kernel } = this.#world.ctx;
    kernel.atControl(
      atUs,
      () => {
        this.#sample(kernel.nowUs);
        this.#schedule(kernel.nowUs + this.#intervalUs);
      },
      0,
      0,
      LATE,
    );
  }

  #sample(nowUs: number): void {
    const looksAtLogs = this.#round++ % this.#roundsBetweenLogs() === 0;
    for (const server of this.#world.servers) if (server !== undefined) this.#tell(server, looksAtLogs, nowUs);
    this.#lastUs = nowUs;
  }

  #tell(server: BrokerServer, looksAtLogs: boolean, nowUs: number): void {
    const { broker, machine, process, replicas } = server;
    const workedUs = machine.busyUs(nowUs);
    const lastUs = this.#busyUs[broker] ?? 0;
    this.#busyUs[broker] = workedUs;
    const queued = machine.queue.waiting(nowUs);
    if (process.life !== 'running') return;
    const threadUs = (nowUs - this.#lastUs) * machine.handlerCount;
    const idleShare = 1 - Math.min(1, Math.max(0, (workedUs - lastUs) / threadUs));
    this.#world.ctx.recorder.brokerSampled(
      broker,
      Math.round(idleShare * 10_000) / 10_000,
      queued,
      replicas.produce.countWaiting(),
      replicas.fetch.waitingCount + replicas.followerFetch.waitingCount,
      replicas.fetchers.maxLag,
      looksAtLogs ? this.#logBytes(broker) : -1,
      nowUs,
    );
  }

  #logBytes(broker: number): number {
    let bytes = 0;
    for (const { log } of this.#world.replicas.of(broker))
      bytes += log.bytesBetween(log.logStartOffset, log.logEndOffset);
    return Math.round(bytes);
  }

  #roundsBetweenLogs(): number {
    let logs = 0;
    for (const server of this.#world.servers)
      if (server !== undefined) logs += this.#world.replicas.of(server.broker).length;
    const rounds = this.#world.ctx.scenario.durationUs / this.#intervalUs;
    return Math.max(1, Math.ceil((logs * rounds) / LOGS_PER_RUN));
  }
}

export function sampleIntervalUs(durationUs: number): number {
  return Math.max(SHORTEST_INTERVAL_US, Math.ceil(durationUs / SAMPLES_PER_RUN));
}
