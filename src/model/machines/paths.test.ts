import { describe, expect, test } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { brokerLifecycleMachine } from '../broker/lifecycle/brokerLifecycleMachine.ts';
import { brokerControlMachine } from '../controller/brokerControlMachine.ts';
import { partitionMachine } from '../controller/partitionMachine.ts';
import { quorumMemberMachine } from '../controller/quorumMemberMachine.ts';

/** How each state is reached soonest: events, then the state. The first event is xstate's own start. */
function paths(machine: AnyStateMachine): string[] {
  return getShortestPaths(machine).map(({ state, steps }) => {
    const events = steps.slice(1).map((step) => step.event.type);
    return [...events, state.value as string].join(' > ');
  });
}

describe('how every state is reached', () => {
  test('a broker, as it sees itself', () => {
    expect(paths(brokerLifecycleMachine)).toMatchInlineSnapshot(`
      [
        "NOT_RUNNING",
        "process.started > STARTING",
        "process.started > metadata.caughtUp > RECOVERY",
        "process.started > shutdown.begun > SHUTTING_DOWN",
        "process.started > metadata.caughtUp > unfenced > RUNNING",
        "process.started > metadata.caughtUp > unfenced > controlledShutdown.begun > PENDING_CONTROLLED_SHUTDOWN",
      ]
    `);
  });

  test('a broker, as the controller sees it', () => {
    expect(paths(brokerControlMachine)).toMatchInlineSnapshot(`
      [
        "FENCED",
        "caughtUp > UNFENCED",
        "shutdown.granted > SHUTDOWN_NOW",
        "caughtUp > shutdown.requested > CONTROLLED_SHUTDOWN",
      ]
    `);
  });

  test('a voter', () => {
    expect(paths(quorumMemberMachine)).toMatchInlineSnapshot(`
      [
        "Unattached",
        "preVote.begun > Prospective",
        "candidacy.begun > Candidate",
        "leader.found > Follower",
        "candidacy.begun > elected > Leader",
        "candidacy.begun > elected > resigned > Resigned",
      ]
    `);
  });

  test('a partition', () => {
    expect(paths(partitionMachine)).toMatchInlineSnapshot(`
      [
        "NonExistent",
        "isr.whole > Online",
        "isr.partial > UnderReplicated",
        "isr.whole > leader.none > Offline",
      ]
    `);
  });
});
