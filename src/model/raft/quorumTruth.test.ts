import { describe, expect, test } from 'vitest';
import type { KafkaVersion } from '../../kafka/versions.ts';
import { successorDelayUs } from './raftNode.ts';
import { RaftWorld } from './testing/raftWorld.ts';

const newWorld = (voters: number, kafka: KafkaVersion = '4.3', seed = 'A'): RaftWorld =>
  new RaftWorld({ seed, kafka, voters });
const seeds = (count: number): string[] => Array.from({ length: count }, (_, i) => `truth ${i}`);
const others = (world: RaftWorld): number[] =>
  world.nodes.map(({ slot }) => slot).filter((slot) => slot !== world.leader!.slot);

describe('an idle quorum', () => {
  test('costs no event, however long', () => {
    const world = newWorld(5);
    world.skipTo(10);
    const before = world.kernel.eventCount;
    world.skipTo(100_000);
    expect(world.kernel.eventCount - before).toBeLessThan(5);
  });

  test('with an append costs some, and rests again', () => {
    const world = newWorld(3);
    world.skipTo(10);
    world.append();
    world.skipTo(12);
    expect(world.answered).toEqual([0]);
    const before = world.kernel.eventCount;
    world.skipTo(10_000);
    expect(world.kernel.eventCount - before).toBeLessThan(5);
  });
});

describe('an append commits', () => {
  test.each([1, 3, 5])('with %i voters: after the linger and the flushes of a majority', (voters) => {
    const world = newWorld(voters);
    world.skipTo(10);
    world.append();
    world.skipTo(10.025);
    expect(world.answered).toEqual([]);
    world.skipTo(10.05);
    expect(world.answered).toEqual([0]);
  });

  test.each([
    ['4.0', 0.5],
    ['4.1', 0.02],
  ] as const)('%s: followers know it at most %f s later (KIP-1166)', (kafka, within) => {
    const lags = seeds(40).map((seed, i) => {
      const world = newWorld(3, kafka, seed);
      world.skipTo(10 + i / 79);
      world.append();
      let at = 10 + i / 79;
      const step = (): void => {
        at += 0.001;
        if (at > 13) throw new Error('nothing commits');
        world.skipTo(at);
      };
      while (world.answered.length === 0) step();
      const committedAt = at;
      while (world.nodes.some(({ highWatermark }) => highWatermark < world.quorum.committedOffset)) step();
      return at - committedAt;
    });
    expect(Math.max(...lags)).toBeLessThan(within + 0.03);
    if (kafka === '4.0') expect(Math.max(...lags)).toBeGreaterThan(0.35);
  });
});

describe('how many voters may be lost', () => {
  test.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 1],
    [5, 2],
  ])('of %i: %i', (voters, tolerated) => {
    for (const lost of [tolerated, tolerated + 1]) {
      const world = newWorld(voters);
      world.skipTo(4);
      for (let slot = 0; slot < lost; slot++) world.processes[slot]!.kill();
      world.skipTo(30);
      world.append();
      world.skipTo(32);
      expect(world.answered.length > 0).toBe(lost === tolerated);
    }
  });
});

