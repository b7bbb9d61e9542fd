import { describe, expect, test } from 'vitest';
import { type Played, play } from '../testing/play.ts';

/** Two instances of a group write what they make of `in` to `out`, in transactions. */
function pipeline(kafka: string, fault: string, seed: string): Played {
  return play(
    `name: pipeline
duration: 75s
cluster:
  kafka: "${kafka}"
  brokers: 3
  topics:
    in: { partitions: 4, replicationFactor: 3, config: { min.insync.replicas: 2 } }
    out: { partitions: 4, replicationFactor: 3, config: { min.insync.replicas: 2 } }
producers:
  load: { to: in, rate: 60/s, until: 60s, config: { acks: all } }
consumers:
  enrich:
    from: in
    instances: 2
    transform: { to: out, exactlyOnce: true, every: 200ms }
    config: { auto.offset.reset: earliest, session.timeout.ms: 10s, isolation.level: read_committed }
  readers: { from: out, config: { auto.offset.reset: earliest, isolation.level: read_committed } }
failures:
  - { name: f, ${fault} }
`,
    { seed },
  );
}

/** How many inputs have no committed output, and how many have several. */
function counted({ trace }: Played): { inputs: number; missing: number; twice: number } {
  const records = (ranges: readonly { readonly lane: number; readonly first: number; readonly count: number }[]) =>
    new Set(
      ranges.flatMap(({ lane, first, count }) => Array.from({ length: count }, (_, i) => `${lane}/${first + i}`)),
    );
  const stored = records(trace.survivors);
  const uncommitted = records(trace.uncommitted);
  const outputs = new Map<string, number>();
  for (const { inLane, inFirst, lane, first, count } of trace.transformations)
    for (let i = 0; i < count; i++) {
      const output = `${lane}/${first + i}`;
      if (!stored.has(output) || uncommitted.has(output)) continue;
      const input = `${inLane}/${inFirst + i}`;
      outputs.set(input, (outputs.get(input) ?? 0) + 1);
    }
  const isInput = (record: string): boolean =>
    trace.cast.clients[trace.cast.lanes[Number(record.split('/')[0])]?.client ?? -1]?.name === 'load';
  const inputs = [...stored].filter(isInput);
  return {
    inputs: inputs.length,
    missing: inputs.filter((input) => !outputs.has(input)).length,
    twice: [...outputs.values()].filter((count) => count > 1).length,
  };
}

const FAULTS = [
  'at: 12s, for: 8s, crash: { broker: 1 }',
  'at: 12s, for: 8s, crash: { broker: 2 }',
  'at: 12s, for: 8s, crash: { broker: 3 }',
  'at: 12s, for: 12s, freeze: { broker: 2 }',
  'at: 12s, for: 3s, crashClient: enrich/0',
  'at: 12s, for: 20s, freeze: client enrich/1',
  'at: 12s, for: 20s, partition: { between: [client enrich/0, brokers of kafka] }',
  'at: 12s, for: 1s, leaveGroup: enrich/0',
];

describe.each(['3.5', '3.9', '4.0', '4.3'])('consume, transform, produce with Kafka %s', (kafka) => {
  test.each(FAULTS)('each input has exactly one committed output: %s', (fault) => {
    const played = pipeline(kafka, fault, 'a');
    expect(counted(played)).toEqual({ inputs: 3600, missing: 0, twice: 0 });
    const nothingAmiss = { miscounted: 0, acknowledgedAndLost: 0, acknowledgedAndNotCommitted: 0, storedTwice: 0 };
    expect(played.ask.fates()).toMatchObject(nothingAmiss);
    expect(played.trace.uncommitted.filter(({ isOpen }) => isOpen)).toEqual([]);
  });
});

describe('a member that is not one any more', () => {
  test('cannot commit its offsets: the transaction is aborted, and its work is done by somebody else', () => {
    const { ask, trace } = pipeline('4.3', 'at: 12s, for: 25s, freeze: client enrich/0', 'a');
    const errors = ask.events('transaction.failed').map(({ error }) => error);
    expect(errors.every((error) => error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION')).toBe(true);
    expect(trace.aborts.length).toBeGreaterThan(0);
  });
});
