import { UntilAssignedMeter, UntilEventMeter, UntilIsrFullMeter, UntilLeaderMeter } from '../meters/timeUntilMeter.ts';
import { UntilReassignedMeter } from '../meters/untilReassignedMeter.ts';
import { brokerName, controllerName } from '../names.ts';
import { GROUPS_OF, type MetricDefinition, metric, TIME_UNTIL } from './define.ts';

export const timesUntil: readonly MetricDefinition[] = [
  metric(
    'time.untilLeader',
    'us',
    'a partition or topic',
    TIME_UNTIL,
    'From `after` until a partition has a leader other than the one it had then; one sample per partition that got one.',
    (context) => new UntilLeaderMeter(context),
    true,
  ),
  metric(
    'time.untilIsrFull',
    'us',
    'a partition or topic',
    TIME_UNTIL,
    'From `after` until all replicas of a partition are in its ISR. From a start, partitions whose ISR never shrank do not count; from an end, those that are in sync count as 0.',
    (context) => new UntilIsrFullMeter(context),
    true,
  ),
  metric(
    'time.untilReassigned',
    'us',
    'a partition or topic',
    TIME_UNTIL,
    'From `after` until the reassignment of a partition ended; one sample per partition that moved. A move that never ends is known to take at least as long as the run.',
    (context) => new UntilReassignedMeter(context),
    true,
  ),
  metric(
    'time.untilController',
    'us',
    'a cluster',
    TIME_UNTIL,
    'From `after` until a controller became active.',
    (context) =>
      new UntilEventMeter(context, (event) =>
        event.type === 'controller.active' && context.scope.cluster(event.cluster)
          ? `${controllerName(context.collector.cast, event.controller)} became active`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilFenced',
    'us',
    'a broker or cluster',
    TIME_UNTIL,
    'From `after` until the controller fenced a broker (with ZooKeeper: until its registration was gone).',
    (context) =>
      new UntilEventMeter(context, (event) =>
        event.type === 'broker.control' &&
        (event.to === 'FENCED' || event.to === 'UNREGISTERED') &&
        context.scope.broker(event.broker)
          ? event.to === 'FENCED'
            ? `${brokerName(context.collector.cast, event.broker)} was fenced`
            : `the registration of ${brokerName(context.collector.cast, event.broker)} was gone`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilUnfenced',
    'us',
    'a broker or cluster',
    TIME_UNTIL,
    'From `after` until the controller unfenced a broker.',
    (context) =>
      new UntilEventMeter(context, (event) =>
        event.type === 'broker.control' && event.to === 'UNFENCED' && context.scope.broker(event.broker)
          ? `${brokerName(context.collector.cast, event.broker)} was unfenced`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilExit',
    'us',
    'a broker or cluster',
    TIME_UNTIL,
    "From `after` until a broker's process ended.",
    (context) =>
      new UntilEventMeter(context, (event) =>
        (event.type === 'broker.exited' || event.type === 'broker.killed') && context.scope.broker(event.broker)
          ? `${brokerName(context.collector.cast, event.broker)} exited`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilAssigned',
    'us',
    GROUPS_OF,
    TIME_UNTIL,
    "From `after` (default: the run's start) until the last change of assignment after which each partition of the group is held by exactly one member. Once that is reached, another failure or operation ends the wait.",
    (context) => new UntilAssignedMeter(context),
    true,
  ),
];
