/**
 * A member of a consumer-protocol group as the client itself sees it.
 *
 * Source: Apache Kafka `consumer/internals/MemberState.java`, `AbstractMembershipManager`; KIP-848.
 *
 *   UNSUBSCRIBED     not in a group
 *   JOINING          heartbeats with epoch 0
 *   RECONCILING      was told of another assignment: commits, gives up and takes partitions in its polls
 *   ACKNOWLEDGING    has what it was told, and says so with the next heartbeat, which goes out at once
 *   STABLE           has what it was told, and has said so
 *   FENCED           the group does not know it, or not in this epoch: gives up everything, then joins anew
 *   PREPARE_LEAVING  commits and gives up its partitions before it leaves
 *   LEAVING          the last heartbeat is about to go out
 *   STALE            left because the application did not poll; joins again with the next poll
 *   FATAL            poll() throws
 */
import { setup } from 'xstate';

export type ConsumerMemberState =
  | 'UNSUBSCRIBED'
  | 'JOINING'
  | 'RECONCILING'
  | 'ACKNOWLEDGING'
  | 'STABLE'
  | 'FENCED'
  | 'PREPARE_LEAVING'
  | 'LEAVING'
  | 'STALE'
  | 'FATAL';

export type ConsumerMemberEvent =
  | { type: 'subscribed' } // the first poll(), or the first after the poll interval was exceeded
  | { type: 'assignment.received' } // other than what it has; or a newer one than it acknowledges
  | { type: 'assignment.same' }
  | { type: 'assignment.reconciled' }
  | { type: 'acknowledgement.sent' }
  | { type: 'fenced' } // FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID
  | { type: 'assignment.released' } // onPartitionsLost has run
  | { type: 'leave.requested' } // close(), or max.poll.interval.ms
  | { type: 'leave.prepared' }
  | { type: 'leave.sent' }
  | { type: 'leave.sentForPollInterval' }
  | { type: 'leave.dropped' } // the group had forgotten it already
  | { type: 'failed' };

const inGroup = { fenced: 'FENCED', 'leave.requested': 'PREPARE_LEAVING', failed: 'FATAL' } as const;

export const consumerMemberMachine = setup({
  types: { events: {} as ConsumerMemberEvent },
}).createMachine({
  id: 'consumerMember',
  initial: 'UNSUBSCRIBED',
  states: {
    UNSUBSCRIBED: { on: { subscribed: 'JOINING', 'leave.requested': 'PREPARE_LEAVING', failed: 'FATAL' } },
    JOINING: { on: { 'assignment.received': 'RECONCILING', 'assignment.same': 'STABLE', ...inGroup } },
    RECONCILING: { on: { 'assignment.reconciled': 'ACKNOWLEDGING', 'assignment.same': 'STABLE', ...inGroup } },
    ACKNOWLEDGING: { on: { 'assignment.received': 'RECONCILING', 'acknowledgement.sent': 'STABLE', ...inGroup } },
    STABLE: { on: { 'assignment.received': 'RECONCILING', ...inGroup } },
    FENCED: { on: { 'assignment.released': 'JOINING', 'leave.requested': 'UNSUBSCRIBED' } },
    PREPARE_LEAVING: {
      on: { 'leave.prepared': 'LEAVING', 'leave.dropped': 'UNSUBSCRIBED', fenced: 'FENCED', failed: 'FATAL' },
    },
    LEAVING: {
      on: {
        'leave.sent': 'UNSUBSCRIBED',
        'leave.sentForPollInterval': 'STALE',
        fenced: 'FENCED',
        failed: 'FATAL',
      },
    },
    STALE: { on: { subscribed: 'JOINING' } },
    FATAL: {},
  },
});
