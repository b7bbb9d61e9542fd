/**
 * The proof: every measured cluster that is rebuilt under `scenarios/measured/` behaves as the real one did, for 20
 * seeds each. What the scenario language has no metric for is asked of the trace below, against the same evidence.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Simulation } from '../src/model/simulation.ts';
import type { Recorder } from '../src/model/trace.ts';
import { runScenario } from '../src/runner/runScenario.ts';
import type { Scenario } from '../src/scenario/scenario.ts';
import { formatDiagnostic, loadScenario } from '../src/spec/index.ts';

const FOLDER = 'scenarios/measured';
const SUFFIX = '.scenario.yaml';
const SEEDS = 20;
const SECOND_US = 1_000_000;

const CASES = readdirSync(FOLDER)
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .sort();

interface Fact {
  readonly fact: string;
  readonly between?: readonly [number, number];
}

function load(name: string): Scenario {
  const { scenarios, diagnostics, sources } = loadScenario(`${FOLDER}/${name}${SUFFIX}`);
  expect(diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources, { color: false }))).toEqual([]);
  return scenarios[0]!;
}

function seedsOf(scenario: Scenario, count = SEEDS): string[] {
  return Array.from({ length: count }, (_, number) => `${scenario.seed}-${number}`);
}

/** Only the trace's calls that are asked for; the rest is not listened to. */
function listen(scenario: Scenario, seed: string, calls: Partial<Recorder>): void {
  const silent = (): number => 0;
  const recorder = new Proxy(calls as Recorder, {
    get: (known, call) => known[call as keyof Recorder] ?? silent,
  });
  const simulation = new Simulation({ ...scenario, seed }, recorder);
  simulation.run();
  simulation.finish();
}

function bounds(labCase: string, words: string): readonly [number, number] {
  const { facts } = JSON.parse(readFileSync(`evidence/lab/${labCase}.json`, 'utf8')) as { facts: Fact[] };
  const found = facts.find(({ fact, between }) => fact.includes(words) && between !== undefined);
  if (found === undefined) throw new Error(`${labCase} has no bounded fact '${words}'`);
  return found.between!;
}

function expectWithin(values: readonly number[], [low, high]: readonly [number, number]): void {
  expect(values.length).toBeGreaterThan(0);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
  expect(Math.max(...values)).toBeLessThanOrEqual(high);
}

test.each(CASES)('%s is as it was measured, for every seed', (name) => {
  const scenario = load(name);
  expect(scenario.expectations.length).toBeGreaterThan(0);
  for (const seed of seedsOf(scenario)) {
    const { verdicts, endedEarly } = runScenario(scenario, { seed });
    expect(endedEarly).toBeNull();
    const others = verdicts.filter(({ status }) => status !== 'passed');
    expect(others.map((verdict) => `${seed}: ${verdict.name}: ${verdict.status}, ${verdict.observed}`)).toEqual([]);
  }
});

test('every scenario names the evidence that it was rebuilt from', () => {
  for (const name of CASES) {
    const file = /evidence\/lab\/[a-z0-9-]+\.json/.exec(load(name).description)?.[0];
    expect(file, name).toBeDefined();
    expect(() => readFileSync(file!), name).not.toThrow();
  }
});

