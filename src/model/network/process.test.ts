import { describe, expect, test } from 'vitest';
import { Process } from './process.ts';

function newProcess(): { process: Process; done: string[]; later: (what: string) => void } {
  const process = new Process(0, 'broker 1', 'broker', { region: 'eu', zone: 'a' });
  const done: string[] = [];
  return { process, done, later: (what) => process.run(() => void done.push(what)) };
}

describe('work for a process', () => {
  test('is done at once while it runs, and in the order of arrival when it resumes', () => {
    const { process, done, later } = newProcess();
    later('a');
    process.freeze();
    later('b');
    later('c');
    expect(done).toEqual(['a']);
    process.resume();
    expect(done).toEqual(['a', 'b', 'c']);
  });

  test('is lost when it dies, also what waited for a frozen one', () => {
    const { process, done, later } = newProcess();
    process.freeze();
    later('a');
    process.kill();
    later('b');
    process.start();
    expect(done).toEqual([]);
  });

  test('that freezes it again while it resumes keeps what is left for the next time', () => {
    const { process, done, later } = newProcess();
    process.freeze();
    process.run(() => process.freeze());
    later('a');
    process.resume();
    expect(done).toEqual([]);
    process.resume();
    expect(done).toEqual(['a']);
  });
});

test('SIGCONT does not bring back a process that was killed while it hung', () => {
  const { process, done, later } = newProcess();
  process.freeze();
  process.kill();
  process.resume();
  later('a');
  expect([process.life, done]).toEqual(['dead', []]);
});

test('each start begins a new incarnation, and nobody is told twice of the same life', () => {
  const { process } = newProcess();
  const lives: string[] = [];
  process.onLifeChange((_process, from, to) => lives.push(`${from}-${to}`));
  process.kill();
  process.kill();
  process.start();
  expect(process.incarnation).toBe(1);
  expect(lives).toEqual(['running-dead', 'dead-running']);
});
