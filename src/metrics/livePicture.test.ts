import { expect, test } from 'vitest';
import { forged } from '../assertions/testing/forgedTrace.ts';
import { NO_CAUSE } from '../model/trace.ts';
import { Collector } from './collector.ts';
import { LivePicture } from './livePicture.ts';

test('a broker is shown from its start until the cluster has forgotten it, and as down only in between', () => {
  const collector = new Collector();
  collector.begin(forged([]).judge.collector.cast);
  const picture = new LivePicture(collector);
  const shown = () => picture.clusters()[0]!.brokers.map(({ id, state }) => `${id} ${state}`);
  const state = (from: string, to: string) =>
    collector.event(1, NO_CAUSE, { type: 'broker.state', broker: 0, from, to });
  expect(shown()).toEqual([]);
  state('NOT_RUNNING', 'STARTING');
  expect(shown()).toEqual(['1 STARTING']);
  collector.event(2, NO_CAUSE, {
    type: 'broker.control',
    broker: 0,
    from: 'FENCED',
    to: 'UNFENCED',
    reason: 'caught up',
  });
  state('RUNNING', 'NOT_RUNNING');
  expect(shown()).toEqual(['1 NOT_RUNNING']);
  collector.event(3, NO_CAUSE, { type: 'broker.unregistered', broker: 0 });
  expect(shown()).toEqual([]);
});
