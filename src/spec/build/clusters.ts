import { behaviourOf } from '../../kafka/behaviour.ts';
import { type KafkaVersion, LATEST_VERSION, parseKafkaVersion, SUPPORTED_VERSIONS } from '../../kafka/versions.ts';
import type {
  BrokerNode,
  Cluster,
  ControllerNode,
  Disk,
  Hardware,
  NotModelled,
  Place,
  Region,
} from '../../scenario/scenario.ts';
import type { Span } from '../tree.ts';
import { buildAddedBrokers } from './addedBrokers.ts';
import { checkBrokerConflicts } from './brokerConflicts.ts';
import { effectiveConfigs, readConfigs } from './configs.ts';
import { asksForZooKeeper, brokersAsControllers, buildZooKeeper } from './coordination.ts';
import { noteEarlyKraft } from './earlyKraft.ts';
import type { Names } from './names.ts';
import { resolveZones, striped } from './places.ts';
import { laterTopics } from './topicOperations.ts';
import { buildTopics } from './topics.ts';
import type { View } from './view.ts';

const DEFAULT_DISK: Disk = { sizeBytes: 1_000_000_000_000, throughputBytesPerSec: 250_000_000, latencyUs: 1_000 };
const DEFAULT_MEMORY_BYTES = 32 * 1024 * 1024 * 1024;
const DEFAULT_NETWORK_BYTES_PER_SEC = 10_000_000_000 / 8;
const FIRST_DEDICATED_CONTROLLER_ID = 101;
/** The schema reports more; nothing may be allocated for them. */
const MOST_CONTROLLERS = 9;
export const MOST_BROKERS = 200;
/** The name of the only cluster in the short forms. */
export const ONLY_CLUSTER = 'kafka';

/** Clusters from `clusters:`, `cluster:` or a cluster's keys at the top of the file. */
export function buildClusters(root: View, names: Names, notModelled: NotModelled[]): Cluster[] {
  const forms = clusterForms(root);
  if (forms.length > 1) {
    const [first, second] = forms;
    names.diagnostics.error('SP1107', second!.span, `'${second!.key}' and '${first!.key}' exclude each other`, {
      hint: 'several clusters are written under clusters:',
      related: [{ message: `${first!.key} is here`, span: first!.span }],
    });
  }
  const [form] = forms;
  if (!form) {
    names.diagnostics.error('SP1101', { ...root.span, end: root.span.start + 1 }, 'the scenario has no cluster', {
      hint: 'the shortest form is brokers: 3 beside topics:',
    });
    return [];
  }
  const build = (name: string, view: View) => buildCluster(name, view, root, names, notModelled);
  if (form.key === 'clusters') return root.at('clusters').entries.map(({ key, view }) => build(key, view));
  return [build(ONLY_CLUSTER, form.key === 'cluster' ? root.at('cluster') : root)];
}

const SHORT_KEYS = [
  'brokers',
  'topics',
  'controllers',
  'config',
  'kafka',
  'coordination',
  'eligibleLeaderReplicas',
  'security',
];

function clusterForms(root: View): { key: string; span: Span }[] {
  const short = SHORT_KEYS.find((key) => root.has(key));
  const keys = ['clusters', 'cluster', ...(short === undefined ? [] : [short])];
  return keys.filter((key) => root.has(key)).map((key) => ({ key, span: root.keySpan(key) }));
}

function buildCluster(name: string, view: View, root: View, names: Names, notModelled: NotModelled[]): Cluster {
  const { diagnostics } = names;
  const isZooKeeper = asksForZooKeeper(view);
  const version = readVersion(view.at('kafka'), isZooKeeper, names);
  const region = clusterRegion(view.at('region'), names);
  const { places, hasRack } = brokerPlaces(view.at('brokers'), region, names);
  const brokers = buildBrokers(view.at('brokers'), places, hasRack, names);
  const isOnly = root.at('clusters').entries.length <= 1;
  const added = buildAddedBrokers(root, { cluster: name, isOnly, region, places, hasRack, brokers }, names);
  const where = `cluster ${name}`;
  const written = readConfigs(view.at('config'), {
    kind: 'broker',
    version,
    origin: 'cluster',
    where,
    diagnostics,
    notModelled,
  });
  const brokerConfigs = effectiveConfigs('broker', version, written);
  checkBrokerConflicts(view.at('config'), written, brokerConfigs, diagnostics);
  return {
    name,
    kafka: version,
    zookeeper: buildZooKeeper(view, version, places, region, names, notModelled),
    controllers: isZooKeeper
      ? brokersAsControllers(brokers)
      : buildControllers(view.at('controllers'), brokers, added, places, region, names),
    brokers: [...brokers, ...added],
    brokerConfigs,
    topics: buildTopics(view.at('topics'), laterTopics(root, name, isOnly), {
      cluster: name,
      version,
      brokers,
      written,
      brokerConfigs,
      notModelled,
      diagnostics,
      doubtfulTopics: names.doubtfulTopics,
    }),
    eligibleLeaderReplicas: readEligibleLeaderReplicas(view.at('eligibleLeaderReplicas'), version, isZooKeeper, names),
  };
}

