import type { KafkaVersion } from '../../kafka/versions.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import { refuseConfigs } from '../controller/configChanges.ts';
import type { ControllerCore } from '../controller/controllerCore.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
import type { BrokerPort, ConfigChange } from '../metadata.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ZkSessions } from '../zookeeper/sessions.ts';

/** How often a request that found no broker with a session looks again. */
const RETRY_US = 500_000;

/**
 * Dynamic configs in ZooKeeper: any broker writes them, and every broker is told by a watch on /config/changes, so that
 * they hold on brokers that are cut off only when those hear ZooKeeper again.
 *
 * Source: Kafka's `ZkAdminManager`, `ZkConfigManager`, `ConfigHandler` (up to 3.9).
 */
export class ConfigStore {
  readonly #ctx: ModelContext;
  readonly #layout: ClusterLayout;
  readonly #store: ControllerCore;
  readonly #sessions: ZkSessions;
  readonly #port: BrokerPort;
  readonly #onUncleanEnabled: (cause: EventId) => void;

  constructor(
    ctx: ModelContext,
    layout: ClusterLayout,
    store: ControllerCore,
    sessions: ZkSessions,
    port: BrokerPort,
    onUncleanEnabled: (cause: EventId) => void,
  ) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#store = store;
    this.#sessions = sessions;
    this.#port = port;
    this.#onUncleanEnabled = onUncleanEnabled;
  }

  alter(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId, timeoutUs: number): void {
    const { kernel } = this.#ctx;
    const finish = (error: string): void => {
      for (const change of changes) this.#record(change, error, cause);
      done(error);
    };
    const error = refuseConfigs(this.#store.committed, this.#layout.spec.kafka as KafkaVersion, false, changes);
    if (error !== 'NONE') {
      finish(error);
      return;
    }
    const broker = this.#layout.brokers.find(
      (one) => this.#layout.brokerProcesses[one]!.life === 'running' && this.#sessions.isConnected(one),
    );
    if (broker !== undefined)
      this.#sessions.submit(
        broker,
        0,
        () => this.#apply(changes, cause),
        () => finish('NONE'),
      );
    else if (timeoutUs <= 0) finish('REQUEST_TIMED_OUT');
    else kernel.atControl(kernel.nowUs + RETRY_US, () => this.alter(changes, done, cause, timeoutUs - RETRY_US));
  }

  #apply(changes: readonly ConfigChange[], cause: EventId): void {
    this.#store.committed.apply({ ...NO_RECORDS, configs: changes });
    for (const broker of this.#layout.brokers) this.#sessions.notify(broker, () => this.#tell(broker, changes));
    const enables = changes.some(
      ({ name, value }) => name === 'unclean.leader.election.enable' && String(value) === 'true',
    );
    if (enables) this.#onUncleanEnabled(cause);
  }

  /** A broker that registered reads everything. */
  tellAll(broker: number): void {
    const { brokerConfigs, topicConfigs } = this.#store.committed;
    const configs = [...brokerConfigs.values(), ...topicConfigs.values()];
    if (configs.length > 0) this.#tell(broker, configs);
  }

  #tell(broker: number, configs: readonly ConfigChange[]): void {
    this.#port.applyMetadata(broker, { offset: -1, topics: [], partitions: [], brokers: [], configs, cause: NO_CAUSE });
  }

  #record({ topic, broker, name, value }: ConfigChange, error: string, cause: EventId): void {
    const { recorder, kernel, cast } = this.#ctx;
    const target = topic ?? (broker < 0 ? 'cluster' : `broker ${cast.brokers[broker]!.id}`);
    const cluster = this.#layout.spec.name;
    recorder.event(kernel.nowUs, cause, {
      type: 'config.altered',
      what: `${target}: ${name}=${value === null ? '(default)' : String(value)}`,
      error: error === 'NONE' ? null : error,
      ...(error === 'NONE' ? { change: { cluster, topic, broker, name, value } } : {}),
    });
  }
}
