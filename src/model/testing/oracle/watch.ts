import { BrokerTransitions } from '../../controller/brokerTransitions.ts';
import { ControllerChannel, type Reply } from '../../controller/controllerChannel.ts';
import { ControllerCore } from '../../controller/controllerCore.ts';
import { ControllerPlane } from '../../controller/controllerPlane.ts';
import type { MetadataBatch, MetadataRecords } from '../../controller/metadataBatch.ts';
import type { AlterPartitionItem, AlterPartitionResult, MetadataDelta, PartitionImage } from '../../metadata.ts';
import { Exchange } from '../../network/exchange.ts';
import { FetcherThread } from '../../replication/fetcherThread.ts';
import { FollowerFetchPath } from '../../replication/followerFetchPath.ts';
import type { FollowerExchange, FollowerFetchResponse } from '../../replication/followerSession.ts';
import { HighWatermarks } from '../../replication/highWatermarks.ts';
import { IsrMaintenance } from '../../replication/isrMaintenance.ts';
import type { LeaderState } from '../../replication/leaderState.ts';
import { ProducePath } from '../../replication/producePath.ts';
import { type BrokerEnvironment, ReplicaManager } from '../../replication/replicaManager.ts';

import type { Stamps } from './stamps.ts';

type AnyExchange = Exchange<unknown, unknown>;

/** Everything that happens to brokers and the controller, told in the order in which it began. */
export interface Watcher {
  /** A broker applies metadata: these partitions, in order; `isFirst` with the rest of the delta, `isLast` when it is done. */
  learned(env: BrokerEnvironment, delta: MetadataDelta, part: LearnedPart): void;
  died(env: BrokerEnvironment): void;
  produced(broker: BrokerEnvironment, exchange: AnyExchange, stamps: Stamps): void;
  wroteInternally(
    env: BrokerEnvironment,
    partition: number,
    bytes: number,
    answer: InternalAnswer,
    stamps: Stamps,
  ): void;
  followerFetched(env: BrokerEnvironment, exchange: FollowerExchange, stamps: Stamps): void;
  followerReceived(exchange: FollowerExchange, response: FollowerFetchResponse): void;
  scanned(env: BrokerEnvironment): void;
  /** Brokers became eligible: followers at the log's end may join with their next poll. */
  expandedIdle(env: BrokerEnvironment): void;
  parked(exchange: AnyExchange, atUs: number): void;
  answered(exchange: AnyExchange, response: unknown, atUs: number): void;
  asked(broker: number, items: readonly AlterPartitionItem[]): void;
  /** The controller handles it; `batch` is what it appended, if anything. */
  handled(broker: number, items: readonly AlterPartitionItem[], records: MetadataRecords | null): void;
  altered(broker: number, items: readonly AlterPartitionItem[], results: readonly AlterPartitionResult[]): void;
  registering(broker: number, clean: boolean): void;
  appended(batch: MetadataBatch): void;
  committed(batch: MetadataBatch): void;
  abandoned(): void;
  /** Everything that began since the last call is over. */
  settled(): void;
}

/** Requests may be served between the partitions of one delta. */
export interface LearnedPart {
  readonly partitions: readonly PartitionImage[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

export interface InternalAnswer {
  error: string | null;
}

/**
 * Wraps the model's public doors while a run is watched. Steps are told after the outermost door has closed, in the
 * order in which their doors were opened, so that the watcher sees one input after the other.
 */
class Doors {
  watcher: Watcher | null = null;
  readonly #steps: (() => void)[] = [];
  readonly #stamps: Stamps[] = [];
  #depth = 0;
  #interrupt: (() => void) | null = null;

  /** Runs `original` and tells `step` when the outermost door closes. */
  enter<T>(original: () => T, step: (stamps: Stamps) => void): T {
    this.#interrupt?.();
    const stamps: Stamps = new Map();
    this.#steps.push(() => step(stamps));
    return this.#inside(original, stamps);
  }

  /** Like `enter` for something that other inputs may interrupt: `part` gives a step for what is done by now, or null. */
  enterInParts<T>(original: () => T, part: (isLast: boolean) => (() => void) | null): T {
    const outer = this.#interrupt;
    this.#interrupt = () => {
      const step = part(false);
      if (step !== null) this.#steps.push(step);
    };
    return this.#inside(() => {
      const result = original();
      this.#interrupt = outer;
      this.#steps.push(part(true)!);
      return result;
    }, new Map());
  }

  #inside<T>(original: () => T, stamps: Stamps): T {
    this.#stamps.push(stamps);
    this.#depth++;
    const result = original();
    this.#depth--;
    this.#stamps.pop();
    if (this.#depth === 0) this.#tell();
    return result;
  }

  /** Something that happens inside or outside of a door. */
  note(step: () => void): void {
    this.#interrupt?.();
    this.#steps.push(step);
    if (this.#depth === 0) this.#tell();
  }

  stamp(leader: LeaderState, atUs: number): void {
    this.#stamps.at(-1)?.set(`${leader.replica.broker}/${leader.replica.partition}`, atUs);
  }

  #tell(): void {
    for (const step of this.#steps.splice(0)) step();
    this.watcher?.settled();
  }

  reset(): void {
    this.#steps.length = 0;
    this.#stamps.length = 0;
    this.#depth = 0;
    this.#interrupt = null;
    this.watcher = null;
  }
}

