import { type Behaviour, behaviourDuringUpgrade, behaviourOf, type Coordination } from '../../kafka/behaviour.ts';
import { configDefinition, configNames } from '../../kafka/configTable.ts';
import { supportsMetadataVersion } from '../../kafka/metadataVersions.ts';
import { isAtLeast, type KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster, ConfigEntry, Configs, ConfigValue } from '../../scenario/scenario.ts';

type Node = 'broker' | 'controller';

/**
 * Which software each node of a cluster runs, and what the cluster has finalized. The behaviours that it hands out are
 * live: their fields change when a node gets other binaries, when another controller becomes active, and when
 * metadata.version is raised. Whoever keeps one reads its fields when it needs them.
 *
 * Source: KIP-584, KIP-778, KIP-1022.
 */
export class ClusterVersions {
  /** Of the active controller. */
  readonly behaviour: Behaviour;
  /** `eligible.leader.replicas.version` is 1. */
  eligibleLeaderReplicas: boolean;
  readonly #spec: Cluster;
  readonly #coordination: Coordination;
  readonly #software: Readonly<Record<Node, Map<number, KafkaVersion>>> = { broker: new Map(), controller: new Map() };
  readonly #brokers = new Map<number, Behaviour>();
  readonly #configs = new Map<KafkaVersion, Configs>();
  #finalized: KafkaVersion;
  /** What a node that was never upgraded runs: the release of the scenario, or the last one that a roll was done to. */
  #usual: KafkaVersion;
  #activeController = -1;

  constructor(spec: Cluster, coordination: Coordination = spec.zookeeper === null ? 'kraft' : 'zookeeper') {
    this.#spec = spec;
    this.#coordination = coordination;
    this.#finalized = this.#usual = spec.kafka as KafkaVersion;
    this.eligibleLeaderReplicas = spec.eligibleLeaderReplicas;
    this.behaviour = { ...behaviourOf(this.#usual, coordination) };
    this.#configs.set(this.#usual, spec.brokerConfigs);
  }

  /** The finalized metadata.version, as the release that it belongs to. */
  get finalized(): KafkaVersion {
    return this.#finalized;
  }

  software(kind: Node, node: number): KafkaVersion {
    return this.#software[kind].get(node) ?? this.#usual;
  }

  /** Live: of one broker. */
  ofBroker(broker: number): Behaviour {
    let behaviour = this.#brokers.get(broker);
    if (behaviour === undefined) {
      behaviour = { ...this.#mixed('broker', broker) };
      this.#brokers.set(broker, behaviour);
    }
    return behaviour;
  }

  /** The static configuration of a broker: what is written, else the default of the release that it runs. */
  brokerConfigs(broker: number): Configs {
    const version = this.software('broker', broker);
    let configs = this.#configs.get(version);
    if (configs === undefined) {
      configs = staticConfigs(this.#spec.brokerConfigs, version);
      this.#configs.set(version, configs);
    }
    return configs;
  }

  /** Whether a node may register: its software knows the finalized metadata.version and features. */
  mayRegister(kind: Node, node: number): boolean {
    return supportsMetadataVersion(this.software(kind, node), this.#finalized);
  }

  /** Another controller is active; -1: none, its rules stay those of the last one. */
  activate(controller: number): void {
    this.#activeController = controller;
    this.#refresh();
  }

  /** The node starts with these binaries next time. */
  install(kind: Node, node: number, version: KafkaVersion): void {
    this.#software[kind].set(node, version);
    this.#refresh();
  }

  /** Nodes that come later bring this release. */
  installEverywhere(version: KafkaVersion): void {
    this.#usual = version;
    this.#refresh();
  }

  /**
   * metadata.version becomes that of the release, and every feature its default there (`kafka-features upgrade
   * --release-version`). A feature that somebody switched on stays on while the release has it.
   */
  finalize(version: KafkaVersion): void {
    const defaults = behaviourOf(version, this.#coordination);
    const isUpgrade = isAtLeast(version, this.#finalized);
    this.#finalized = version;
    this.eligibleLeaderReplicas =
      defaults.elrAvailable && (this.eligibleLeaderReplicas || (isUpgrade && defaults.elrDefault));
    this.#refresh();
  }

  #refresh(): void {
    const isElected = this.#activeController >= 0;
    const versions = { binary: this.#usual, finalized: this.#finalized };
    Object.assign(
      this.behaviour,
      isElected
        ? this.#mixed('controller', this.#activeController)
        : behaviourDuringUpgrade(versions, this.#coordination),
    );
    for (const [broker, behaviour] of this.#brokers) Object.assign(behaviour, this.#mixed('broker', broker));
  }

  #mixed(kind: Node, node: number): Behaviour {
    return behaviourDuringUpgrade(
      { binary: this.software(kind, node), finalized: this.#finalized },
      this.#coordination,
    );
  }
}

/** What is written stays, unless the release does not know it any more (unknown configs are ignored); defaults are its own. */
function staticConfigs(written: Configs, version: KafkaVersion): Configs {
  const configs = new Map<string, ConfigEntry>();
  for (const name of configNames('broker', version)) {
    const entry = written.get(name);
    if (entry !== undefined && entry.origin !== 'kafka default') configs.set(name, entry);
    else {
      const { default: value, type } = configDefinition('broker', name, version)!;
      configs.set(name, { value: plain(value ?? null, type), origin: 'kafka default' });
    }
  }
  return configs;
}

function plain(value: unknown, type: string): ConfigValue {
  if (Array.isArray(value)) return value.join(',');
  return type === 'long' && typeof value === 'string' ? Number(value) : (value as ConfigValue);
}
