import type { Place } from '../../scenario/scenario.ts';

export type ProcessKind = 'broker' | 'controller' | 'zookeeper' | 'client';

/**
 * running  executes
 * frozen   SIGSTOP, long GC, paused VM: the kernel still acknowledges packets, nobody answers; work queues up
 * dead     no process; its host answers new packets with RST
 */
export type ProcessLife = 'running' | 'frozen' | 'dead';

export type LifeListener = (process: Process, from: ProcessLife, to: ProcessLife) => void;

/** One operating-system process on a host of its own. A combined broker and controller share one. */
export class Process {
  readonly index: number;
  readonly name: string;
  readonly kind: ProcessKind;
  readonly place: Place;
  life: ProcessLife = 'running';
  /** Counts starts: a callback of an earlier life compares it and does nothing. */
  incarnation = 0;
  /** The trace event that last changed this process's life or its network; the root of what it causes. */
  cause = -1;
  readonly #deferred: (() => void)[] = [];
  readonly #listeners: LifeListener[] = [];

  constructor(index: number, name: string, kind: ProcessKind, place: Place) {
    this.index = index;
    this.name = name;
    this.kind = kind;
    this.place = place;
  }

  onLifeChange(listener: LifeListener): void {
    this.#listeners.push(listener);
  }

  /** Runs `work` now, or when a frozen process resumes, or never when it is dead. */
  run(work: () => void): void {
    if (this.life === 'running') work();
    else if (this.life === 'frozen') this.#deferred.push(work);
  }

  kill(): void {
    this.#deferred.length = 0;
    this.#change('dead');
  }

  /** A new incarnation of the process begins; what the old one had queued is gone. */
  start(): void {
    this.#deferred.length = 0;
    this.incarnation++;
    this.#change('running');
  }

  /** SIGSTOP; the dead do not freeze. */
  freeze(): void {
    if (this.life === 'running') this.#change('frozen');
  }

  /** SIGCONT: everything that arrived meanwhile is handled now, in the order of arrival. It wakes no dead process. */
  resume(): void {
    if (this.life !== 'frozen') return;
    this.#change('running');
    const work = this.#deferred.splice(0);
    for (const job of work) this.run(job);
  }

  #change(to: ProcessLife): void {
    const from = this.life;
    if (from === to) return;
    this.life = to;
    for (const listener of this.#listeners) listener(this, from, to);
  }
}
