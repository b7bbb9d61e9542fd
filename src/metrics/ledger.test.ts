import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger } from './ledger.ts';

const RECORDS = 30;
const range = fc.tuple(fc.nat(RECORDS - 1), fc.integer({ min: 1, max: 8 })).map(([first, count]) => ({
  first,
  count: Math.min(count, RECORDS - first),
}));
const ranges = fc.array(range, { maxLength: 12 });
const fates = fc.array(fc.constantFrom('acknowledged', 'refused', 'unknown', 'neverSent', 'unresolved'), {
  minLength: RECORDS,
  maxLength: RECORDS,
});

function told(fate: readonly string[]): Ledger {
  const ledger = new Ledger();
  ledger.laneOpened(0, 0, 0);
  ledger.offered(0, 0, RECORDS);
  fate.forEach((what, record) => {
    if (what === 'acknowledged') ledger.acknowledged(0, record, 1);
    else if (what === 'neverSent') ledger.neverSent(0, record, 1);
    else if (what === 'unresolved') ledger.unresolved(0, record, 1);
    else ledger.failed(0, record, 1, what === 'unknown');
  });
  return ledger;
}

function account(ledger: Ledger) {
  return ledger.entry('orders', [0], null, () => true);
}

/** The same account, one record at a time. */
function oracle(fate: readonly string[], log: readonly number[], deliveries: readonly number[]) {
  const records = fate.map((_, record) => record);
  const copies = records.map((record) => log.filter((stored) => stored === record).length);
  const seen = records.map((record) => deliveries.filter((delivered) => delivered === record).length);
  const firstCopies = log.filter((record, place) => log.indexOf(record) === place);
  const count = (claim: (record: number) => boolean) => records.filter(claim).length;
  const is = (what: string) => count((record) => fate[record] === what);
  return {
    of: 'orders',
    offered: RECORDS,
    acknowledged: is('acknowledged'),
    refused: is('refused'),
    unknown: is('unknown'),
    neverSent: is('neverSent'),
    unresolved: is('unresolved'),
    stored: count((record) => copies[record]! > 0),
    expired: 0,
    lost: count((record) => fate[record] === 'acknowledged' && copies[record] === 0),
    duplicated: count((record) => copies[record]! > 1),
    reordered: firstCopies.filter((record, place) => place > 0 && record < firstCopies[place - 1]!).length,
    storedThoughFailed: count((record) => copies[record]! > 0 && ['refused', 'unknown'].includes(fate[record]!)),
    delivered: count((record) => seen[record]! > 0),
    redelivered: count((record) => seen[record]! > 1),
    notDelivered: count((record) => copies[record]! > 0 && seen[record] === 0),
  };
}

