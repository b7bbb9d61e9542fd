import { isAtLeast, type KafkaVersion } from '../../kafka/versions.ts';
import type { BrokerNode, ControllerNode, NotModelled, Place, Region, ZooKeeper } from '../../scenario/scenario.ts';
import type { Names } from './names.ts';
import { resolveZones, striped } from './places.ts';
import type { View } from './view.ts';

/** As in ZooKeeper's own sample file; the program itself has no defaults for the limits. */
const TICK_TIME_US = 2_000_000;
const INIT_LIMIT = 10;
const SYNC_LIMIT = 5;
const ENSEMBLE = 3;
const MOST_NODES = 9;
/** Calibrated: containers that are started together; five of six measured starts chose alike. */
const STARTS_WITHIN_US = 1_500_000;

/** `coordination: zookeeper` or `coordination: { zookeeper: … }`, whatever the version. */
export function asksForZooKeeper(cluster: View): boolean {
  const coordination = cluster.at('coordination');
  return coordination.text === 'zookeeper' || coordination.has('zookeeper');
}

/** The ZooKeeper nodes of a cluster; null for KRaft, and where something was reported. */
export function buildZooKeeper(
  cluster: View,
  version: KafkaVersion,
  brokerPlaces: readonly Place[],
  region: Region | undefined,
  names: Names,
  notModelled: NotModelled[],
): ZooKeeper | null {
  const coordination = cluster.at('coordination');
  if (!asksForZooKeeper(cluster)) {
    if (coordination.text !== undefined && coordination.text !== 'kraft')
      names.diagnostics.error('SP1103', coordination.span, `expected kraft or zookeeper, not '${coordination.text}'`);
    return null;
  }
  if (isAtLeast(version, '4.0')) {
    names.diagnostics.error('SP1162', coordination.span, `Kafka ${version} has no ZooKeeper`, {
      hint: 'ZooKeeper exists until 3.9',
    });
    return null;
  }
  if (cluster.has('controllers')) {
    names.diagnostics.error(
      'SP1107',
      cluster.keySpan('controllers'),
      "'controllers' and ZooKeeper exclude each other",
      {
        hint: 'with ZooKeeper one of the brokers is the controller; controllers: are those of a KRaft quorum',
        related: [{ message: 'ZooKeeper is here', span: coordination.span }],
      },
    );
  }
  const view = coordination.at('zookeeper');
  if (view.has('ensemble') && view.has('standAlone')) {
    names.diagnostics.error('SP1107', view.keySpan('standAlone'), "'standAlone' and 'ensemble' exclude each other", {
      hint: 'servers of one ensemble know each other; stand-alone ones do not',
    });
  }
  if (view.has('initLimit')) {
    notModelled.push({
      what: 'initLimit',
      where: 'coordination.zookeeper',
      consequence: 'servers always synchronise with a new leader in time',
    });
  }
  const standAlone = view.at('standAlone').integer;
  const count = Math.min(standAlone ?? view.integer ?? view.at('ensemble').integer ?? ENSEMBLE, MOST_NODES);
  const written = resolveZones(view.at('zones'), region, names);
  return {
    nodes: striped(written.length > 0 ? written : brokerPlaces, count).map((place, index) => ({
      id: index + 1,
      place,
    })),
    standAlone: standAlone !== undefined && standAlone > 1,
    startsWithinUs: view.at('startsWithin').durationUs ?? STARTS_WITHIN_US,
    tickTimeUs: view.at('tickTime').durationUs ?? TICK_TIME_US,
    initLimitTicks: view.at('initLimit').integer ?? INIT_LIMIT,
    syncLimitTicks: view.at('syncLimit').integer ?? SYNC_LIMIT,
  };
}

/** With ZooKeeper any broker may become the controller: they are the controller nodes. */
export function brokersAsControllers(brokers: readonly BrokerNode[]): ControllerNode[] {
  return brokers.map(({ id, place }) => ({ id, place, combined: true }));
}
