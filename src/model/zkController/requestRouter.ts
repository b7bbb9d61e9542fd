import type { ModelContext } from '../context.ts';
import type { ControllerChannel, Reply } from '../controller/controllerChannel.ts';
import type { TopicRequest } from '../controller/topicCreation.ts';
import type { AlterPartitionItem, AlterPartitionResult, PartitionsRequest, ReassignmentRequest } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ControllerHost } from './controllerHost.ts';
import { deleteTopic } from './topicDeletions.ts';
import type { ZkController } from './zkController.ts';
import * as requests from './zkRequests.ts';

const REQUEST_BYTES = 200;
const BYTES_PER_ITEM = 60;
/** How long a client waits for what it asked an administrator's client for. */
export const REQUEST_TIMEOUT_US = 60_000_000;
/** controller.socket.timeout.ms: one attempt of a controlled shutdown. */
const SHUTDOWN_ATTEMPT_US = 30_000_000;

/**
 * Requests on their way to the controller: brokers' own, and those of administrators, whose client asks the controller
 * itself. Without one they wait, and in the end time out.
 *
 * Source: Kafka's `BrokerToControllerChannelManager`, `KafkaApis` (up to 3.9).
 */
export class RequestRouter {
  readonly #ctx: ModelContext;
  readonly #host: ControllerHost;
  readonly #channel: ControllerChannel;
  readonly #controller: () => ZkController | null;
  /** AlterPartition of brokers that are not live: STALE_BROKER_EPOCH, repeated until they are. */
  #held: { readonly broker: number; readonly retry: () => void }[] = [];

  constructor(
    ctx: ModelContext,
    host: ControllerHost,
    channel: ControllerChannel,
    controller: () => ZkController | null,
  ) {
    this.#ctx = ctx;
    this.#host = host;
    this.#channel = channel;
    this.#controller = controller;
  }

  alterPartition(
    broker: number,
    items: readonly AlterPartitionItem[],
    done: (results: readonly AlterPartitionResult[]) => void,
  ): void {
    const bytes = REQUEST_BYTES + items.length * BYTES_PER_ITEM;
    this.#channel.call(this.#processOf(broker), bytes, (reply) => {
      const controller = this.#controller()!;
      const handle = (): void => {
        if (controller.isOver) return;
        if (controller.isLive(broker))
          requests.alterPartition(this.#host, controller, broker, items, (results) => reply(() => done(results)));
        else this.#held.push({ broker, retry: handle });
      };
      handle();
    });
  }

  /** Brokers came or went, as the controller has just been told. */
  retryHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const { retry } of held)
      this.#controller()?.add((next) => {
        retry();
        next();
      });
  }

  forget(broker: number): void {
    this.#held = this.#held.filter((one) => one.broker !== broker);
  }

  /** @param done partitions that the broker still leads; -1: no answer */
  controlledShutdown(broker: number, cause: EventId, done: (remaining: number) => void): void {
    this.#channel.call(
      this.#processOf(broker),
      REQUEST_BYTES,
      (reply) => this.#controller()!.controlledShutdown(broker, cause, (remaining) => reply(() => done(remaining))),
      SHUTDOWN_ATTEMPT_US,
      () => done(-1),
    );
  }

  createTopic(
    request: TopicRequest,
    done: (error: string, partitions: readonly number[]) => void,
    cause: EventId = NO_CAUSE,
  ): void {
    const { recorder, kernel } = this.#ctx;
    const failed = (error: string): void => {
      const { cluster } = this.#host;
      recorder.event(kernel.nowUs, cause, { type: 'topic.createFailed', cluster, topic: request.name, error });
      done(error, []);
    };
    this.#ask(
      (controller, reply) =>
        requests.createTopic(this.#host, controller, request, cause, (error, partitions) =>
          reply(() => {
            if (error === 'NONE' || error === 'TOPIC_ALREADY_EXISTS') done(error, partitions);
            else failed(error);
          }),
        ),
      () => failed('REQUEST_TIMED_OUT'),
    );
  }

  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void {
    this.#ask(
      (controller, reply) =>
        requests.createPartitions(this.#host, controller, request, cause, (error) => reply(() => done(error))),
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  deleteTopic(topic: string, done: (error: string) => void, cause: EventId): void {
    this.#ask(
      (controller, reply) => deleteTopic(this.#host, controller, topic, cause, (error) => reply(() => done(error))),
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#ask(
      (controller, reply) =>
        requests.electLeaders(this.#host, controller, type, partitions, cause, (errors) => reply(() => done(errors))),
      () => done(partitions.map(() => 'REQUEST_TIMED_OUT')),
    );
  }

  alterReassignments(
    moves: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#ask(
      (controller, reply) =>
        requests.alterReassignments(this.#host, controller, moves, cause, (errors) => reply(() => done(errors))),
      () => done(moves.map(() => 'REQUEST_TIMED_OUT')),
    );
  }

  #ask(handle: (controller: ZkController, reply: Reply) => void, onTimeout: () => void): void {
    const processes = [...this.#host.processes.values()];
    const running = processes.filter((process) => process.life === 'running');
    const active = this.#controller()?.process;
    const { links } = this.#ctx.network;
    const connected = running.find((process) => active !== undefined && links.isReachable(process, active));
    const from = connected ?? running[0] ?? processes[0]!;
    this.#channel.call(
      from,
      REQUEST_BYTES,
      (reply) => handle(this.#controller()!, reply),
      REQUEST_TIMEOUT_US,
      onTimeout,
    );
  }

  #processOf(broker: number): Process {
    return this.#host.processes.get(broker)!;
  }
}
