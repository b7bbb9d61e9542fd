import { expect, test } from 'vitest';
import { RequestQueue } from './requestQueue.ts';

test('requests wait until a handler takes them', () => {
  const queue = new RequestQueue();
  queue.add(30, 10);
  queue.add(40, 10);
  expect(queue.waiting(29)).toBe(2);
  expect(queue.waiting(30)).toBe(1);
  queue.add(45, 35);
  expect(queue.waiting(39)).toBe(2);
  expect(queue.waiting(45)).toBe(0);
});

test('as many wait as there are', () => {
  const queue = new RequestQueue();
  for (let i = 0; i < 1000; i++) queue.add(10_000 + i, i);
  expect(queue.waiting(9_999)).toBe(1000);
  expect(queue.waiting(10_499)).toBe(500);
});
