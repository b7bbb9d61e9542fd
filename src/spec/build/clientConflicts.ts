import { behaviourOf } from '../../kafka/behaviour.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster, CommitStyle, ConfigEntry, Configs } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { View } from './view.ts';

const IN_FLIGHT = 'max.in.flight.requests.per.connection';
const NEEDS: Readonly<Record<string, string>> = {
  acks: 'acks=all',
  retries: 'retries of at least 1',
  [IN_FLIGHT]: 'at most 5 requests in flight per connection',
};

/**
 * What `ProducerConfig` makes of the configs together: it refuses an explicit idempotence with configs that break it,
 * switches a default idempotence off silently (from 4.0 on it refuses too many requests in flight even then), refuses
 * a delivery timeout shorter than one attempt, and raises a default one.
 *
 * @returns the configs as the producer runs with them
 */
export function settleProducerConfigs(
  config: View,
  written: Configs,
  all: Map<string, ConfigEntry>,
  version: KafkaVersion,
  diagnostics: Diagnostics,
): Map<string, ConfigEntry> {
  const settled = new Map(all);
  const explicit = written.get('enable.idempotence');
  const isTransactional = String(written.get('transactional.id')?.value ?? '') !== '';
  if (isTransactional && !explicit) turnIdempotenceOn(written, settled);
  const isOn = settled.get('enable.idempotence')?.value === true;
  const [breaker] = isOn ? idempotenceBreakers(written, all) : [];
  if (
    breaker !== undefined &&
    (explicit ||
      isTransactional ||
      (breaker === IN_FLIGHT && behaviourOf(version).idempotenceInFlightConflict === 'refused'))
  ) {
    const related = { message: 'enable.idempotence is set here', span: config.keySpan('enable.idempotence') };
    diagnostics.error(
      'SP1165',
      config.keySpan(breaker),
      `${explicit ? 'enable.idempotence' : isTransactional ? 'transactional.id' : 'enable.idempotence'} needs ${NEEDS[breaker]}`,
      {
        related: explicit ? [related] : [],
        hint: explicit || isTransactional ? undefined : `it is on by default in Kafka ${version}`,
      },
    );
  } else if (breaker !== undefined) {
    settled.set('enable.idempotence', { value: false, origin: 'client' });
    diagnostics.warning(
      'SP1204',
      config.keySpan(breaker),
      `this switches idempotence off, which needs ${NEEDS[breaker]}`,
      {
        hint: 'say enable.idempotence: false if that is meant',
      },
    );
  }
  settleDeliveryTimeout(config, written, settled, diagnostics);
  return settled;
}

/** A transactional.id means idempotence, and that means acks=all, also where neither is the default (2.8). */
function turnIdempotenceOn(written: Configs, settled: Map<string, ConfigEntry>): void {
  if (settled.get('enable.idempotence')?.value !== true)
    settled.set('enable.idempotence', { value: true, origin: 'client' });
  if (!written.has('acks') && settled.get('acks')?.value !== 'all' && settled.get('acks')?.value !== '-1')
    settled.set('acks', { value: 'all', origin: 'client' });
}

function settleDeliveryTimeout(
  config: View,
  written: Configs,
  settled: Map<string, ConfigEntry>,
  diagnostics: Diagnostics,
): void {
  const least = numberOf(settled, 'linger.ms') + numberOf(settled, 'request.timeout.ms');
  if (numberOf(settled, 'delivery.timeout.ms') >= least) return;
  if (!written.has('delivery.timeout.ms')) {
    settled.set('delivery.timeout.ms', { value: least, origin: 'client' });
    return;
  }
  const message = `delivery.timeout.ms must be at least linger.ms + request.timeout.ms = ${least}`;
  diagnostics.error('SP1165', config.keySpan('delivery.timeout.ms'), message);
}

function idempotenceBreakers(written: Configs, all: Configs): string[] {
  const breaks = (name: string): boolean => {
    const value = all.get(name)?.value;
    if (name === 'acks') return value !== 'all' && value !== '-1';
    return name === 'retries' ? Number(value) === 0 : Number(value) > 5;
  };
  return Object.keys(NEEDS).filter((name) => written.has(name) && breaks(name));
}

