import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PartitionHistory } from './partitionHistory.ts';
import { ReplicaLog } from './replicaLog.ts';
import { PlainLog } from './testing/plainLog.ts';

const REPLICAS = 3;

type Step =
  | { readonly do: 'elect'; readonly replica: number }
  | { readonly do: 'append'; readonly replica: number; readonly count: number; readonly bytesEach: number }
  | { readonly do: 'copy'; readonly replica: number; readonly records: number };

const replica = fc.integer({ min: 0, max: REPLICAS - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('elect' as const), replica }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      replica,
      count: fc.integer({ min: 1, max: 9 }),
      bytesEach: fc.integer({ min: 1, max: 50 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('copy' as const), replica, records: fc.integer({ min: 0, max: 30 }) }),
  },
);

/** Three replicas of one partition in both forms. A replica that was elected appends on in its epoch until it copies: a zombie. */
class Pair {
  readonly #history = new PartitionHistory();
  readonly logs = Array.from({ length: REPLICAS }, () => new ReplicaLog(this.#history));
  readonly plain = Array.from({ length: REPLICAS }, () => new PlainLog());
  readonly #leads = new Array<number>(REPLICAS).fill(-1);
  #leader = 0;
  #epoch = -1;
  #nextRecord = 0;

  play(one: Step): void {
    if (one.do === 'elect') this.#elect(one.replica);
    else if (one.do === 'append') this.#append(one.replica, one.count, one.bytesEach);
    else this.#copy(one.replica, one.records);
  }

  #elect(replica: number): void {
    this.#epoch++;
    this.#leader = replica;
    this.#leads[replica] = this.#epoch;
    this.logs[replica]!.beginEpoch(this.#epoch);
    this.plain[replica]!.assign(this.#epoch, this.plain[replica]!.end);
  }

  #append(replica: number, count: number, bytesEach: number): void {
    const epoch = this.#leads[replica]!;
    if (epoch < 0) return;
    const first = this.#nextRecord;
    this.#nextRecord += count;
    this.logs[replica]!.append(count, count * bytesEach, 0, first, first * 10, (first + count - 1) * 10, -1, -1, -1);
    this.plain[replica]!.append(epoch, 0, first, count, bytesEach);
  }

  /** One fetch after another until the follower's history is a prefix of the leader's, then some of its records. */
  #copy(replica: number, records: number): void {
    if (this.#epoch < 0 || replica === this.#leader) return;
    this.#leads[replica] = -1;
    const log = this.logs[replica]!;
    const leader = this.logs[this.#leader]!;
    for (let fetches = 0; ; fetches++) {
      if (fetches > 50) throw new Error('the follower never agrees with its leader');
      if (log.lastEpoch < 0) break;
      const end = leader.endOf(log.lastEpoch);
      if (end.leaderEpoch === log.lastEpoch && end.endOffset >= log.logEndOffset) break;
      const toOffset = Math.min(end.endOffset, log.endOf(end.leaderEpoch).endOffset);
      this.plain[replica]!.truncateTo(Math.min(toOffset, log.logEndOffset));
      log.truncateTo(Math.min(toOffset, log.logEndOffset));
    }
    const to = Math.min(leader.logEndOffset, log.logEndOffset + records);
    if (to <= log.logEndOffset) return;
    log.appendSpans(leader.spans(log.logEndOffset, to), to);
    this.plain[replica]!.copyFrom(this.plain[this.#leader]!, to);
  }

  get newestEpoch(): number {
    return this.#epoch;
  }
}

function recordsOf(log: ReplicaLog, from: number, to: number) {
  return log.ranges(from, to).flatMap(({ count, first, leaderEpoch, createdFromUs, createdToUs }) =>
    Array.from({ length: count }, (_, i) => ({
      number: first + i,
      epoch: leaderEpoch,
      createdUs: count === 1 ? createdFromUs : createdFromUs + (i * (createdToUs - createdFromUs)) / (count - 1),
    })),
  );
}

function expectSame(log: ReplicaLog, plain: PlainLog, newestEpoch: number): void {
  expect(log.logEndOffset).toBe(plain.end);
  expect(log.lastEpoch).toBe(plain.epochs.at(-1)?.epoch ?? -1);
  for (let epoch = 0; epoch <= newestEpoch; epoch++) expect(log.endOf(epoch)).toEqual(plain.endOf(epoch));
  for (const [from, to] of cuts(plain.end)) {
    const wanted = plain.records.slice(from, to);
    expect(recordsOf(log, from, to)).toEqual(
      wanted.map(({ number, epoch }) => ({ number, epoch, createdUs: number * 10 })),
    );
    // The first span may begin before the read: its epoch is the reader's own.
    const spans = log.spans(from, to).map(({ leaderEpoch, start }) => ({ leaderEpoch, start: Math.max(from, start) }));
    if (from < to) expect(spans).toEqual(plain.spans(from, to));
    expect(log.bytesBetween(from, to)).toBeCloseTo(plain.bytes(from, to), 6);
    for (const maxBytes of [0, 40, 200, 1_000])
      expect(log.readEnd(from, to, maxBytes)).toBe(plain.readEnd(from, to, maxBytes));
  }
  plain.records.forEach(({ epoch }, offset) => {
    expect(log.epochAt(offset)).toBe(epoch);
  });
}

function cuts(end: number): [number, number][] {
  const third = Math.floor(end / 3);
  return [
    [0, end],
    [third, end - third],
    [third, third + 1],
    [Math.max(0, end - 1), end],
  ].filter((cut): cut is [number, number] => cut[0]! <= cut[1]! && cut[1]! <= end);
}

describe('a log as stretches of leader epochs', () => {
  // Law: columns and stretches say of every offset what one object a record would say.
  test('holds, record by record, what a plain log holds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pair = new Pair();
        for (const one of steps) pair.play(one);
        pair.logs.forEach((log, i) => {
          expectSame(log, pair.plain[i]!, pair.newestEpoch);
        });
      }),
      { numRuns: 300, seed: 41 },
    );
  });

  // Law (KIP-101): the same offset under the same leader epoch is the same record, and so is everything before it.
  test('of two replicas that agree on offset and leader epoch holds the same records up to there', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pair = new Pair();
        for (const one of steps) pair.play(one);
        const [a, b] = [pair.plain[0]!, pair.plain[1]!];
        for (let offset = Math.min(a.end, b.end) - 1; offset >= 0; offset--) {
          if (a.records[offset]!.epoch !== b.records[offset]!.epoch) continue;
          expect(recordsOf(pair.logs[0]!, 0, offset + 1)).toEqual(recordsOf(pair.logs[1]!, 0, offset + 1));
          return;
        }
      }),
      { numRuns: 300, seed: 42 },
    );
  });
});

