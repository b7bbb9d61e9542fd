import { GroupEventCountMeter } from '../meters/countMeter.ts';
import { MembersGivingUpMeter, RebalanceDurationMeter, StoppedTimeMeter } from '../meters/rebalanceMeter.ts';
import { COUNT, DISTRIBUTION, GROUPS_OF, listening, type MetricDefinition, metric, TOTAL } from './define.ts';

export const rebalances: readonly MetricDefinition[] = [
  metric(
    'rebalance.count',
    'count',
    GROUPS_OF,
    COUNT,
    'New assignments that the coordinator handed out (generations).',
    listening(
      (context) =>
        new GroupEventCountMeter(
          context,
          (event) => event.type === 'group.assigned' && context.scope.group(event.group),
        ),
    ),
  ),
  metric(
    'rebalance.duration',
    'us',
    GROUPS_OF,
    DISTRIBUTION,
    'From leaving `Stable` or `Empty` until `Stable` again.',
    listening((context) => new RebalanceDurationMeter(context)),
  ),
  metric(
    'rebalance.stoppedTime',
    'us',
    GROUPS_OF,
    DISTRIBUTION,
    'How long a partition had no member, from being given up until being taken; one sample per partition.',
    listening((context) => new StoppedTimeMeter(context)),
  ),
  metric(
    'assignment.changes',
    'count',
    'a group or a member of it (`billing-0`)',
    COUNT,
    'How often a member took or gave up partitions.',
    listening(
      (context) =>
        new GroupEventCountMeter(
          context,
          (event) =>
            event.type === 'member.assignment' &&
            event.added.length + event.removed.length > 0 &&
            context.scope.group(event.group) &&
            context.scope.client(event.client),
        ),
    ),
  ),
  metric(
    'assignment.membersGivingUp',
    'count',
    GROUPS_OF,
    TOTAL,
    'Members that had to give up partitions and did not stop themselves.',
    listening((context) => new MembersGivingUpMeter(context)),
  ),
];