describe('a leader without a majority', () => {
  test('resigns 1.5 fetch time-outs after the last fetch of one, and tells nobody that it cannot reach', () => {
    for (const seed of seeds(20)) {
      const world = newWorld(3, '4.3', seed);
      world.skipTo(10);
      const { slot } = world.leader!;
      world.isolate(slot);
      world.skipTo(12.4);
      expect(world.nodes[slot]!.state).toBe('Leader');
      world.skipTo(13.1);
      expect(world.nodes[slot]!.state).toBe('Resigned');
    }
  });

  test('keeps what it appended for itself: the others never see it, and it truncates when it is back', () => {
    const world = newWorld(3);
    world.skipTo(10);
    const { slot } = world.leader!;
    const heal = world.isolate(slot);
    for (let i = 0; i < 5; i++) world.append();
    world.skipTo(20);
    const old = world.nodes[slot]!;
    expect(old.log.endOffset).toBe(6);
    world.append();
    world.skipTo(21);
    heal();
    world.skipTo(60);
    expect(world.answered).toEqual([5]);
    expect(old.log.endOffset).toBe(world.leader!.log.endOffset);
    expect(old.log.lastEpoch).toBe(world.leader!.log.lastEpoch);
    expect(old.log.epochBefore(3)).toBe(world.leader!.log.epochBefore(3));
  });

  test('whose records reached one follower sees them committed by the next leader that has them', () => {
    for (const seed of seeds(20)) {
      const world = newWorld(3, '4.3', seed);
      world.skipTo(10);
      const leader = world.leader!;
      const [near, far] = others(world) as [number, number];
      world.cut(leader.slot, far);
      world.append();
      world.skipTo(10.03);
      world.processes[leader.slot]!.kill();
      world.skipTo(30);
      const next = world.leader!;
      if (world.nodes[near]!.log.epochBefore(2) === 1) expect(next.slot).toBe(near);
      expect(world.nodes[far]!.log.endOffset).toBe(next.log.endOffset);
    }
  });
});

describe('one way only', () => {
  test('a follower whose requests do not arrive loses contact, and disturbs nobody thanks to pre-vote', () => {
    const world = newWorld(3);
    world.skipTo(10);
    const [slot] = others(world);
    const heals = world.processes.map((_, to) => (to === slot ? () => {} : world.cut(slot!, to)));
    world.skipTo(40);
    expect(world.statesOf(slot!)).toContain('Prospective');
    for (const heal of heals) heal();
    world.skipTo(80);
    expect(world.leader!.epoch).toBe(1);
    expect(world.nodes[slot!]!.state).toBe('Follower');
  });

  test('a leader that hears fetches but whose answers are lost is replaced', () => {
    const world = newWorld(3);
    world.skipTo(10);
    const { slot } = world.leader!;
    for (const to of others(world)) world.cut(slot, to);
    world.skipTo(30);
    expect(world.leader!.slot).not.toBe(slot);
  });
});

describe('slow and lossy ways', () => {
  const degrade = (world: RaftWorld, addLatencyUs: number, loss: number): void => {
    world.network.links.degrade(() => true, { addLatencyUs, jitter: null, loss, bandwidthBytesPerSec: null });
  };

  test('of 5 s one way leave no quorum: every fetch runs into its time-out', () => {
    const world = newWorld(3);
    world.skipTo(10);
    degrade(world, 5_000_000, 0);
    world.skipTo(20);
    expect(world.nodes.filter(({ state }) => state === 'Leader')).toEqual([]);
    expect(world.term).toBeNull();
  });

  test('of 150 ms one way leave it whole, and a commit takes a round trip more', () => {
    const world = newWorld(3);
    world.skipTo(10);
    degrade(world, 150_000, 0);
    world.skipTo(30);
    world.append();
    world.skipTo(30.2);
    expect(world.answered).toEqual([]);
    world.skipTo(31.5);
    expect(world.answered).toEqual([0]);
    expect(world.leader!.epoch).toBe(1);
  });

  test('that lose 30 % sometimes cost an election, and those that lose 1 % never do', () => {
    const elections = (loss: number): number => {
      let epochs = 0;
      for (const seed of seeds(10)) {
        const world = newWorld(3, '4.3', seed);
        world.skipTo(10);
        degrade(world, 0, loss);
        world.skipTo(600);
        epochs += Math.max(...world.nodes.map(({ epoch }) => epoch)) - 1;
      }
      return epochs;
    };
    expect(elections(0.01)).toBe(0);
    expect(elections(0.3)).toBeGreaterThan(0);
  });
});

