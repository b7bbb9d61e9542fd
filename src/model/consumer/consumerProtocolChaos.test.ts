/** Groups of the consumer protocol while brokers, links and members fail by chance: when it is over, all is as it should be. */
import { expect, test } from 'vitest';
import { RandomStream } from '../../sim/index.ts';
import { seconds } from '../testing/play.ts';
import { playGroup, readingOf } from './testing/groupRun.ts';

const QUIET_FROM_SEC = 150;
const END_SEC = 300;

/** One failure after the other, each over before the quiet time. */
function failures(random: RandomStream): string {
  const lines: string[] = [];
  for (let at = 20; at < QUIET_FROM_SEC - 40; at += random.uniformInt(6, 16)) {
    const member = `billing/${random.uniformInt(0, 4)}`;
    const broker = random.uniformInt(1, 4);
    const kinds = [
      `crashClient: ${member}`,
      `leaveGroup: ${member}`,
      `freeze: client ${member}`,
      `partition: { between: [client ${member}, everything] }`,
      `partition: { between: [client ${member}, broker ${broker}] }`,
      `crash: broker ${broker}`,
      `stop: broker ${broker}`,
      `freeze: broker ${broker}`,
      'crash: { coordinatorOf: billing }',
      'freeze: { coordinatorOf: billing }',
    ];
    const forSec = random.uniformInt(2, 35);
    lines.push(
      `  - { name: f${lines.length}, at: ${at}s, for: ${forSec}s, ${kinds[random.uniformInt(0, kinds.length)]} }`,
    );
  }
  return `failures:\n${lines.join('\n')}`;
}

test.each(Array.from({ length: 6 }, (_, index) => `chaos-${index}`))(
  '%s: nothing is skipped, and the group converges',
  (seed) => {
    const random = new RandomStream(seed);
    const group = random.next() < 0.3 ? 'static: true' : '';
    const run = playGroup({
      seed,
      protocol: 'consumer',
      duration: `${END_SEC}s`,
      brokers: 3,
      instances: 4,
      group,
      more: failures(random),
    });
    expect(readingOf(run.trace).skipped).toBe(0);

    const held = new Map<number, readonly number[]>();
    for (const event of run.trace.events) {
      if (event.type === 'client.stopped') held.delete(event.client);
      if (event.type === 'member.assignment') held.set(event.client, event.partitions);
    }
    expect(run.ask.events('failure.began').length).toBeGreaterThan(5);
    const last = run.ask.events('group.assigned').at(-1)!;
    expect(run.ask.events('group.state').at(-1)!.to).toBe('Stable');
    const target = new Map(
      last.members.map(({ client, partitions }) => [client, [...partitions].sort((a, b) => a - b)]),
    );
    for (const [client, partitions] of held) expect(partitions, `member ${client}`).toEqual(target.get(client) ?? []);
    expect([...held.values()].flat().sort((a, b) => a - b)).toEqual(
      [0, 1, 2, 3, 4, 5].map((number) => run.ask.partition(`orders-${number}`)),
    );
    const afterwards = run.trace.deliveries.filter(({ atUs }) => atUs > seconds(END_SEC - 5));
    expect(new Set(afterwards.map(({ partition }) => partition)).size).toBe(6);
  },
);
