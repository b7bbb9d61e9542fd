import type { CoordinatorClient, Outcome } from '../../model/group/memberPorts.ts';
import { CLIENT_RANK, type TestGroup } from '../../model/group/testGroup.ts';
import type { TestTimers } from '../../model/group/testTimers.ts';
import type { MemberScript } from './timeline.ts';

export interface ScriptedClientPorts {
  group: TestGroup['group'];
  timers: TestTimers;
  isBusy: () => boolean;
  isLeader: () => boolean;
  /** Writes an event of this member at the current time. */
  write: (event: string, facts?: object) => void;
}

/**
 * A member's way to the coordinator without network: requests arrive at once unless the script delays them, answers are
 * read at once, and all of it is written down.
 */
export function scriptedClient(script: MemberScript, ports: ScriptedClientPorts): CoordinatorClient {
  const { group, timers, write } = ports;
  const soon = (run: () => void, delayMs = 0): void => timers.at(timers.nowUs + delayMs * 1000, CLIENT_RANK, run);
  let hasJoined = false;
  let giveUpSync: ((outcome: Outcome) => void) | undefined;

  return {
    findCoordinator: (done) => done('NONE'),

    join(request, _timeoutUs, done) {
      const send = () => {
        write('JoinGroup sent', { memberIdKnown: request.memberId !== '' });
        group.join(request, (response) => {
          const { error, generation, skipAssignment, members } = response;
          const isLeader = response.leaderId === response.memberId;
          const isIn = error === 'NONE';
          hasJoined ||= isIn;
          write('JoinGroup answered', {
            error,
            ...(isIn ? { generation, isLeader } : {}),
            ...(isIn && isLeader ? { memberCountSeen: members.length } : {}),
            ...(skipAssignment ? { skipAssignment } : {}),
          });
          soon(() => done(error, response));
        });
      };
      soon(send, hasJoined ? (script.rejoinDelay ?? 0) : 0);
    },

    sync(request, done) {
      let isGivenUp = false;
      giveUpSync = (outcome) => {
        isGivenUp = true;
        done(outcome, null);
      };
      if (script.neverSyncs) return;
      const send = () => {
        if (isGivenUp) return;
        giveUpSync = undefined;
        write('SyncGroup sent', { isLeader: ports.isLeader() });
        group.sync(request, (response) => {
          const { error, assignment } = response;
          write('SyncGroup answered', {
            error,
            ...(error === 'NONE' ? { assignmentReceived: assignment !== null } : {}),
          });
          soon(() => done(error, response));
        });
      };
      soon(send, script.syncDelay ?? 0);
    },

    heartbeat(request, done) {
      const error: Outcome = group.heartbeat(request);
      if (error !== 'NONE') write('Heartbeat answered', { error });
      soon(() => {
        done(error);
        // A member that has not sent its SyncGroup yet drops it when it hears of a new round.
        if (error !== 'NONE') giveUpSync?.(error);
      });
    },

    leave(request, done) {
      const error = group.leave(request);
      write(ports.isBusy() ? 'LeaveGroup sent (max.poll.interval)' : 'LeaveGroup sent', { error });
      soon(() => done(error));
    },
  };
}