describe('processes that come back', () => {
  test('a former leader is Resigned in its epoch until it hears of the next one', () => {
    const world = newWorld(3);
    world.skipTo(10);
    const { slot } = world.leader!;
    world.processes[slot]!.kill();
    world.skipTo(20);
    world.processes[slot]!.start();
    world.skipTo(40);
    expect(world.statesOf(slot)).toEqual(['Resigned', 'Follower']);
  });

  test('a follower follows the leader that its quorum-state file names, and stays one', () => {
    const world = newWorld(3);
    world.skipTo(10);
    const [slot] = others(world);
    world.processes[slot!]!.kill();
    world.skipTo(20);
    world.processes[slot!]!.start();
    world.skipTo(40);
    expect(world.statesOf(slot!)).toEqual(['Unattached', 'Follower']);
    expect(world.leader!.epoch).toBe(1);
  });

  test('a single voter leads again at once, one epoch higher', () => {
    const world = newWorld(1);
    world.skipTo(10);
    world.processes[0]!.kill();
    world.skipTo(20);
    world.processes[0]!.start();
    world.skipTo(26.2);
    expect(world.leader!.epoch).toBe(2);
    expect(world.statesOf(0)).toEqual(['Resigned', 'Candidate', 'Leader']);
  });

  test('a voter that missed more than the log keeps loads a snapshot, and goes on from there', () => {
    const configs = { 'metadata.log.max.record.bytes.between.snapshots': 500, 'metadata.max.retention.bytes': 1000 };
    const world = new RaftWorld({ seed: 'A', kafka: '4.3', voters: 3, configs });
    world.skipTo(10);
    const [slot] = others(world);
    world.processes[slot!]!.kill();
    for (let i = 0; i < 60; i++) {
      world.append();
      world.skipTo(10 + i);
    }
    const leader = world.leader!;
    expect(leader.log.startOffset).toBeGreaterThan(40);
    const missed = world.nodes[slot!]!;
    expect(missed.log.endOffset).toBeLessThan(5);
    world.processes[slot!]!.start();
    world.skipTo(90);
    expect(missed.log.startOffset).toBeGreaterThan(40);
    expect(missed.log.endOffset).toBe(leader.log.endOffset);
    expect(missed.highWatermark).toBe(leader.highWatermark);
  });

  test('power loss takes what was not flushed, and no committed record with it', () => {
    const world = newWorld(3);
    world.skipTo(10);
    const [slot] = others(world);
    world.append();
    world.skipTo(10.0265);
    const node = world.nodes[slot!]!;
    world.processes[slot!]!.kill();
    node.losePower();
    expect(node.log.endOffset).toBe(node.log.flushedOffset);
    world.skipTo(11);
    world.processes[slot!]!.start();
    world.skipTo(30);
    expect(node.log.endOffset).toBe(world.leader!.log.endOffset);
    expect(world.answered).toEqual([0]);
  });
});

describe('the successors that a resigning leader names', () => {
  test.each([
    [0, 2, 0],
    [1, 2, 500],
    [1, 4, 125],
    [2, 4, 250],
    [3, 4, 500],
    [-1, 4, 1000],
  ])('place %i of %i waits %i ms', (position, successors, ms) => {
    expect(successorDelayUs(position, successors, 1_000_000)).toBe(1000 * ms);
  });

  test('a first one of five asks in vain with pre-vote: the others have fetched, and refuse (KAFKA-20895)', () => {
    let wasted = 0;
    for (const seed of seeds(20)) {
      const world = newWorld(5, '4.3', seed);
      world.skipTo(10);
      const { leader } = world.term!;
      leader.process.run(() => world.quorum.shutDown(leader, -1, () => leader.process.kill()));
      world.skipTo(20);
      const asked = world.events.filter((e) => e.type === 'controller.state' && e.to === 'Prospective');
      if (asked.length > 1) wasted++;
      expect(world.term!.leader).not.toBe(leader);
    }
    expect(wasted).toBeGreaterThan(15);
  });

  test('the leader votes for its successor before it goes', () => {
    const world = newWorld(2);
    world.skipTo(10);
    const { leader } = world.term!;
    leader.process.run(() => world.quorum.shutDown(leader, -1, () => leader.process.kill()));
    world.skipTo(12);
    // Two voters need both votes.
    expect(world.nodes.map(({ epoch }) => epoch)).toEqual([2, 2]);
    expect(leader.process.life).toBe('dead');
  });
});
