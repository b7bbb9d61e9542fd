import { expect, test } from 'vitest';
import { exampleReport } from '../../../tests/report/exampleReport.ts';
import type { Alert } from '../../result/runResult.ts';
import { alertsSection } from './alerts.ts';

const alert: Alert = {
  metric: 'UnderReplicatedPartitions',
  of: '<eu>',
  condition: '> 0',
  severity: 'warning',
  fromUs: 10_000_000,
  toUs: null,
  worst: 6,
};

test('alerts are a table; one that is still raised says so, and a cluster cannot bring markup', () => {
  const result = { ...exampleReport().results[0]!, simulatedUs: 60_000_000, alerts: [alert] };
  const { markup } = alertsSection(result, 'r1');
  expect(markup).toContain('UnderReplicatedPartitions &gt; 0');
  expect(markup).toContain('50 s, to the end');
  expect(markup).toContain('&lt;eu&gt;');
});

test('a run without alerts, and a result of an earlier version, have no such section', () => {
  const result = exampleReport().results[0]!;
  expect(alertsSection({ ...result, alerts: [] }, 'r1').markup).toBe('');
  expect(alertsSection({ ...result, alerts: undefined }, 'r1').markup).toBe('');
});