function readVersion(view: View, isZooKeeper: boolean, names: Names): KafkaVersion {
  const text = view.text;
  const version = text === undefined ? LATEST_VERSION : parseKafkaVersion(text);
  if (!version) {
    names.diagnostics.error('SP1160', view.span, `unknown Kafka version '${text}'`, {
      hint: `known: ${SUPPORTED_VERSIONS.join(', ')}`,
    });
    return LATEST_VERSION;
  }
  if (!isZooKeeper) noteEarlyKraft(version, view.span, names.diagnostics);
  return version;
}

function clusterRegion(view: View, names: Names): Region | undefined {
  if (view.text !== undefined) return names.region(view.text, view.span);
  if (names.regions.length === 1) return names.regions[0];
  names.diagnostics.error('SP1148', view.span, 'it is not said in which region the cluster is', {
    hint: `add region: ${names.regions.map((region) => region.name).join(' or ')}`,
  });
  return undefined;
}

const NOWHERE: Place = { region: 'local', zone: 'a' };

/** Written zones, else those of the region; only a region that is not written leaves brokers without a rack. */
function brokerPlaces(brokers: View, region: Region | undefined, names: Names): { places: Place[]; hasRack: boolean } {
  const zones = brokers.at('zones');
  const written = resolveZones(zones, region, names);
  const isLocal = !names.regionsWritten;
  if (written.length > 0) return { places: written, hasRack: true };
  const places = (region?.zones ?? []).map((zone) => ({ region: region!.name, zone }));
  return { places: places.length > 0 ? places : [NOWHERE], hasRack: !isLocal };
}

function buildBrokers(view: View, places: readonly Place[], hasRack: boolean, names: Names): BrokerNode[] {
  const ids = view.at('ids').items.flatMap((id) => id.integer ?? []);
  const count = Math.min(view.integer ?? view.at('count').integer ?? (ids.length || 3), MOST_BROKERS);
  if (ids.length > 0 && (ids.length !== count || new Set(ids).size !== ids.length)) {
    names.diagnostics.error('SP1145', view.at('ids').span, `expected ${count} different broker ids`);
  }
  const hardware = buildHardware(view.at('hardware'));
  return striped(places, count).map((place, index) => ({
    id: ids[index] ?? index + 1,
    place,
    rack: hasRack ? rackOf(place, places) : null,
    hardware,
    joinsLater: false,
  }));
}

/** The zone's name; with its region where the cluster spans several. */
export function rackOf(place: Place, places: readonly Place[]): string {
  const regions = new Set(places.map(({ region }) => region));
  return regions.size > 1 ? `${place.region}/${place.zone}` : place.zone;
}

export function buildHardware(view: View): Hardware {
  const disks = view.at('disks').items.map((disk) => ({
    sizeBytes: disk.at('size').bytes ?? DEFAULT_DISK.sizeBytes,
    throughputBytesPerSec: disk.at('throughput').bytesPerSec ?? DEFAULT_DISK.throughputBytesPerSec,
    latencyUs: disk.at('latency').durationUs ?? DEFAULT_DISK.latencyUs,
  }));
  return {
    cores: view.at('cores').integer ?? 8,
    memoryBytes: view.at('memory').bytes ?? DEFAULT_MEMORY_BYTES,
    disks: disks.length > 0 ? disks : [DEFAULT_DISK],
    networkBytesPerSec: view.at('network').bytesPerSec ?? DEFAULT_NETWORK_BYTES_PER_SEC,
  };
}

function buildControllers(
  view: View,
  brokers: readonly BrokerNode[],
  added: readonly BrokerNode[],
  brokerPlaces: readonly Place[],
  region: Region | undefined,
  names: Names,
): ControllerNode[] {
  const count = Math.min(view.integer ?? view.at('count').integer ?? 3, MOST_CONTROLLERS);
  if (view.at('combined').boolean) {
    if (count > brokers.length) {
      names.diagnostics.error(
        'SP1145',
        view.span,
        `${count} combined controllers need as many brokers; there are ${brokers.length}`,
      );
    }
    return brokers.slice(0, count).map(({ id, place }) => ({ id, place, combined: true }));
  }
  const written = resolveZones(view.at('zones'), region, names);
  // A node.id is of one node only, and brokers are named by people.
  const taken = [...brokers, ...added].map(({ id }) => id);
  const usual = FIRST_DEDICATED_CONTROLLER_ID;
  const first = taken.some((id) => id >= usual && id < usual + count) ? Math.max(...taken) + 1 : usual;
  return striped(written.length > 0 ? written : brokerPlaces, count).map((place, index) => ({
    id: first + index,
    place,
    combined: false,
  }));
}

function readEligibleLeaderReplicas(view: View, version: KafkaVersion, isZooKeeper: boolean, names: Names): boolean {
  const behaviour = behaviourOf(version);
  if (view.boolean === true && (isZooKeeper || !behaviour.elrAvailable)) {
    names.diagnostics.error('SP1162', view.span, `Kafka ${version} has no eligible leader replicas`, {
      hint: 'they exist from 4.0 on',
    });
  }
  return !isZooKeeper && (view.boolean ?? behaviour.elrDefault);
}
