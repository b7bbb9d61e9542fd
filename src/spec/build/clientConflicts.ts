import type { Cluster, CommitStyle, Configs } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { View } from './view.ts';

/**
 * What `ProducerConfig` refuses: an explicit idempotence with configs that break it, and a delivery timeout shorter
 * than what one attempt may take. A default idempotence is switched off silently; that deserves a warning.
 */
export function checkProducerConflicts(config: View, written: Configs, all: Configs, diagnostics: Diagnostics): void {
  const breaking = idempotenceBreakers(written, all);
  const explicit = written.get('enable.idempotence');
  const breaker = breaking[0];
  if (breaker !== undefined && explicit?.value === true) {
    diagnostics.error('SP1165', config.keySpan(breaker), `enable.idempotence needs ${NEEDS[breaker]}`, {
      related: [{ message: 'enable.idempotence is set here', span: config.keySpan('enable.idempotence') }],
    });
  } else if (breaker !== undefined && !explicit && all.get('enable.idempotence')?.value === true) {
    diagnostics.warning(
      'SP1204',
      config.keySpan(breaker),
      `this switches idempotence off, which needs ${NEEDS[breaker]}`,
      {
        hint: 'say enable.idempotence: false if that is meant',
      },
    );
  }
  const timeout = written.get('delivery.timeout.ms');
  const least = numberOf(all, 'linger.ms') + numberOf(all, 'request.timeout.ms');
  if (timeout && Number(timeout.value) < least) {
    diagnostics.error(
      'SP1165',
      config.keySpan('delivery.timeout.ms'),
      `delivery.timeout.ms must be at least linger.ms + request.timeout.ms = ${least}`,
    );
  }
}

const NEEDS: Readonly<Record<string, string>> = {
  acks: 'acks=all',
  retries: 'retries of at least 1',
  'max.in.flight.requests.per.connection': 'at most 5 requests in flight per connection',
};

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
    diagnostics.error(
      'SP1165',
      config.keySpan('enable.auto.commit'),
      `enable.auto.commit: ${autoCommit.value} contradicts commit: ${commit}`,
    );
  }
  const [session, heartbeat] = [numberOf(all, 'session.timeout.ms'), numberOf(all, 'heartbeat.interval.ms')];
  const key = written.has('heartbeat.interval.ms') ? 'heartbeat.interval.ms' : 'session.timeout.ms';
  if (heartbeat >= session && written.has(key)) {
    diagnostics.error(
      'SP1165',
      config.keySpan(key),
      `heartbeat.interval.ms (${heartbeat}) must be lower than session.timeout.ms (${session})`,
    );
  }
  const [least, most] = ['group.min.session.timeout.ms', 'group.max.session.timeout.ms'].map((name) =>
    numberOf(cluster.brokerConfigs, name),
  );
  if (written.has('session.timeout.ms') && (session < least! || session > most!)) {
    diagnostics.error(
      'SP1165',
      config.keySpan('session.timeout.ms'),
      `the brokers accept a session.timeout.ms from ${least} to ${most} only`,
      {
        hint: 'see group.min.session.timeout.ms and group.max.session.timeout.ms of the cluster',
      },
    );
  }
}

function numberOf(configs: Configs, name: string): number {
  return Number(configs.get(name)?.value ?? 0);
}
