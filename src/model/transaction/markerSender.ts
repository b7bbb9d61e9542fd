/** Ends transactions on the leaders of their partitions. Source: TransactionMarkerChannelManager, TransactionMarkerRequestCompletionHandler. */
import type { BrokerServer } from '../broker/brokerServer.ts';
import type { ErrorName } from '../protocol.ts';
import type { RequestLink } from './requestLink.ts';
import {
  PARTITION_BYTES,
  REQUEST_BYTES,
  type WriteMarkersRequest,
  type WriteMarkersResponse,
} from './transactionProtocol.ts';

/** `retry.backoff.ms` of the channel's own network client (CommonClientConfigs default). */
const RETRY_US = 100_000;

/** The partition's part is over with these: a newer producer, or a topic that is gone. */
const SETTLED: ReadonlySet<ErrorName> = new Set([
  'NONE',
  'INVALID_PRODUCER_EPOCH',
  'TRANSACTION_COORDINATOR_FENCED',
] as const);

interface Round {
  readonly request: Omit<WriteMarkersRequest, 'partitions'>;
  readonly left: Set<number>;
  readonly alive: (work: () => void) => void;
  readonly done: () => void;
}

export class MarkerSender {
  readonly #server: BrokerServer;
  readonly #link: RequestLink;

  constructor(server: BrokerServer, link: RequestLink) {
    this.#server = server;
    this.#link = link;
  }

  /**
   * Without a limit of tries, until every leader has its marker.
   * @param alive  runs work only while this broker coordinates the transaction
   */
  send(
    request: Omit<WriteMarkersRequest, 'partitions'>,
    partitions: readonly number[],
    alive: (work: () => void) => void,
    done: () => void,
  ): void {
    const round: Round = { request, left: new Set(partitions), alive, done };
    if (round.left.size === 0) done();
    else this.#sendTo(round, partitions);
  }

  #sendTo(round: Round, partitions: readonly number[]): void {
    const { view, layout } = this.#server;
    const byLeader = new Map<number, number[]>();
    const homeless: number[] = [];
    for (const partition of partitions) {
      const image = view.partition(partition);
      if (image === undefined) this.#settle(round, partition);
      else if (image.leader < 0) homeless.push(partition);
      else byLeader.set(image.leader, [...(byLeader.get(image.leader) ?? []), partition]);
    }
    if (homeless.length > 0) this.#again(round, homeless);
    for (const [leader, list] of byLeader) {
      const request: WriteMarkersRequest = { ...round.request, partitions: list };
      const bytes = REQUEST_BYTES + PARTITION_BYTES * list.length;
      const node = layout.brokerProcesses[leader]!;
      this.#link.ask<WriteMarkersResponse>(node, 'WriteTxnMarkers', request, bytes, (_outcome, response) =>
        round.alive(() => this.#answered(round, list, response)),
      );
    }
  }

  #answered(round: Round, partitions: readonly number[], response: WriteMarkersResponse | null): void {
    const again = partitions.filter((_, i) => response === null || !SETTLED.has(response.errors[i]!));
    for (const partition of partitions) if (!again.includes(partition)) this.#settle(round, partition);
    if (again.length > 0) this.#again(round, again);
  }

  #again(round: Round, partitions: readonly number[]): void {
    const { kernel } = this.#server.ctx;
    kernel.atControl(kernel.nowUs + RETRY_US, () => round.alive(() => this.#sendTo(round, partitions)));
  }

  #settle(round: Round, partition: number): void {
    if (round.left.delete(partition) && round.left.size === 0) round.done();
  }
}
