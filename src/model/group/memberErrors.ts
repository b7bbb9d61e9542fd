import type { Outcome } from './memberPorts.ts';

/**
 * What the end of a group request means for the member that sent it.
 *
 *   alive            nothing to do
 *   rejoin           the group is in, or needs, a new round
 *   forgotten        the group does not know this member, or not in this generation
 *   coordinatorLost  another broker must be asked
 *   later            the same broker will do, after a wait
 *   fatal            poll() throws
 */
export type Consequence = 'alive' | 'rejoin' | 'forgotten' | 'coordinatorLost' | 'later' | 'fatal';

/** Source: the response handlers of Apache Kafka `AbstractCoordinator`. */
export function consequenceOf(outcome: Outcome): Consequence {
  switch (outcome) {
    case 'NONE':
      return 'alive';
    case 'REBALANCE_IN_PROGRESS':
    case 'MEMBER_ID_REQUIRED':
      return 'rejoin';
    case 'UNKNOWN_MEMBER_ID':
    case 'ILLEGAL_GENERATION':
      return 'forgotten';
    case 'COORDINATOR_NOT_AVAILABLE':
    case 'NOT_COORDINATOR':
    case 'DISCONNECTED':
    case 'TIMED_OUT':
      return 'coordinatorLost';
    case 'COORDINATOR_LOAD_IN_PROGRESS':
      return 'later';
    default:
      return 'fatal';
  }
}