type Method = (...args: never[]) => unknown;

/** Plays `run` with `watcher` told of every input; the doors are put back whatever happens. */
export function watch<T>(watcher: Watcher, run: () => T): T {
  const doors = new Doors();
  const undo: (() => void)[] = [];
  const wrap = <C extends object, K extends keyof C & string>(
    prototype: C,
    name: K,
    make: (original: C[K] & Method, self: C) => Method,
  ): void => {
    const original = prototype[name];
    // biome-ignore lint/suspicious/noExplicitAny: a door takes whatever the original takes
    const door = function (this: C, ...args: any[]): unknown {
      const bound = (...inner: never[]) => (original as Method).apply(this, inner);
      return (make(bound as C[K] & Method, this) as (...all: unknown[]) => unknown)(...args);
    };
    prototype[name] = door as C[K];
    undo.push(() => {
      prototype[name] = original;
    });
  };

  doors.watcher = watcher;
  const envOf = new WeakMap<object, BrokerEnvironment>();
  const env = (part: object): BrokerEnvironment => envOf.get(part)!;

  wrap(ReplicaManager.prototype, 'apply', (original, self) => (delta: MetadataDelta) => {
    introduce(self, envOf);
    let told = 0;
    let isFirst = true;
    const part = (isLast: boolean): (() => void) | null => {
      const upTo = isLast ? delta.partitions.length : appliedUpTo(self.env, delta, told);
      if (upTo === told && !isLast && !isFirst) return null;
      const one = { partitions: delta.partitions.slice(told, upTo), isFirst, isLast };
      told = upTo;
      isFirst = false;
      return () => watcher.learned(self.env, delta, one);
    };
    return doors.enterInParts(() => original(delta as never), part);
  });
  wrap(
    ReplicaManager.prototype,
    'stop',
    (original, self) => () =>
      doors.enter(
        () => original(),
        () => watcher.died(self.env),
      ),
  );
  wrap(
    ProducePath.prototype,
    'handle',
    (original, self) => (exchange: AnyExchange) =>
      doors.enter(
        () => original(exchange as never),
        (stamps) => watcher.produced(env(self), exchange, stamps),
      ),
  );
  wrap(
    ProducePath.prototype,
    'appendInternal',
    (original, self) => (partition: number, bytes: number, timeoutUs: number, done: (error: string) => void) => {
      const answer: InternalAnswer = { error: null };
      const told = (error: string): void => {
        answer.error = error;
        done(error);
      };
      return doors.enter(
        () => original(partition as never, bytes as never, timeoutUs as never, told as never),
        (stamps) => watcher.wroteInternally(env(self), partition, bytes, answer, stamps),
      );
    },
  );
  wrap(
    FollowerFetchPath.prototype,
    'handle',
    (original, self) => (exchange: FollowerExchange) =>
      doors.enter(
        () => original(exchange as never),
        (stamps) => watcher.followerFetched(env(self), exchange, stamps),
      ),
  );
  wrap(
    FetcherThread.prototype,
    'onResponse',
    (original) => (exchange: FollowerExchange, response: FollowerFetchResponse) =>
      doors.enter(
        () => original(exchange as never, response as never),
        () => watcher.followerReceived(exchange, response),
      ),
  );
  wrap(
    IsrMaintenance.prototype,
    'scan',
    (original, self) => () =>
      doors.enter(
        () => original(),
        () => watcher.scanned(env(self)),
      ),
  );
  wrap(
    IsrMaintenance.prototype,
    'retryExpansions',
    (original, self) => () =>
      doors.enter(
        () => original(),
        () => watcher.expandedIdle(env(self)),
      ),
  );
  wrap(HighWatermarks.prototype, 'maybeAdvance', (original) => (leader: LeaderState, atUs: number) => {
    doors.stamp(leader, atUs);
    return original(leader as never, atUs as never);
  });
  wrap(Exchange.prototype, 'park', (original, self) => (nowUs: number, expire: () => void) => {
    doors.note(() => watcher.parked(self, nowUs));
    return original(nowUs as never, expire as never);
  });
  wrap(Exchange.prototype, 'respond', (original, self) => (response: unknown, bytes: number, atUs: number) => {
    doors.note(() => watcher.answered(self, response, atUs));
    return original(response as never, bytes as never, atUs as never);
  });

  let asking: { readonly broker: number; readonly items: readonly AlterPartitionItem[] } | null = null;
  /** What the request that the controller handles right now appends. */
  let handling: { records: MetadataRecords | null } | null = null;
  wrap(
    ControllerPlane.prototype,
    'alterPartition',
    (original) =>
      (
        broker: number,
        items: readonly AlterPartitionItem[],
        done: (results: readonly AlterPartitionResult[]) => void,
      ) => {
        doors.note(() => watcher.asked(broker, items));
        asking = { broker, items };
        const answered = (results: readonly AlterPartitionResult[]): void =>
          doors.enter(
            () => done(results),
            () => watcher.altered(broker, items, results),
          );
        original(broker as never, items as never, answered as never);
        asking = null;
      },
  );
  wrap(ControllerChannel.prototype, 'call', (original) => (...args: unknown[]) => {
    const request = asking;
    if (request === null) return original(...(args as never[]));
    const handle = args[2] as (reply: Reply) => void;
    args[2] = (reply: Reply): void => {
      const appended: { records: MetadataRecords | null } = { records: null };
      doors.enter(
        () => {
          handling = appended;
          handle(reply);
          handling = null;
        },
        () => watcher.handled(request.broker, request.items, appended.records),
      );
    };
    return original(...(args as never[]));
  });
  wrap(ControllerCore.prototype, 'append', (original) => (...args: never[]) => {
    const batch = original(...args) as MetadataBatch;
    if (handling !== null) handling.records = batch.records;
    else doors.note(() => watcher.appended(batch));
    return batch;
  });
  wrap(ControllerCore.prototype, 'onCommitted', (original) => (batch: MetadataBatch, feed: never) => {
    const { records } = batch;
    return doors.enter(
      () => original(batch as never, feed),
      () => watcher.committed({ ...batch, records } as MetadataBatch),
    );
  });
  wrap(
    ControllerCore.prototype,
    'abandon',
    (original) => () =>
      doors.enter(
        () => original(),
        () => watcher.abandoned(),
      ),
  );
  wrap(
    BrokerTransitions.prototype,
    'register',
    (original) =>
      (...args: never[]) =>
        doors.enter(
          () => {
            watcher.registering(args[0]!, args[2]!);
            return original(...args);
          },
          () => {},
        ),
  );

  try {
    return run();
  } finally {
    for (const one of undo.reverse()) one();
    doors.reset();
  }
}

/** How many of the delta's partitions the broker has applied by now. */
function appliedUpTo({ broker, replicas }: BrokerEnvironment, delta: MetadataDelta, from: number): number {
  let index = from;
  for (; index < delta.partitions.length; index++) {
    const image = delta.partitions[index]!;
    if (!image.replicas.includes(broker)) continue;
    const known = replicas.get(broker, image.partition)?.image ?? null;
    if (known === null || known.partitionEpoch < image.partitionEpoch) break;
  }
  return index;
}

/** The parts of a replica manager keep their environment to themselves. */
function introduce(manager: ReplicaManager, envOf: WeakMap<object, BrokerEnvironment>): void {
  for (const part of [manager.produce, manager.followerFetch, manager.isr]) envOf.set(part, manager.env);
}
