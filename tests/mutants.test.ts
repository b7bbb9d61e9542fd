import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MUTANTS } from '../scripts/mutants/list.ts';
import { applied } from '../scripts/mutants/patch.ts';

const ROOT = resolve(import.meta.dirname, '..');

describe('the planted bugs of npm run mutants', () => {
  test('are 25 or more, and no two are the same', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(MUTANTS.map(({ what }) => what)).size).toBe(MUTANTS.length);
    expect(new Set(MUTANTS.map(({ file, replace, find }) => file + find + replace)).size).toBe(MUTANTS.length);
  });

  test.for(MUTANTS)('still finds its place: $what', (mutant) => {
    const text = readFileSync(join(ROOT, mutant.file), 'utf8');
    const wrong = applied(mutant, text);
    expect(wrong).not.toBe(text);
  });
});
