import { expect, test } from 'vitest';
import { resultFileName } from './resultFileName.ts';

test('a report is named after the scenario file, with a hash of path and seed', () => {
  expect(resultFileName('scenarios/02-Broker crash.scenario.yaml', 'A')).toMatch(/^02-broker-crash-[0-9a-f]{12}$/);
});

test('the same file name in another folder, or another seed, is another report', () => {
  const names = ['a/x.scenario.yaml', 'b/x.scenario.yaml'].flatMap((path) =>
    ['A', 'B'].map((seed) => resultFileName(path, seed)),
  );
  expect(new Set(names).size).toBe(4);
});

test('a path written with backslashes is the same path', () => {
  expect(resultFileName('a\\x.scenario.yaml', 'A')).toBe(resultFileName('a/x.scenario.yaml', 'A'));
});

test.each(['../../etc/passwd', '注文.scenario.yaml', '', '....', `${'long'.repeat(100)}.yaml`, 'a\0b', 'con.yaml'])(
  'a hostile path gives a harmless name: %j',
  (path) => {
    const name = resultFileName(path, '../seed');
    expect(name).toMatch(/^[a-z0-9][a-z0-9-]*-[0-9a-f]{12}$/);
    expect(name.length).toBeLessThanOrEqual(61);
  },
);

test('two thousand seeds give two thousand names', () => {
  const names = Array.from({ length: 2000 }, (_, index) => resultFileName('x.yaml', `seed/${index}`));
  expect(new Set(names).size).toBe(2000);
});
