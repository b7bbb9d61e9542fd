import { expect, test } from 'vitest';
import { notableEvents } from '../../src/report/html/notableEvents.ts';
import type { TimelineEntry } from '../../src/result/runResult.ts';
import { failedResult } from './exampleReport.ts';

const event = (id: number, severity: TimelineEntry['severity']): TimelineEntry => ({
  id,
  atUs: id * 1000,
  cause: -1,
  type: 'broker.control',
  severity,
  text: `event ${id}`,
});

test('causes of a failed verdict come first, then the severest, in order of time', () => {
  const result = { ...failedResult(), timeline: [event(1, 'critical'), event(2, 'notice'), event(402, 'info')] };
  expect(notableEvents(result, 2).map(({ id }) => id)).toEqual([1, 402]);
});

test('what does not fit is thinned evenly, so that the end of a long run is told too', () => {
  const timeline = Array.from({ length: 100 }, (_, index) => event(2000 + index, 'warning'));
  const ids = notableEvents({ ...failedResult(), timeline }, 10).map(({ id }) => id);
  expect(ids).toEqual([2000, 2010, 2020, 2030, 2040, 2050, 2060, 2070, 2080, 2090]);
});

test('info is told only when there is nothing else', () => {
  const calm = { ...failedResult(), verdicts: [], timeline: [event(1, 'info'), event(2, 'info')] };
  expect(notableEvents(calm, 10)).toHaveLength(2);
  expect(notableEvents({ ...calm, timeline: [...calm.timeline, event(3, 'notice')] }, 10).map(({ id }) => id)).toEqual([
    3,
  ]);
});

test('of a plain pass the causes are nothing special, and of many equals the failures come before their effects', () => {
  const result = failedResult();
  const verdicts = result.verdicts.map((verdict) => ({
    ...verdict,
    status: 'passed' as const,
    violationExpected: false,
  }));
  const timeline = [event(1, 'warning'), event(2, 'warning'), { ...event(3, 'warning'), type: 'failure.began' }];
  expect(notableEvents({ ...result, verdicts, timeline: [...timeline, event(402, 'info')] }, 10)).toHaveLength(3);
  expect(notableEvents({ ...result, verdicts, timeline }, 2).map(({ id }) => id)).toEqual([1, 3]);
});
