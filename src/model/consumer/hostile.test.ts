import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../sim/index.ts';
import { seconds } from '../testing/play.ts';
import { playGroup, readingOf } from './testing/groupRun.ts';

const QUIET_FROM = 100;
const END = 200;

/** Three to six failures of all kinds, over by 100 s. */
function failures(seed: string): string {
  const random = new RandomStream(`hostile/${seed}`);
  const one = (of: readonly string[]): string => of[random.uniformInt(0, of.length)]!;
  const member = (): string => `billing/${random.uniformInt(0, 3)}`;
  const broker = (): string => `broker ${random.uniformInt(1, 4)}`;
  const lines = Array.from({ length: random.uniformInt(3, 7) }, (_, i) => {
    const at = random.uniformInt(8, 80);
    const lasts = random.uniformInt(1, QUIET_FROM - at);
    const verb = one([
      `crash: ${broker()}`,
      `stop: ${broker()}`,
      `freeze: ${broker()}`,
      'crash: coordinator of group billing',
      `crashClient: ${member()}`,
      `leaveGroup: ${member()}`,
      `freeze: client ${member()}`,
      `slowConsumer: { group: ${member()}, perRecord: 300ms }`,
      `partition: { between: [client ${member()}, ${broker()}] }`,
      `partition: { between: [${broker()}, everything] }`,
    ]);
    return `  - { name: f${i}, at: ${at}s, for: ${lasts}s, ${verb} }`;
  });
  return `failures:\n${lines.join('\n')}`;
}

// Seed 25 once let a deadline that was cleared fire after a freeze.
describe.each(['0', '1', '2', '25'])('seed %s', (seed) => {
  test.each(['RangeAssignor', 'CooperativeStickyAssignor'])(
    '%s: nothing is skipped, nobody shares, everything flows again',
    (assignor) => {
      const run = playGroup({
        seed,
        duration: `${END}s`,
        brokers: 3,
        rate: '60/s',
        assignor,
        group:
          (Number(seed) % 2 === 1 ? 'static: true\n' : '') +
          'commit: after-processing\nwork: { perRecord: 5ms, jitter: 30% }',
        config: ', session.timeout.ms: 10000, max.poll.interval.ms: 20000',
        more: failures(seed),
      });
      expect(run.end).toBe('reached');
      for (const { members } of run.ask.events('group.assigned')) {
        const given = members.flatMap(({ partitions }) => partitions);
        expect(new Set(given).size).toBe(given.length);
      }
      expect(readingOf(run.trace).skipped).toBe(0);
      const late = run.trace.deliveries.filter(({ atUs }) => atUs > seconds(END - 10));
      expect([...new Set(late.map(({ partition }) => partition))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
      const lateCommits = run.trace.commits.filter(({ atUs }) => atUs > seconds(END - 10));
      expect(new Set(lateCommits.map(({ partition }) => partition)).size).toBe(6);
    },
  );
});
