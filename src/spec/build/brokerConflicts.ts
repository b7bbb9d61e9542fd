import type { Configs } from '../../scenario/scenario.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { View } from './view.ts';

interface Rule {
  /** Broker configs that take part; the first one that is written is pointed at. */
  readonly configs: readonly string[];
  readonly holds: (value: (name: string) => number) => boolean;
  readonly message: string;
}

/** Configs in the order least, value, most. Source: `GroupCoordinatorConfig.validate`. */
const CONSUMER_GROUP_RULES: readonly Rule[] = [
  [
    'group.consumer.min.session.timeout.ms',
    'group.consumer.session.timeout.ms',
    'group.consumer.max.session.timeout.ms',
  ] as const,
  [
    'group.consumer.min.heartbeat.interval.ms',
    'group.consumer.heartbeat.interval.ms',
    'group.consumer.max.heartbeat.interval.ms',
  ] as const,
].map(([least, name, most]) => ({
  configs: [name, least, most],
  holds: (value) => value(least) <= value(name) && value(name) <= value(most),
  message: `${name} must lie between ${least} and ${most}`,
}));

/** What brokers refuse to start with. Source: `KafkaConfig.validateValues`. */
const RULES: readonly Rule[] = [
  ...CONSUMER_GROUP_RULES,
  {
    configs: ['group.consumer.heartbeat.interval.ms', 'group.consumer.session.timeout.ms'],
    holds: (value) => value('group.consumer.heartbeat.interval.ms') < value('group.consumer.session.timeout.ms'),
    message: 'group.consumer.heartbeat.interval.ms must be less than group.consumer.session.timeout.ms',
  },
  {
    configs: ['replica.fetch.wait.max.ms', 'replica.socket.timeout.ms'],
    holds: (value) => value('replica.fetch.wait.max.ms') <= value('replica.socket.timeout.ms'),
    message: 'replica.socket.timeout.ms must be at least replica.fetch.wait.max.ms',
  },
  {
    configs: ['replica.fetch.wait.max.ms', 'replica.lag.time.max.ms'],
    holds: (value) => value('replica.fetch.wait.max.ms') <= value('replica.lag.time.max.ms'),
    message: 'replica.fetch.wait.max.ms must be at most replica.lag.time.max.ms, or ISRs shrink all the time',
  },
  {
    configs: ['log.cleaner.dedupe.buffer.size', 'log.cleaner.threads'],
    holds: (value) => value('log.cleaner.dedupe.buffer.size') / value('log.cleaner.threads') > 1_048_576,
    message: 'log.cleaner.dedupe.buffer.size must be at least 1 MiB for each cleaner thread',
  },
  {
    configs: ['queued.max.request.bytes', 'socket.request.max.bytes'],
    holds: (value) =>
      value('queued.max.request.bytes') <= 0 || value('queued.max.request.bytes') >= value('socket.request.max.bytes'),
    message: 'queued.max.request.bytes must be at least socket.request.max.bytes',
  },
];

/** Static broker configs that contradict each other. */
export function checkBrokerConflicts(config: View, written: Configs, all: Configs, diagnostics: Diagnostics): void {
  const value = (name: string): number => Number(all.get(name)?.value ?? Number.NaN);
  for (const { configs, holds, message } of RULES) {
    const culprit = configs.find((name) => written.has(name));
    if (culprit === undefined || configs.some((name) => Number.isNaN(value(name))) || holds(value)) continue;
    diagnostics.error('SP1165', config.keySpan(culprit), message, {
      hint: configs.map((name) => `${name} is ${value(name)}`).join(', '),
    });
  }
}
