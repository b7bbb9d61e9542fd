import type { ConfigReader } from '../client/configReader.ts';
import { SERVER_ASSIGNORS } from '../group/modern/assignors/uniform.ts';
import type { ConsumerGroupConfig } from '../group/modern/consumerGroupPorts.ts';

/**
 * `group.consumer.*` of a broker; null before 3.7, which has no such protocol for users.
 *
 * Source: Apache Kafka `GroupCoordinatorConfig`.
 */
export function consumerGroupConfig(configs: ConfigReader): ConsumerGroupConfig | null {
  if (!configs.has('group.consumer.assignors')) return null;
  const names = configs.list('group.consumer.assignors').map(shortName);
  const hasInterval = configs.has('group.consumer.assignment.interval.ms');
  return {
    sessionTimeoutUs: configs.us('group.consumer.session.timeout.ms'),
    heartbeatIntervalUs: configs.us('group.consumer.heartbeat.interval.ms'),
    maxSize: configs.number('group.consumer.max.size'),
    assignors: names.flatMap((name) => SERVER_ASSIGNORS.find((assignor) => assignor.name === name) ?? []),
    assignmentIntervalUs: hasInterval ? configs.us('group.consumer.assignment.interval.ms') : 0,
  };
}

/** Until 3.9 the assignors are named by their classes. */
function shortName(name: string): string {
  return name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/Assignor$/, '')
    .toLowerCase();
}
