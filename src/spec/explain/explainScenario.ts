import { type ConfigKind, earlierDefault } from '../../kafka/configTable.ts';
import { modelledConfigs } from '../../kafka/notModelled.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type {
  Cluster,
  ConfigOrigin,
  Configs,
  ConsumerGroup,
  NetworkQuality,
  Place,
  Producer,
  Scenario,
} from '../../scenario/scenario.ts';
import { showBandwidth, showBytes, showDuration, showRate, showShare, showThroughput } from '../showUnits.ts';
import { behaviourRows } from './behaviourRows.ts';
import { roughCost } from './cost.ts';
import { operationText } from './operationText.ts';
import { Written } from './written.ts';

/** One line of `explain`. */
export interface ExplainRow {
  readonly kind: 'value' | 'config' | 'behaviour' | 'event' | 'expectation' | 'notModelled' | 'cost';
  /** `clusters.eu.config.min.insync.replicas`; for costs and what is not modelled: a name. */
  readonly path: string;
  readonly value: string;
  /** Null where nothing decides: costs and what is not modelled. `assumed` is a default of the language, not of Kafka. */
  readonly origin: ConfigOrigin | 'assumed' | null;
  /** "kafka default of 4.3", or a consequence. */
  readonly note: string;
  /** False for configs without effect in the model. */
  readonly modelled: boolean;
}

/** Every effective value of a scenario and who decided it, then what is not modelled, then what a run will move. */
export function explainScenario(scenario: Scenario): ExplainRow[] {
  const explainer = new Explainer(scenario);
  return explainer.rows();
}

