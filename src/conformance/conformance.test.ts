import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatConformance } from './formatConformance.ts';
import { runConformance } from './runConformance.ts';

const EVIDENCE = fileURLToPath(new URL('../../evidence/vectors', import.meta.url));

describe('the model answers as Kafka did', () => {
  const report = runConformance([EVIDENCE]);

  test.each(report.files.map((file) => [file.file, file] as const))('%s', (_name, file) => {
    expect(file.differences).toEqual([]);
    expect(file.total).toBeGreaterThan(0);
    expect(file.passed + file.skipped).toBe(file.total);
  });

  test('what is not checked is known', () => {
    const open = report.files.filter(({ skipped }) => skipped > 0).map(({ file, skipped }) => [file, skipped]);
    expect(open).toMatchInlineSnapshot(`
      [
        [
          "config-defaults",
          3,
        ],
        [
          "kip848-reconciliation",
          2,
        ],
        [
          "state-machines",
          20,
        ],
      ]
    `);
  });
});

describe('the conformance report', () => {
  function reportOn(files: Record<string, unknown>) {
    const dir = mkdtempSync(join(tmpdir(), 'vectors-'));
    try {
      for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), JSON.stringify(content));
      return runConformance([dir], { maxDifferences: 1, machines: DOOR });
    } finally {
      rmSync(dir, { recursive: true });
    }
  }
  const DOOR = new Map([['door', { transitions: new Map([['Open', ['Shut']]]), statesNotModelled: ['Locked'] }]]);
  const wrongHash = { id: 'group', javaStringHash: 1, partitionByCount: {} };

  test('shows the first differences, what is not checked, and the sum', () => {
    const report = reportOn({
      'coordinator-partition.json': { cases: [wrongHash, wrongHash, { ...wrongHash, javaStringHash: 98629247 }] },
      'unheard-of.json': { cases: [{}] },
      'state-machines.json': {
        cases: [
          { machine: 'door', from: 'Open', to: ['Locked', 'Shut'] },
          { machine: 'window', from: 'Open', to: [] },
        ],
      },
    });
    expect(formatConformance(report)).toMatchInlineSnapshot(`
      "FAIL  coordinator-partition  1/3
              0: hash: Kafka 1, ours 98629247
              and 1 more
      part  state-machines         1/2
              not checked: no machine of ours is a window
      none  unheard-of             0/1
              not checked: the model has nothing to compare with it yet

      2 of 6 cases as Kafka, 2 different, 2 not checked
      "
    `);
  });

  test('a transition that Kafka does not have is a difference', () => {
    const report = reportOn({ 'state-machines.json': { cases: [{ machine: 'door', from: 'Open', to: [] }] } });
    expect(report.files[0]?.status).toBe('failed');
  });

  test('a case that our code cannot read is a difference, and a broken file is not checked', () => {
    const report = reportOn({ 'partition-change.json': { cases: [{}] }, 'idempotent-producer.json': { steps: [] } });
    expect(report.files.map(({ file, status }) => [file, status])).toEqual([
      ['idempotent-producer', 'notChecked'],
      ['partition-change', 'failed'],
    ]);
  });
});
