import fc from 'fast-check';
import { test } from 'vitest';
import type { KafkaVersion } from '../../kafka/versions.ts';
import { RaftInvariants } from './testing/raftInvariants.ts';
import { RaftWorld } from './testing/raftWorld.ts';

/** One step of a schedule: something happens to `a` (and `b`), then so much time passes. Numbers are taken modulo the voters. */
interface Step {
  readonly what:
    | 'kill'
    | 'lose power'
    | 'start'
    | 'freeze'
    | 'resume'
    | 'stop'
    | 'cut'
    | 'one way'
    | 'heal'
    | 'degrade'
    | 'append';
  readonly a: number;
  readonly b: number;
  readonly waitMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    'kill',
    'lose power',
    'start',
    'start',
    'freeze',
    'resume',
    'stop',
    'cut',
    'one way',
    'heal',
    'degrade',
    'append',
    'append',
  ),
  a: fc.nat(4),
  b: fc.nat(4),
  waitMs: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 100, max: 4000 })),
});

const schedule = fc.record({
  voters: fc.constantFrom(1, 3, 3, 5),
  kafka: fc.constantFrom<KafkaVersion>('3.9', '4.0', '4.3'),
  smallLog: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 24 }),
  seed: fc.nat(99_999),
});

type Schedule = typeof schedule extends fc.Arbitrary<infer T> ? T : never;

const SMALL_LOG = { 'metadata.log.max.record.bytes.between.snapshots': 500, 'metadata.max.retention.bytes': 1000 };

class Run {
  readonly world: RaftWorld;
  readonly invariants: RaftInvariants;
  readonly #heals: (() => void)[] = [];

  constructor({ seed, kafka, voters, smallLog }: Schedule) {
    this.world = new RaftWorld({ seed: `raft ${seed}`, kafka, voters, configs: smallLog ? SMALL_LOG : {} });
    this.invariants = new RaftInvariants(this.world.nodes);
    this.world.onCommit = () => this.invariants.check();
    this.invariants.check();
  }

  pass(us: number): void {
    this.world.runTo(this.world.kernel.nowUs + us, () => this.invariants.check());
  }

  step({ what, a, b, waitMs }: Step): void {
    const { processes, quorum, network } = this.world;
    const slot = a % processes.length;
    const other = b % processes.length;
    const process = processes[slot]!;
    if (what === 'kill') process.kill();
    else if (what === 'lose power') {
      process.kill();
      quorum.nodes[slot]!.losePower();
    } else if (what === 'start' && process.life === 'dead') process.start();
    else if (what === 'freeze') process.freeze();
    else if (what === 'resume') process.resume();
    else if (what === 'stop') process.run(() => quorum.shutDown(quorum.voters[slot]!, -1, () => process.kill()));
    else if (what === 'cut' && slot !== other)
      this.#heals.push(this.world.cut(slot, other), this.world.cut(other, slot));
    else if (what === 'one way' && slot !== other) this.#heals.push(this.world.cut(slot, other));
    else if (what === 'heal') this.#heals.shift()?.();
    else if (what === 'degrade') {
      const change = { addLatencyUs: b * 400_000, jitter: null, loss: 0.1 * a, bandwidthBytesPerSec: null };
      this.#heals.push(network.links.degrade((from) => from === process, change));
    } else if (what === 'append') this.world.append();
    this.invariants.check();
    this.pass(waitMs * 1000);
  }

  /** Everything is mended: a leader is active again, what it appends commits, and all voters learn of it. */
  recovers(): boolean {
    const { world } = this;
    for (const heal of this.#heals) heal();
    for (const process of world.processes) process.resume();
    for (let second = 0; second < MENDED_SECONDS; second++) {
      // One that was stopping may die later.
      for (const process of world.processes) if (process.life === 'dead') process.start();
      world.append();
      this.pass(1_000_000);
      const { committedOffset } = world.quorum;
      const isNew = world.answered.includes(world.appends - 1);
      if (isNew && world.nodes.every(({ highWatermark }) => highWatermark >= committedOffset - 1)) return true;
    }
    return false;
  }
}

const RUNS = 2000;
/** SYNs are repeated after up to 16 s. */
const MENDED_SECONDS = 60;

test(`${RUNS} schedules of faults: one leader an epoch, epochs and marks rise, what is committed stays, and all goes on afterwards`, () => {
  fc.assert(
    fc.property(schedule, (one) => {
      const run = new Run(one);
      for (const each of one.steps) {
        run.world.append();
        run.step(each);
      }
      const isOrdered = run.world.told.every((offset, i, told) => i === 0 || offset > told[i - 1]!);
      if (!isOrdered) throw new Error('batches were committed out of order or twice');
      if (!run.recovers()) throw new Error('the quorum does not recover');
    }),
    { numRuns: RUNS, seed: 20 },
  );
}, 60_000);