class Explainer {
  readonly #scenario: Scenario;
  readonly #written: Written;
  readonly #rows: ExplainRow[] = [];

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#written = new Written(scenario);
  }

  rows(): ExplainRow[] {
    const { name, seed, durationUs, warmupUs, variant } = this.#scenario;
    this.#value(['name'], name);
    this.#value(['seed'], seed);
    this.#value(['duration'], showDuration(durationUs));
    this.#value(['warmup'], showDuration(warmupUs));
    for (const { path, value } of variant) this.#add('value', `variant ${path}`, value, 'scenario');
    this.#places();
    for (const cluster of this.#scenario.clusters) this.#cluster(cluster);
    for (const producer of this.#scenario.producers) this.#producer(producer);
    for (const group of this.#scenario.consumers) this.#group(group);
    this.#events();
    this.#rest();
    return this.#rows;
  }

  #places(): void {
    for (const { name, zones, withinZone, betweenZones } of this.#scenario.regions) {
      const path = ['regions', name];
      this.#value([...path, 'zones'], zones.join(', '));
      this.#value([...path, 'network', 'withinZone'], showDuration(withinZone.latencyUs));
      this.#value([...path, 'network', 'betweenZones'], showDuration(betweenZones.latencyUs));
      this.#quality([...path, 'network'], betweenZones);
    }
    for (const [index, { between, quality }] of this.#scenario.links.entries()) {
      this.#value(['links', String(index), 'between'], between.join(', '));
      this.#value(['links', String(index), 'latency'], showDuration(quality.latencyUs));
      this.#quality(['links', String(index)], quality);
    }
  }

  #quality(path: readonly string[], { jitter, bandwidthBytesPerSec, loss }: NetworkQuality): void {
    this.#value([...path, 'jitter'], showShare(jitter));
    this.#value([...path, 'bandwidth'], showBandwidth(bandwidthBytesPerSec));
    this.#value([...path, 'loss'], showShare(loss));
  }

  #coordination(at: (...keys: string[]) => string[], { zookeeper }: Cluster): void {
    if (zookeeper === null) {
      this.#value(at('coordination'), 'kraft');
      return;
    }
    const { nodes, standAlone, tickTimeUs, initLimitTicks, syncLimitTicks } = zookeeper;
    const own = (...keys: string[]) => at('coordination', 'zookeeper', ...keys);
    const which = `${nodes.map((node) => node.id).join(', ')} in ${placesText(nodes)}`;
    this.#value(own(standAlone ? 'standAlone' : 'ensemble'), which);
    this.#value(own('tickTime'), showDuration(tickTimeUs));
    this.#value(own('initLimit'), String(initLimitTicks));
    this.#value(own('syncLimit'), String(syncLimitTicks));
  }

  #cluster(cluster: Cluster): void {
    const at = (...keys: string[]) => [...this.#written.clusterPath(cluster.name), ...keys];
    const { kafka, brokers, controllers } = cluster;
    this.#value(at('kafka'), kafka);
    this.#value(at('eligibleLeaderReplicas'), String(cluster.eligibleLeaderReplicas));
    this.#coordination(at, cluster);
    if (cluster.zookeeper === null)
      this.#value(at('controllers'), `${controllers.map((node) => node.id).join(', ')} in ${placesText(controllers)}`);
    this.#value(at('brokers'), `${brokers.map((node) => node.id).join(', ')} in ${placesText(brokers)}`);
    const [broker] = brokers;
    if (broker) {
      const { cores, memoryBytes, disks, networkBytesPerSec } = broker.hardware;
      const hardware = at('brokers', 'hardware');
      this.#value([...hardware, 'cores'], String(cores));
      this.#value([...hardware, 'memory'], showBytes(memoryBytes));
      const disksText = disks.map(
        (d) => `${showBytes(d.sizeBytes)} ${showThroughput(d.throughputBytesPerSec)} ${showDuration(d.latencyUs)}`,
      );
      this.#value([...hardware, 'disks'], disksText.join('; '));
      this.#value([...hardware, 'network'], showBandwidth(networkBytesPerSec));
    }
    this.#configs('broker', at('config'), cluster.brokerConfigs, kafka);
    this.#rows.push(...behaviourRows(cluster, at()));
    for (const topic of cluster.topics) {
      const path = at('topics', topic.name);
      this.#value([...path, 'partitions'], String(topic.partitionCount));
      this.#value([...path, 'replicationFactor'], String(topic.replicationFactor));
      if (topic.assignment)
        this.#value([...path, 'replicas'], topic.assignment.map((ids) => `[${ids.join(', ')}]`).join(' '));
      this.#configs('topic', [...path, 'config'], topic.configs, kafka);
    }
  }

  #producer(producer: Producer): void {
    const path = ['producers', producer.name];
    const { valueBytes, keyBytes, compressedShare, keys } = producer.record;
    this.#client(path, producer);
    this.#value([...path, 'to'], producer.topic);
    const points = producer.rate.map(
      ({ atUs, recordsPerSec, shape }) => `${showDuration(atUs)} ${showRate(recordsPerSec)} ${shape}`,
    );
    this.#value(
      [...path, 'rate'],
      producer.rate.length === 1 ? showRate(producer.rate[0]!.recordsPerSec) : shortened(points),
    );
    this.#value([...path, 'from'], showDuration(producer.fromUs));
    this.#value([...path, 'until'], showDuration(producer.untilUs));
    this.#value([...path, 'record', 'size'], showBytes(valueBytes));
    this.#value([...path, 'record', 'keySize'], showBytes(keyBytes));
    this.#value([...path, 'record', 'compressesTo'], showShare(compressedShare));
    this.#value([...path, 'record', 'keys'], keys.kind === 'none' ? 'none' : `${keys.count} ${keys.kind}`);
    this.#value([...path, 'partitioner'], producer.partitioner.kind);
    this.#configs('producer', [...path, 'config'], producer.configs, this.#kafkaOf(producer.cluster));
  }

  #group(group: ConsumerGroup): void {
    const path = ['consumers', group.name];
    this.#client(path, group);
    this.#value([...path, 'from'], group.topics.join(', '));
    this.#value([...path, 'startsAt'], shortened([...new Set(group.startsAtUs)].map(showDuration)));
    this.#value([...path, 'work', 'perRecord'], showDuration(group.work.perRecordUs));
    this.#value([...path, 'work', 'jitter'], showShare(group.work.jitter));
    this.#value([...path, 'commit'], group.commit);
    this.#value([...path, 'static'], String(group.staticMembership));
    this.#configs('consumer', [...path, 'config'], group.configs, this.#kafkaOf(group.cluster));
  }

  #client(path: readonly string[], client: Producer | ConsumerGroup): void {
    this.#value([...path, 'cluster'], client.cluster);
    this.#value([...path, 'instances'], String(client.instances.length));
    this.#value([...path, 'zones'], placesText(client.instances.map((place) => ({ place }))));
  }

  #events(): void {
    for (const { name, action, trigger, forUs } of this.#scenario.failures) {
      const duration = forUs === null ? '' : ` for ${showDuration(forUs)}`;
      this.#add('event', `failure ${name}`, action.verb, 'scenario', `${triggerText(trigger)}${duration}`);
    }
    for (const { name, action, trigger } of this.#scenario.operations) {
      const what = operationText(action);
      const when = triggerText(trigger);
      this.#add('event', `operation ${name}`, action.verb, 'scenario', what === '' ? when : `${when}: ${what}`);
    }
    for (const { name, claim, violated } of this.#scenario.expectations) {
      this.#add('expectation', name, claim, 'scenario', violated ? 'expected to be violated' : '');
    }
  }

  #rest(): void {
    for (const { what, where, consequence } of this.#scenario.notModelled) {
      this.#add('notModelled', what, where, null, consequence);
    }
    const cost = roughCost(this.#scenario);
    this.#add('cost', 'records to send', String(cost.records), null);
    this.#add('cost', 'bytes to send', showBytes(cost.bytes), null, 'before compression');
    this.#add('cost', 'bytes to store', showBytes(cost.storedBytes), null, 'on all replicas, before retention');
    this.#add('cost', 'deliveries', String(cost.deliveries), null, 'one per record and group');
    this.#add('cost', 'partitions', String(cost.partitions), null, `${cost.replicas} replicas`);
    this.#add('cost', 'client processes', String(cost.clients), null);
  }

  #configs(kind: ConfigKind, path: readonly string[], configs: Configs, kafka: string): void {
    const modelled = modelledConfigs(kind);
    for (const [name, { value, origin }] of configs) {
      const note = origin === 'kafka default' ? defaultNote(kind, name, kafka as KafkaVersion) : '';
      const text = value === null ? 'null' : String(value);
      this.#rows.push({
        kind: 'config',
        path: [...path, name].join('.'),
        value: text,
        origin,
        note,
        modelled: modelled.has(name),
      });
    }
  }

  #kafkaOf(name: string): string {
    return this.#scenario.clusters.find((cluster) => cluster.name === name)?.kafka ?? '';
  }

  #value(path: readonly string[], value: string): void {
    this.#add('value', path.join('.'), value, this.#written.decided(path));
  }

  #add(kind: ExplainRow['kind'], path: string, value: string, origin: ExplainRow['origin'], note = ''): void {
    this.#rows.push({ kind, path, value, origin, note, modelled: kind !== 'notModelled' });
  }
}

/** "kafka default of 4.1 (1 up to 3.9)" */
function defaultNote(kind: ConfigKind, name: string, version: KafkaVersion): string {
  const before = earlierDefault(kind, name, version);
  const change = before === undefined ? '' : ` (${String(before.value)} up to ${before.until})`;
  return `kafka default of ${version}${change}`;
}

function triggerText(trigger: Scenario['failures'][number]['trigger']): string {
  switch (trigger.kind) {
    case 'at':
      return `at ${showDuration(trigger.atUs)}`;
    case 'after':
      return `after the ${trigger.edge} of ${trigger.of}, ${showDuration(trigger.delay.meanUs)} ± ${showDuration(trigger.delay.spreadUs)}`;
    case 'random':
      return `every ${showDuration(trigger.mtbfUs)} on average, repaired in ${showDuration(trigger.mttrUs)}`;
  }
}

function placesText(nodes: readonly { readonly place: Place }[]): string {
  return shortened([...new Set(nodes.map(({ place }) => `${place.region}/${place.zone}`))]);
}

function shortened(parts: readonly string[]): string {
  return parts.length > 8 ? `${parts.slice(0, 8).join(', ')}, ... (${parts.length})` : parts.join(', ');
}
