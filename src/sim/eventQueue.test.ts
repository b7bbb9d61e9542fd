import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './eventQueue.ts';

const nothing = () => {};

/** Takes everything out and returns the first argument of each event that ran. */
function drain(queue: EventQueue, ran: number[]): number[] {
  while (queue.heldCount > 0) if (!queue.dropCancelledHead()) queue.runHead();
  return ran;
}

test('events come out in the order of a sorted list, whatever was pushed, cancelled and run in between', () => {
  // Law: the queue behaves as a list that is sorted by (time, rank) before each look, without the cancelled ones.
  const command = fc.oneof(
    { weight: 5, arbitrary: fc.record({ push: fc.nat(40) }) },
    { weight: 3, arbitrary: fc.record({ cancel: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ run: fc.nat(6) }) },
  );
  fc.assert(
    fc.property(fc.array(command, { minLength: 100, maxLength: 400 }), (commands) => {
      const queue = new EventQueue(1);
      const ran: number[] = [];
      const expected: number[] = [];
      let sorted: { timeUs: number; rank: number; handle: number }[] = [];
      const handles: number[] = [];
      commands.forEach((step, rank) => {
        if ('push' in step) {
          const handle = queue.push(step.push, rank, (a) => ran.push(a), rank, 0);
          handles.push(handle);
          sorted.push({ timeUs: step.push, rank, handle });
          sorted.sort((x, y) => x.timeUs - y.timeUs || x.rank - y.rank);
        } else if ('cancel' in step) {
          const handle = handles[step.cancel % Math.max(1, handles.length)] ?? -1;
          expect(queue.isPending(handle)).toBe(sorted.some((event) => event.handle === handle));
          queue.cancel(handle);
          sorted = sorted.filter((event) => event.handle !== handle);
        } else {
          for (const event of sorted.splice(0, step.run)) {
            expected.push(event.rank);
            while (queue.dropCancelledHead()) {}
            queue.runHead();
          }
        }
        expect(queue.pendingCount).toBe(sorted.length);
      });
      expected.push(...sorted.map((event) => event.rank));
      expect(drain(queue, ran)).toEqual(expected);
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('20,000 pushes with many equal times, most of them cancelled, come out as a sort puts them', () => {
  // More than half are cancelled in a random order, so that sweeps happen at many lengths and hit the head as well.
  const event = fc.record({ timeUs: fc.nat(5000), isCancelled: fc.boolean(), isCancelledToo: fc.boolean() });
  fc.assert(
    fc.property(fc.array(event, { minLength: 20_000, maxLength: 20_000 }), (events) => {
      const queue = new EventQueue(0);
      const ran: number[] = [];
      const handles = events.map(({ timeUs }, rank) => queue.push(timeUs, rank, (a) => ran.push(a), rank, 0));
      const isGone = (rank: number) => events[rank]!.isCancelled || events[rank]!.isCancelledToo;
      handles.forEach((handle, rank) => {
        if (isGone(rank)) queue.cancel(handle);
      });
      expect(queue.heldCount).toBeLessThan(15_000);
      const order = [...events.keys()].filter((rank) => !isGone(rank));
      order.sort((x, y) => events[x]!.timeUs - events[y]!.timeUs || x - y);
      expect(drain(queue, ran)).toEqual(order);
    }),
    { numRuns: 3, seed: 11 },
  );
});

test('after the earliest events are cancelled and swept out, the rest still comes out in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: 200, maxLength: 400 }),
      fc.double({ min: 0.5, max: 1, noNaN: true }),
      (times, share) => {
        const queue = new EventQueue(0);
        const ran: number[] = [];
        const handles = times.map((timeUs, rank) => queue.push(timeUs, rank, (a) => ran.push(a), rank, 0));
        const order = [...times.keys()].sort((x, y) => times[x]! - times[y]! || x - y);
        const gone = order.splice(0, Math.floor(times.length * share));
        for (const rank of gone) queue.cancel(handles[rank]!);
        expect(drain(queue, ran)).toEqual(order);
      },
    ),
    { numRuns: 200, seed: 13 },
  );
});

test('a handle of an event that ran never cancels the event that took its slot', () => {
  const queue = new EventQueue(0);
  const first = queue.push(1, 0, nothing, 0, 0);
  queue.runHead();
  const second = queue.push(2, 1, nothing, 0, 0);
  queue.cancel(first);
  expect(queue.isPending(first)).toBe(false);
  expect(queue.isPending(second)).toBe(true);
});

test('a slot whose generations are used up is never used again', () => {
  const queue = new EventQueue(0, 3);
  const handles = new Set<number>();
  for (let rank = 0; rank < 10; rank++) {
    handles.add(queue.push(rank, rank, nothing, 0, 0));
    queue.runHead();
  }
  expect(handles.size).toBe(10);
});

test('numbers that are no handle are not pending and cancel nothing', () => {
  const queue = new EventQueue(0);
  const freed = queue.push(0, 0, nothing, 0, 0);
  const handle = queue.push(1, 1, nothing, 0, 0);
  queue.runHead();
  const neverGivenOut = freed + (1 << 24); // the freed slot's next generation
  for (const other of [-1, 0, Number.NaN, freed, neverGivenOut, handle + 2, handle * 2, Number.MAX_SAFE_INTEGER]) {
    expect(queue.isPending(other)).toBe(false);
    queue.cancel(other);
  }
  expect(queue.pendingCount).toBe(1);
});

test('timers that are always cancelled before they run take no more and more room', () => {
  const queue = new EventQueue(0);
  let handle = -1;
  for (let rank = 0; rank < 100_000; rank++) {
    queue.cancel(handle);
    handle = queue.push(45_000_000 + rank, rank, nothing, 0, 0);
    expect(queue.heldCount).toBeLessThanOrEqual(130);
  }
  expect(queue.pendingCount).toBe(1);
});