// Law: intervals count what a list of single records would.
test('the ledger agrees with an account kept record by record', () => {
  fc.assert(
    fc.property(fates, ranges, ranges, (fate, stored, delivered) => {
      const ledger = told(fate);
      const log: number[] = [];
      for (const { first, count } of stored) {
        ledger.stored(0, log.length, count, 0, first);
        for (let i = 0; i < count; i++) log.push(first + i);
      }
      for (const { first, count } of delivered) ledger.delivered(0, 0, first, count);
      const seen = delivered.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
      expect(account(ledger)).toEqual(oracle(fate, log, seen));
      expect(ledger.unaccounted()).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('a record that is in two populations or in none is noticed', () => {
  const ledger = new Ledger();
  ledger.laneOpened(0, 0, 0);
  ledger.offered(0, 0, 10);
  ledger.acknowledged(0, 0, 6);
  ledger.failed(0, 5, 2, true);
  expect(ledger.unaccounted()).toBe(1 + 3);
});

test('records that retention removed are expired and not lost', () => {
  const ledger = told(Array(RECORDS).fill('acknowledged'));
  ledger.appended(0, 1, 0, 0, RECORDS, 0, 0, 7, 100);
  ledger.expired(0, 12);
  ledger.stored(0, 12, RECORDS - 12, 0, 12);
  expect(account(ledger)).toMatchObject({ expired: 12, stored: 18, lost: 0, duplicated: 0 });
});

test('records that the last leader still holds, though one before it had removed them by retention, are stored once', () => {
  const ledger = told(Array(RECORDS).fill('acknowledged'));
  ledger.appended(0, 1, 0, 0, RECORDS, 0, 0, 7, 100);
  ledger.expired(0, 12);
  ledger.stored(0, 5, RECORDS - 5, 0, 5);
  expect(account(ledger)).toMatchObject({ expired: 12, stored: 18, lost: 0, duplicated: 0, reordered: 0 });
});

test('a second copy at a later offset of a record that retention removed is a duplicate', () => {
  const ledger = told(Array(RECORDS).fill('acknowledged'));
  ledger.appended(0, 1, 0, 0, RECORDS, 0, 0, 7, 100);
  ledger.appended(0, 1, 0, RECORDS, 3, 0, 0, 7, 200);
  ledger.expired(0, 12);
  ledger.stored(0, 12, RECORDS - 12, 0, 12);
  ledger.stored(0, RECORDS, 3, 0, 0);
  expect(account(ledger)).toMatchObject({ expired: 12, duplicated: 3, lost: 0 });
});

test('what a new leader left behind is known with the event that made it leader', () => {
  const ledger = told(Array(RECORDS).fill('acknowledged'));
  ledger.appended(0, 1, 0, 0, 20, 0, 0, 7, 100);
  ledger.leading(0, 1, 15, 42, 900);
  ledger.appended(0, 2, 1, 15, 5, 0, 20, 42, 950);
  ledger.appended(0, 1, 0, 20, 5, 0, 25, 42, 960);
  expect(ledger.removedRanges).toEqual([
    { partition: 0, broker: -1, lane: 0, offset: 15, count: 5, first: 15, cause: 42, atUs: 900 },
    { partition: 0, broker: 1, lane: 0, offset: 20, count: 5, first: 25, cause: 42, atUs: 960 },
  ]);
});

test('a follower that truncates two neighbouring batches lost one range', () => {
  const ledger = new Ledger();
  ledger.removed(0, 2, 105, 5, 0, 45, 9, 1000);
  ledger.removed(0, 2, 100, 5, 0, 40, 9, 1000);
  expect(ledger.removedRanges).toEqual([
    { partition: 0, broker: 2, lane: 0, offset: 100, count: 10, first: 40, cause: 9, atUs: 1000 },
  ]);
});

test('a former leader of two partitions, appending to them in turn, lost one range of each', () => {
  const ledger = new Ledger();
  for (const at of [0, 5, 10]) {
    ledger.removed(0, 1, 100 + at, 5, 0, at, 9, 1000 + at);
    ledger.removed(1, 1, 200 + at, 5, 1, at, 9, 1000 + at);
  }
  expect(ledger.removedRanges).toEqual([
    { partition: 0, broker: 1, lane: 0, offset: 100, count: 15, first: 0, cause: 9, atUs: 1000 },
    { partition: 1, broker: 1, lane: 1, offset: 200, count: 15, first: 0, cause: 9, atUs: 1000 },
  ]);
});

test('records that no producer sent, such as committed offsets, have no account', () => {
  const ledger = new Ledger();
  ledger.appended(7, 1, 0, 0, 3, -1, 0, 2, 100);
  ledger.leading(7, 1, 1, 5, 200);
  ledger.removed(7, 1, 1, 2, -1, 1, 5, 200);
  ledger.expired(7, 1);
  ledger.stored(7, 1, 1, -1, 0);
  ledger.delivered(0, -1, 0, 1);
  expect(ledger.removedRanges).toEqual([]);
  expect(ledger.unaccounted()).toBe(0);
});