/** What `ConsumerConfig` and the coordinator refuse. */
export function checkConsumerConflicts(
  group: View,
  written: Configs,
  commit: CommitStyle,
  all: Configs,
  cluster: Cluster,
  diagnostics: Diagnostics,
): void {
  const config = group.at('config');
  const autoCommit = written.get('enable.auto.commit');
  if (autoCommit && (autoCommit.value === true) !== (commit === 'auto')) {
    const message = `enable.auto.commit: ${autoCommit.value} contradicts commit: ${commit}`;
    diagnostics.error('SP1165', config.keySpan('enable.auto.commit'), message);
  }
  if (isConsumerProtocol(all)) {
    checkConsumerProtocol(config, written, cluster, diagnostics);
    return;
  }
  if (written.has('group.remote.assignor')) {
    const message = 'group.remote.assignor cannot be set when group.protocol=classic';
    diagnostics.error('SP1165', config.keySpan('group.remote.assignor'), message);
  }
  const [session, heartbeat] = [numberOf(all, 'session.timeout.ms'), numberOf(all, 'heartbeat.interval.ms')];
  const key = written.has('heartbeat.interval.ms') ? 'heartbeat.interval.ms' : 'session.timeout.ms';
  if (heartbeat >= session && written.has(key)) {
    const message = `heartbeat.interval.ms (${heartbeat}) must be lower than session.timeout.ms (${session})`;
    diagnostics.error('SP1165', config.keySpan(key), message);
  }
  checkAssignors(config, written, diagnostics);
  const least = numberOf(cluster.brokerConfigs, 'group.min.session.timeout.ms');
  const most = numberOf(cluster.brokerConfigs, 'group.max.session.timeout.ms');
  if (written.has('session.timeout.ms') && (session < least || session > most)) {
    const message = `the brokers accept a session.timeout.ms from ${least} to ${most} only`;
    diagnostics.error('SP1165', config.keySpan('session.timeout.ms'), message, {
      hint: 'see group.min.session.timeout.ms and group.max.session.timeout.ms of the cluster',
    });
  }
}

const LEFT_TO_THE_COORDINATOR = ['heartbeat.interval.ms', 'session.timeout.ms', 'partition.assignment.strategy'];

function isConsumerProtocol(all: Configs): boolean {
  return String(all.get('group.protocol')?.value ?? '').toLowerCase() === 'consumer';
}

/** `ConsumerConfig.checkUnsupportedConfigsPostProcess`, and what the coordinator makes of `group.remote.assignor`. */
function checkConsumerProtocol(config: View, written: Configs, cluster: Cluster, diagnostics: Diagnostics): void {
  if (!behaviourOf(cluster.kafka as KafkaVersion).consumerProtocolEnabled) {
    const message = `group.protocol: consumer is not available yet with Kafka ${cluster.kafka}`;
    diagnostics.error('SP1180', config.at('group.protocol').span, message, {
      hint: 'brokers offer the protocol of KIP-848 from 4.0 on; before that it was early access, with other rules',
    });
    return;
  }
  for (const name of LEFT_TO_THE_COORDINATOR) {
    if (!written.has(name)) continue;
    const related = { message: 'group.protocol is set here', span: config.keySpan('group.protocol') };
    diagnostics.error('SP1165', config.keySpan(name), `${name} cannot be set when group.protocol=consumer`, {
      related: [related],
      hint: 'the brokers decide; see group.consumer.session.timeout.ms, group.consumer.heartbeat.interval.ms and group.remote.assignor',
    });
  }
  const assignor = written.get('group.remote.assignor')?.value;
  const offered = cluster.brokerConfigs.get('group.consumer.assignors')?.value;
  const names = Array.isArray(offered) ? offered.map(String) : String(offered ?? '').split(',');
  if (typeof assignor === 'string' && !names.map((name) => name.trim()).includes(assignor)) {
    const message = `the brokers do not have the assignor '${assignor}' (UNSUPPORTED_ASSIGNOR)`;
    diagnostics.error('SP1165', config.at('group.remote.assignor').span, message, {
      hint: `group.consumer.assignors: ${names.join(', ')}`,
    });
  }
}

const ASSIGNORS = ['RangeAssignor', 'RoundRobinAssignor', 'StickyAssignor', 'CooperativeStickyAssignor'];
const ASSIGNOR_PACKAGE = 'org.apache.kafka.clients.consumer.';

/** Kafka's own four classes, with or without their package; what another class would do is not known. */
function checkAssignors(config: View, written: Configs, diagnostics: Diagnostics): void {
  const entry = written.get('partition.assignment.strategy');
  if (entry === undefined) return;
  const classes = String(entry.value ?? '').split(',');
  for (const name of classes.map((one) => one.trim())) {
    const short = name.startsWith(ASSIGNOR_PACKAGE) ? name.slice(ASSIGNOR_PACKAGE.length) : name;
    if (ASSIGNORS.includes(short)) continue;
    const message = name === '' ? 'an empty list of assignors' : `the assignor '${name}' is not available`;
    diagnostics.error(name === '' ? 'SP1164' : 'SP1180', config.at('partition.assignment.strategy').span, message, {
      hint: `Kafka's own: ${ASSIGNORS.join(', ')}`,
    });
  }
}

function numberOf(configs: Configs, name: string): number {
  return Number(configs.get(name)?.value ?? 0);
}
