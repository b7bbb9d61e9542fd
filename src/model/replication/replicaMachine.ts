import { setup } from 'xstate';

/**
 * One broker's copy of one partition, as its own broker sees it.
 *
 *   Offline     the process does not run, or runs and has not applied the partition's metadata yet; the log is on disk.
 *               Or the log directory failed (HostedPartition.Offline)
 *   Leader      the broker believes that it leads: appends, serves fetches, keeps the ISR
 *   Follower    fetches from the leader that it knows
 *   Leaderless  the partition has no leader (leader -1): nothing is fetched, nothing is served
 *
 * What a broker believes may be stale: two replicas can both be Leader for a while, in different leader epochs.
 *
 * Source: Apache Kafka `server/ReplicaManager.scala` (applyLocalLeadersDelta, applyLocalFollowersDelta),
 * `cluster/Partition.scala` (makeLeader, makeFollower; HostedPartition.Online, None).
 * Not modelled: future replicas that move between directories.
 */
export type ReplicaEvent =
  | { type: 'made.leader' } // a higher leader epoch names this broker
  | { type: 'made.follower' } // ... or another one
  | { type: 'leader.gone' } // ... or nobody
  | { type: 'dir.failed' }
  | { type: 'process.ended' };

const roles = {
  'made.leader': 'Leader',
  'made.follower': 'Follower',
  'leader.gone': 'Leaderless',
  'dir.failed': 'Offline',
  'process.ended': 'Offline',
} as const;

export const replicaMachine = setup({ types: { events: {} as ReplicaEvent } }).createMachine({
  id: 'replica',
  initial: 'Offline',
  states: {
    Offline: { on: roles },
    Leader: { on: roles },
    Follower: { on: roles },
    Leaderless: { on: roles },
  },
});
