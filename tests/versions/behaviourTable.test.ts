/** Every row of the table of version switches is played by the model, or is said not to be. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Behaviour, behaviourChanges, behaviourDuringUpgrade, behaviourOf } from '../../src/kafka/behaviour.ts';
import { notPlayed, UNPLAYED_FIELDS } from '../../src/kafka/behaviourNotModelled.ts';
import { BEHAVIOUR_TABLE } from '../../src/kafka/behaviourTable.ts';
import { SUPPORTED_VERSIONS } from '../../src/kafka/versions.ts';

const FIELDS = Object.keys(BEHAVIOUR_TABLE) as (keyof Behaviour)[];

/**
 * Fields that nobody needs to read, since something else decides the same: the config tables (a release without
 * `retry.backoff.max.ms` does not back off exponentially), or the control plane that a cluster has.
 */
const DECIDED_ELSEWHERE: readonly (keyof Behaviour)[] = [
  'clientRetryBackoff',
  'singleReplicaOnControlledShutdown',
  'uncleanElectionOnConfigChange',
];

describe('the table of version switches', () => {
  const source = sourceOf('src');

  test.each(FIELDS)('%s is read, decided elsewhere, or said not to be played', (field) => {
    const isRead = new RegExp(`[.{ ,]${field}\\b(?! ?:)`).test(source);
    expect([isRead, DECIDED_ELSEWHERE.includes(field), UNPLAYED_FIELDS.includes(field)].filter(Boolean)).not.toEqual(
      [],
    );
  });

  test('what is not played is told for the releases that do it', () => {
    const fields = (version: (typeof SUPPORTED_VERSIONS)[number]) =>
      notPlayed(version, 'kraft').map(({ field }) => field);
    expect(fields('3.2')).toEqual(['stickyPartitioner', 'roundRobinSkipsPartitions']);
    expect(fields('4.0')).toContain('dynamicQuorum');
    expect(fields('4.0')).not.toContain('cordonedLogDirs');
  });

  test('during an upgrade a field is that of the binaries or of what is finalized, never of anything else', () => {
    const mixed = behaviourDuringUpgrade({ binary: '4.1', finalized: '3.5' });
    const [binary, finalized] = [behaviourOf('4.1'), behaviourOf('3.5')];
    for (const field of FIELDS) {
      const wanted = BEHAVIOUR_TABLE[field].gate === 'binary' ? binary[field] : finalized[field];
      expect(mixed[field], field).toBe(wanted);
    }
    expect(mixed).toMatchObject({ epochBumpOnIsrShrink: true, highWatermarkNeedsMinIsr: true, elrDefault: false });
  });

  test('every change is at a supported release, and in order', () => {
    for (const field of FIELDS) {
      const at = behaviourChanges(field).map(([from]) => SUPPORTED_VERSIONS.indexOf(from));
      expect(at[0], field).toBe(0);
      expect(at, field).toEqual(at.toSorted((a, b) => a - b));
    }
  });
});

/** All code of the model and the front door but the tables themselves and tests. */
function sourceOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === 'explain' ? [] : [sourceOf(path)];
      const isCode = path.endsWith('.ts') && !path.endsWith('.test.ts');
      return isCode && !/behaviour(Table|NotModelled)/.test(path) ? [readFileSync(path, 'utf8')] : [];
    })
    .join('\n');
}
