import type { ModelContext } from '../context.ts';
import type { ControllerCore } from '../controller/controllerCore.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ZnodeChange } from '../zookeeper/znodes.ts';

const BROKER_IDS = '/brokers/ids/';

/** The brokers that are registered: the ephemeral nodes under /brokers/ids, each with the czxid that is its broker epoch. */
export class Registrations {
  /** broker -> czxid. */
  readonly epochs = new Map<number, number>();
  readonly #ctx: ModelContext;
  readonly #store: ControllerCore;
  readonly #processes: ReadonlyMap<number, Process>;
  readonly #causes = new Map<number, EventId>();
  #zxid = 0;

  constructor(ctx: ModelContext, store: ControllerCore, processes: ReadonlyMap<number, Process>) {
    this.#ctx = ctx;
    this.#store = store;
    this.#processes = processes;
  }

  path(broker: number): string {
    return `${BROKER_IDS}${this.#ctx.cast.brokers[broker]!.id}`;
  }

  /** What made the registration come or go last. */
  causeOf(broker: number): EventId {
    return this.#causes.get(broker) ?? NO_CAUSE;
  }

  changed(broker: number, change: ZnodeChange, cause: EventId): void {
    const { kernel, recorder } = this.#ctx;
    const isCreated = change === 'created';
    const reason = isCreated && kernel.nowUs === 0 ? 'bootstrap' : `${this.path(broker)} ${change}`;
    const event = recorder.event(kernel.nowUs, cause, {
      type: 'broker.control',
      broker,
      from: isCreated ? 'UNREGISTERED' : 'REGISTERED',
      to: isCreated ? 'REGISTERED' : 'UNREGISTERED',
      reason,
    });
    this.#causes.set(broker, event);
    if (isCreated) this.#add(broker, reason);
    else {
      this.epochs.delete(broker);
      this.#store.committed.apply({ ...NO_RECORDS, unregistered: [broker] });
    }
  }

  #add(broker: number, reason: string): void {
    const brokerEpoch = ++this.#zxid;
    this.epochs.set(broker, brokerEpoch);
    const { incarnation } = this.#processes.get(broker)!;
    const entry = { broker, brokerEpoch, incarnation, control: 'UNFENCED', inControlledShutdown: false } as const;
    this.#store.committed.apply({ ...NO_RECORDS, broker: { entry, reason } });
  }
}
