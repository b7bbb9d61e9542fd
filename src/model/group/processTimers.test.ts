import { expect, test } from 'vitest';
import { Kernel } from '../../sim/index.ts';
import { Process } from '../network/process.ts';
import { MovingDeadline } from './movingDeadline.ts';
import { processTimers } from './processTimers.ts';

test('a deadline that passed while the process was frozen does not run when something cleared it first', () => {
  const kernel = new Kernel('timers');
  const process = new Process(0, 'broker 1', 'broker', { region: 'local', zone: 'a' });
  const fired: number[] = [];
  const timers = processTimers(kernel, process, () => true);
  const early = new MovingDeadline(timers, () => {
    fired.push(1);
    late.clear();
  });
  const late = new MovingDeadline(timers, () => fired.push(2));
  early.restart(100);
  late.restart(200);
  kernel.run(50);
  process.freeze();
  kernel.run(1000);
  expect(fired).toEqual([]);
  process.resume();
  expect(fired).toEqual([1]);
});
