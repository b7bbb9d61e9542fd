import { expect, test } from 'vitest';
import { seconds } from '../testing/play.ts';
import { memberOf, playGroup } from './testing/groupRun.ts';

test('members start when the scenario says, and a first generation waits for those who come within the delay', () => {
  const run = playGroup({ seed: 'a', duration: '40s', group: 'startsAt: [5s, 6s, 20s]' });
  const starts = run.ask.events('client.started').filter(({ client }) => client >= memberOf(run, 0));
  expect(starts.map(({ atUs }) => atUs)).toEqual([seconds(5), seconds(6), seconds(20)]);
  expect(run.ask.events('group.assigned').map(({ members }) => members.length)).toEqual([2, 3]);
});

test('a new process with the same group.instance.id takes the place of the one that died, and a cut shorter than the session changes nothing', () => {
  const more = `failures:
  - { name: cut, at: 20s, for: 20s, partition: { between: [client billing/1, everything] } }
  - { name: again, at: 60s, for: 5s, crashClient: billing/1 }`;
  const run = playGroup({ seed: 'a', duration: '120s', group: 'static: true', more });
  const member = memberOf(run, 1);
  const changes = run.ask.events('group.member').filter(({ client }) => client === member);

  expect(changes.map(({ change }) => change)).toEqual(['joined', 'fenced', 'joined']);
  expect(run.ask.events('group.assigned').length).toBe(1);
});

test('scaling starts and stops members in an orderly way', () => {
  const more = `operations:
  - { name: more, at: 20s, scale: { client: billing, instances: 6 } }
  - { name: fewer, at: 60s, scale: { client: billing, instances: 2 } }`;
  const run = playGroup({ seed: 'a', duration: '100s', more });
  const sizes = run.ask.events('group.assigned').map(({ members }) => members.length);
  expect(sizes).toContain(6);
  expect(sizes.at(-1)).toBe(2);
  const stops = run.ask.events('client.stopped');
  expect(stops.length).toBe(4);
  expect(stops.every(({ graceful }) => graceful)).toBe(true);
  expect(run.ask.events('operation.began').map(({ id }) => id)).toContain(stops[0]!.cause);
});
