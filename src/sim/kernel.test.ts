import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENTS_AT_ONE_INSTANT, Kernel, LATE, MAX_TIME_US, NO_TIMER, NORMAL, URGENT } from './kernel.ts';

describe('order', () => {
  test('events run by time, then priority, then in the order of scheduling, over both queues', () => {
    const priority = fc.constantFrom(URGENT, NORMAL, LATE);
    const event = fc.record({ timeUs: fc.nat(20), priority, control: fc.boolean() });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300 }), (events) => {
        const kernel = new Kernel('order');
        const ran: number[] = [];
        events.forEach(({ timeUs, priority, control }, index) => {
          if (control) kernel.atControl(timeUs, (a) => ran.push(a), index, 0, priority);
          else kernel.atData(timeUs, (a) => ran.push(a), index, 0, priority);
        });
        const expected = [...events.keys()].sort(
          (x, y) => events[x]!.timeUs - events[y]!.timeUs || events[x]!.priority - events[y]!.priority || x - y,
        );
        expect(kernel.run(100)).toBe('drained');
        expect(ran).toEqual(expected);
        expect(kernel.eventCount).toBe(events.length);
        expect(kernel.controlEventCount).toBe(events.filter((e) => e.control).length);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('an urgent event scheduled by an action for this very instant runs before what waits there already', () => {
    const kernel = new Kernel('urgent');
    const ran: string[] = [];
    kernel.atData(5, () => {
      ran.push('first');
      kernel.atControl(kernel.nowUs, () => ran.push('urgent'), 0, 0, URGENT);
    });
    kernel.atData(5, () => ran.push('second'));
    kernel.run(5);
    expect(ran).toEqual(['first', 'urgent', 'second']);
  });

  test('an action is given its two numbers, fractions and large ones included', () => {
    const kernel = new Kernel('arguments');
    const seen: number[] = [];
    kernel.atData(1, (a, b) => seen.push(a, b), 0.5, Number.MAX_SAFE_INTEGER);
    kernel.atControl(1, (a, b) => seen.push(a, b));
    kernel.run(1);
    expect(seen).toEqual([0.5, Number.MAX_SAFE_INTEGER, 0, 0]);
  });
});

describe('the clock', () => {
  test('stands at the asked time when the next event lies later, and that event runs in a later call', () => {
    const kernel = new Kernel('clock');
    const times: number[] = [];
    for (const timeUs of [10, 20, 21]) kernel.atData(timeUs, () => times.push(kernel.nowUs));
    expect(kernel.run(20)).toBe('reached');
    expect([kernel.nowUs, times]).toEqual([20, [10, 20]]);
    expect(kernel.run(30)).toBe('drained');
    expect([kernel.nowUs, times]).toEqual([21, [10, 20, 21]]);
  });

  test('reaches its end without overflow when it is asked to run for ever', () => {
    const kernel = new Kernel('for ever');
    kernel.atControl(MAX_TIME_US, () => {});
    expect(kernel.run(Infinity)).toBe('drained');
    expect(kernel.nowUs).toBe(MAX_TIME_US);
  });

  test('refuses the past, fractions, NaN and unknown priorities, with seed, time and event number', () => {
    const kernel = new Kernel('refuse');
    kernel.atData(7, () => {});
    kernel.run(7);
    expect(() => kernel.atData(6, () => {})).toThrow(
      "scheduled at 6 us, which is in the past or not an integer (seed 'refuse', time 7 us, event 1)",
    );
    expect(() => kernel.atControl(7.5, () => {})).toThrow('7.5');
    expect(() => kernel.atControl(Number.NaN, () => {})).toThrow('NaN');
    expect(() => kernel.atControl(MAX_TIME_US + 1, () => {})).toThrow('scheduled at');
    expect(() => kernel.atControl(8, () => {}, 0, 0, 3)).toThrow('unknown priority 3');
    expect(() => kernel.run(6)).toThrow('in the past');
    expect(kernel.pendingCount).toBe(0);
  });
});

describe('cancelling', () => {
  test('a cancelled event does not run, in either queue', () => {
    const kernel = new Kernel('cancel');
    const ran: string[] = [];
    const control = kernel.atControl(5, () => ran.push('control'));
    const data = kernel.atData(5, () => ran.push('data'));
    expect([kernel.isPending(control), kernel.isPending(data)]).toEqual([true, true]);
    kernel.cancel(control);
    expect([kernel.isPending(control), kernel.isPending(data)]).toEqual([false, true]);
    kernel.run(10);
    expect(ran).toEqual(['data']);
  });

  test('an event is no longer pending inside its own action, and cancelling it there changes nothing', () => {
    const kernel = new Kernel('self');
    const pending: boolean[] = [];
    const handle = kernel.atControl(5, () => {
      pending.push(kernel.isPending(handle));
      kernel.cancel(handle);
      const next = kernel.atControl(6, () => pending.push(true));
      kernel.cancel(handle);
      pending.push(kernel.isPending(next));
    });
    kernel.cancel(NO_TIMER);
    kernel.run(10);
    expect(pending).toEqual([false, true, true]);
  });

  test('cancelled events alone leave nothing to reach', () => {
    const kernel = new Kernel('only cancelled');
    const handle = kernel.atControl(50, () => {});
    kernel.cancel(handle);
    expect(kernel.run(10)).toBe('drained');
    expect(kernel.describeHead()).toBeUndefined();
  });
});

describe('ends of a run', () => {
  test('the budget of events ends it exactly, and it goes on where it stood', () => {
    const kernel = new Kernel('budget');
    for (let timeUs = 1; timeUs <= 10; timeUs++) kernel.atData(timeUs, () => {});
    expect(kernel.run(100, { maxEvents: 4 })).toBe('budget');
    expect([kernel.eventCount, kernel.nowUs]).toEqual([4, 4]);
    expect(kernel.run(10, { maxEvents: 6 })).toBe('drained');
    expect(kernel.eventCount).toBe(10);
  });

  test('the stop request is asked at the start and then every so many events', () => {
    const kernel = new Kernel('stop');
    for (let timeUs = 1; timeUs <= 100; timeUs++) kernel.atData(timeUs, () => {});
    const askedAt: number[] = [];
    const stop = () => askedAt.push(kernel.eventCount) > 3;
    expect(kernel.run(100, { stop, stopCheckEvery: 10 })).toBe('stopped');
    expect(askedAt).toEqual([0, 10, 20, 30]);
    expect(kernel.eventCount).toBe(30);
  });

  test('a loop without delay is found, and its action is named', () => {
    const kernel = new Kernel('zeno');
    const again = () => void kernel.atData(kernel.nowUs, again);
    kernel.atData(3, again);
    expect(kernel.run(10)).toBe('zeno');
    expect([kernel.nowUs, kernel.eventCount]).toEqual([3, EVENTS_AT_ONE_INSTANT]);
    expect(kernel.describeHead()).toBe('again at 3 us');
    expect(kernel.run(10)).toBe('zeno');
  });

  test('exactly as many events at one instant as allowed are no loop', () => {
    const kernel = new Kernel('busy instant');
    for (const timeUs of [3, 4]) {
      for (let index = 0; index < EVENTS_AT_ONE_INSTANT; index++) kernel.atData(timeUs, () => {});
    }
    expect(kernel.run(10)).toBe('drained');
  });

  test('an error in an action passes through, counts its event and leaves the rest runnable', () => {
    const kernel = new Kernel('error');
    let ran = 0;
    kernel.atData(1, () => {
      throw new Error('broken');
    });
    kernel.atData(2, () => ran++);
    expect(() => kernel.run(10)).toThrow('broken');
    expect(kernel.run(10)).toBe('drained');
    expect([ran, kernel.eventCount]).toEqual([1, 2]);
  });

  test('run inside an action is refused', () => {
    const kernel = new Kernel('nested');
    kernel.atData(1, () => void kernel.run(5));
    expect(() => kernel.run(10)).toThrow('inside an action');
  });
});

describe('determinism', () => {
  /** A little world whose every step depends on luck and on order. */
  function play(sliceUs: number): number {
    const kernel = new Kernel('digest');
    const luck = kernel.random.stream('world');
    let digest = 0;
    let timer = NO_TIMER;
    const step = (id: number, depth: number) => {
      digest = (Math.imul(digest, 31) + id * 7 + depth + kernel.nowUs) | 0;
      kernel.cancel(timer);
      timer = kernel.atControl(kernel.nowUs + 5000, step, id + 1000, 0);
      if (kernel.pendingCount < 300 && luck.chance(0.5))
        kernel.atData(kernel.nowUs + luck.exponentialInt(50), step, id, depth + 1);
      kernel.atData(kernel.nowUs + luck.uniformInt(1, 900), step, id, depth, luck.uniformInt(0, 3));
      if (luck.chance(0.2)) kernel.cancel(kernel.atData(kernel.nowUs, step));
    };
    for (let id = 0; id < 5; id++) kernel.atData(id, step, id, 0);
    for (let untilUs = sliceUs; untilUs <= 30_000; untilUs += sliceUs) kernel.run(untilUs);
    expect(kernel.eventCount).toBeGreaterThan(1000);
    return digest;
  }

  test('the same seed gives the same run, in one piece or in slices', () => {
    expect(play(30_000)).toBe(play(30_000));
    expect(play(100)).toBe(play(30_000));
    expect(play(30_000)).toMatchInlineSnapshot(`1412723364`);
  });
});