function logOf(...epochs: { epoch: number; count: number }[]): ReplicaLog {
  const log = new ReplicaLog(new PartitionHistory());
  let first = 0;
  for (const { epoch, count } of epochs) {
    log.beginEpoch(epoch);
    if (count > 0) log.append(count, count * 100, 0, first, first, first + count - 1, 7, 0, first);
    first += count;
  }
  return log;
}

describe('where a leader epoch ends (OffsetsForLeaderEpoch)', () => {
  const log = logOf({ epoch: 2, count: 10 }, { epoch: 5, count: 10 }, { epoch: 6, count: 0 });

  test('a known epoch ends where the next begins, the last one at the log end', () => {
    expect(log.endOf(2)).toEqual({ leaderEpoch: 2, endOffset: 10 });
    expect(log.endOf(6)).toEqual({ leaderEpoch: 6, endOffset: 20 });
  });

  test('an epoch that this replica never saw is answered with the largest one below it', () => {
    expect(log.endOf(4)).toEqual({ leaderEpoch: 2, endOffset: 10 });
  });

  test('an epoch older than everything known ends where the first known one begins', () => {
    expect(log.endOf(1)).toEqual({ leaderEpoch: 1, endOffset: 0 });
  });

  test('a log without any epoch knows nothing', () => {
    expect(logOf().endOf(3)).toEqual({ leaderEpoch: -1, endOffset: 0 });
  });
});

describe('truncation', () => {
  test('to the log end drops the epoch of a leader that never appended', () => {
    const log = logOf({ epoch: 2, count: 10 }, { epoch: 5, count: 0 });
    log.truncateTo(10);
    expect(log.lastEpoch).toBe(2);
    expect(log.logEndOffset).toBe(10);
  });

  test('above the log end changes no offset', () => {
    const log = logOf({ epoch: 2, count: 10 });
    log.truncateTo(15);
    expect([log.lastEpoch, log.logEndOffset]).toEqual([2, 10]);
  });

  test('below the log start takes the log start with it', () => {
    const log = logOf({ epoch: 2, count: 10 });
    log.logStartOffset = 8;
    log.truncateTo(3);
    expect([log.logStartOffset, log.logEndOffset]).toEqual([3, 3]);
  });
});

describe('rows of old batches are joined', () => {
  function longLog(batches: number): ReplicaLog {
    const log = new ReplicaLog(new PartitionHistory());
    log.beginEpoch(0);
    for (let i = 0; i < batches; i++)
      log.append(2, 150, i % 2000 === 1999 ? 1 : 0, 2 * i, 2000 * i, 2000 * i + 1000, 7, 0, 2 * i);
    return log;
  }

  test('and still say the same records, bytes and times', () => {
    const [plain, joined] = [longLog(6000), longLog(6000)];
    joined.history.compact(9_001);
    expect(joined.history.epoch(0).rowCount).toBeLessThan(plain.history.epoch(0).rowCount / 2);
    expect(recordsOf(joined, 0, 12_000).map(({ number }) => number)).toEqual(
      recordsOf(plain, 0, 12_000).map(({ number }) => number),
    );
    for (const offset of [0, 1, 777, 9_000, 9_001, 11_999, 12_000])
      expect(joined.bytesBetween(0, offset)).toBeCloseTo(plain.bytesBetween(0, offset), 6);
    for (const [i, { createdUs }] of recordsOf(joined, 0, 12_000).entries())
      expect(Math.abs(createdUs - 1000 * i)).toBeLessThanOrEqual(1);
  });

  test('but never those that some replica may still lose, nor the last five batches of a producer', () => {
    const log = longLog(6000);
    log.history.compact(4_000);
    const sizes: number[] = [];
    log.visitBatchesBackwards((_producer, _epoch, _sequence, count, base) => {
      if (base >= 4_000) sizes.push(count);
      return true;
    });
    expect(sizes).toEqual(new Array(4_000).fill(2));
  });
});

describe('the offset of a time (ListOffsets)', () => {
  const log = logOf({ epoch: 0, count: 10 }, { epoch: 1, count: 10 });

  test('is the first record created at or after it', () => {
    expect([log.offsetAtTime(0), log.offsetAtTime(4), log.offsetAtTime(9), log.offsetAtTime(13)]).toEqual([
      0, 4, 9, 13,
    ]);
  });

  test('is the log end when every record is older', () => {
    expect(log.offsetAtTime(20)).toBe(20);
  });

  test('is never below the log start', () => {
    const trimmed = logOf({ epoch: 0, count: 10 });
    trimmed.logStartOffset = 6;
    expect(trimmed.offsetAtTime(2)).toBe(6);
  });
});