describe('a dead broker is fenced', () => {
  const scenario = load('kill-broker');
  const killedUs = 16 * SECOND_US;
  const fencedAfterS = seedsOf(scenario, 200).map((seed) => {
    let fencedUs = -1;
    // Nothing is sent: heartbeats decide alone.
    listen({ ...scenario, producers: [], durationUs: killedUs + 12 * SECOND_US }, seed, {
      event: (atUs, _cause, body) => {
        if (body.type === 'broker.control' && body.to === 'FENCED') fencedUs = atUs;
        return 0;
      },
    });
    return (fencedUs - killedUs) / SECOND_US;
  });

  test('7.0 to 10.13 s after its death: 9 s from a heartbeat up to 2 s old, seen by a scan every 1.125 s', () => {
    expectWithin(fencedAfterS, [7, 10.13]);
  });

  test('at an instant that spreads over that range as the timers say, and sits at no edge', () => {
    const sorted = [...fencedAfterS].sort((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
    // The sum of two even spreads, over 2 s and over 1.125 s: quartiles near 8.06 and 9.06 s.
    expectWithin([quantile(0.02)], [7.0, 7.6]);
    expectWithin([quantile(0.25)], [7.8, 8.3]);
    expectWithin([quantile(0.5)], [8.3, 8.8]);
    expectWithin([quantile(0.75)], [8.8, 9.35]);
    expectWithin([quantile(0.98)], [9.5, 10.13]);
  });
});

describe('batches with linger.ms', () => {
  test.each([
    ['batches-keyed-linger-5', 'keyed, linger 5'],
    ['batches-keyed-linger-50', 'keyed, linger 50'],
    ['batches-no-key-linger-5', 'no key, linger 5'],
    ['batches-no-key-linger-50', 'no key, linger 50'],
  ])('%s: as many records in a request as the real client sent', (name, words) => {
    const scenario = load(name);
    for (const seed of seedsOf(scenario, 5)) {
      const { records, requests } = batchesOf(scenario, seed);
      expectWithin([records / requests], bounds('batches', `records-per-request-avg: ${words}`));
    }
  });

  test.each([
    ['batches-keyed-linger-5', 'keyed, linger 5'],
    ['batches-keyed-linger-50', 'keyed, linger 50'],
    ['batches-no-key-linger-5', 'no key, linger 5'],
    ['batches-no-key-linger-50', 'no key, linger 50'],
  ])('%s: batches as large as the real client made them', (name, words) => {
    const scenario = load(name);
    for (const seed of seedsOf(scenario, 5)) {
      const { bytes, batches } = batchesOf(scenario, seed);
      expectWithin([bytes / batches], bounds('batches', `batch-size-avg, bytes: ${words}`));
    }
  });
});

function batchesOf(scenario: Scenario, seed: string) {
  const count = { bytes: 0, batches: 0, records: 0, requests: 0 };
  listen(scenario, seed, {
    appended: (_partition, _broker, _epoch, _base, records, bytes) => {
      count.batches++;
      count.bytes += bytes;
      count.records += records;
    },
    requestDone: (_client, api) => {
      if (api === 'Produce') count.requests++;
    },
  });
  return count;
}

describe('retention', () => {
  const scenario = load('retention');

  test('deletes a segment when its newest record is older than retention.ms, and the active one after the load', () => {
    for (const seed of seedsOf(scenario, 5)) {
      const deletions: { readonly toOffset: number; readonly atUs: number }[] = [];
      const appendedUs: number[] = [];
      listen(scenario, seed, {
        appended: (_partition, _broker, _epoch, base, records, _bytes, _lane, _first, atUs) => {
          for (let offset = base; offset < base + records; offset++) appendedUs[offset] = atUs;
        },
        expired: (_partition, _from, toOffset, atUs) => {
          deletions.push({ toOffset, atUs });
        },
      });
      const ages = deletions.map(({ toOffset, atUs }) => (atUs - appendedUs[toOffset - 1]!) / 1000);
      expectWithin(ages.slice(0, -1), bounds('retention', 'age of the newest record'));
      expectWithin(ages.slice(-1), bounds('retention', 'the active segment is rolled and deleted'));
      const rolled = deletions.slice(0, -1).map(({ toOffset }, i) => {
        const firstUs = appendedUs[i === 0 ? 0 : deletions[i - 1]!.toOffset]!;
        return (appendedUs[toOffset]! - firstUs) / 1000;
      });
      expectWithin(rolled, bounds('retention', 'a segment rolls'));
    }
  });
});

describe('a hung transaction', () => {
  const scenario = load('txn-hang');

  test('keeps readers back for 15 to 27 s, then all comes at once, and the late commit is refused', () => {
    for (const seed of seedsOf(scenario)) {
      let hungUs = -1;
      let hungOffset = -1;
      const behind: number[] = [];
      const errors: string[] = [];
      listen(scenario, seed, {
        appended: (_partition, _broker, _epoch, base, _records, _bytes, lane, _first, atUs) => {
          if (lane < 0 || scenario.producers[lanes[lane]!]?.name !== 'hung') return;
          hungUs = atUs;
          hungOffset = base;
        },
        laneOpened: (lane, client) => {
          lanes[lane] = client;
        },
        delivered: (_group, _client, _partition, offset, count, _lane, _first, _from, _to, atUs) => {
          if (hungUs >= 0 && offset > hungOffset) for (let i = 0; i < count; i++) behind.push(atUs);
        },
        errorSeen: (_client, _partition, error) => {
          errors.push(error);
        },
      });
      const firstUs = behind[0]!;
      expectWithin([(firstUs - hungUs) / 1000], bounds('txn-hang', 'first record'));
      const together = behind.filter((atUs) => atUs < firstUs + SECOND_US / 2);
      expectWithin([together.length], bounds('txn-hang', 'how many of the other'));
      expect(errors).toEqual(['INVALID_TXN_STATE']);
    }
  });

  /** Client of each lane; producers come first in the cast. */
  const lanes: number[] = [];
});

describe('consume, transform, produce, and the process is killed', () => {
  /** Inputs by how often their output is in the log, committed or not. */
  function doubled(name: string, seed: string) {
    const outputs = new Map<string, number>();
    const stored = new Set<string>();
    const uncommitted = new Set<string>();
    const made: (readonly [input: string, output: string])[] = [];
    const each = (count: number, visit: (i: number) => void): void => {
      for (let i = 0; i < count; i++) visit(i);
    };
    listen(load(name), seed, {
      transformed: (_group, inLane, inFirst, lane, first, count) =>
        each(count, (i) => made.push([`${inLane}/${inFirst + i}`, `${lane}/${first + i}`])),
      stored: (_partition, _epoch, _offset, count, lane, first) =>
        each(count, (i) => stored.add(`${lane}/${first + i}`)),
      storedUncommitted: (_partition, lane, first, count) =>
        each(count, (i) => uncommitted.add(`${lane}/${first + i}`)),
    });
    const twice = (counts: (output: string) => boolean): number => {
      outputs.clear();
      for (const [input, output] of made)
        if (stored.has(output) && counts(output)) outputs.set(input, (outputs.get(input) ?? 0) + 1);
      return [...outputs.values()].filter((count) => count > 1).length;
    };
    return { all: twice(() => true), committed: twice((output) => !uncommitted.has(output)) };
  }

  test('exactly once: none twice for who reads what is committed, a few for who reads everything', () => {
    for (const seed of seedsOf(load('transform-kill-exactly-once'), 5)) {
      const { all, committed } = doubled('transform-kill-exactly-once', seed);
      expect(committed).toBe(0);
      expectWithin([all], bounds('transform-kill-exactly-once', 'read_uncommitted'));
    }
  });

  test('at least once: what was read since the last automatic commit comes out again', () => {
    for (const seed of seedsOf(load('transform-kill-at-least-once'), 5)) {
      const { all } = doubled('transform-kill-at-least-once', seed);
      expectWithin([all], bounds('transform-kill-at-least-once', 'inputs with two outputs'));
    }
  });
});
