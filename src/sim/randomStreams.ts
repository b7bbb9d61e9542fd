import { assert } from './assert.ts';
import { RandomStream } from './randomStream.ts';

/**
 * One named stream per subject, each derived from `seed/name`.
 * Drawing from one never shifts another, and neither does adding one: two variants of a what-if share their luck.
 */
export class RandomStreams {
  readonly seed: string;
  readonly #streams = new Map<string, RandomStream>();

  /** @param seed never empty */
  constructor(seed: string) {
    assert(typeof seed === 'string' && seed !== '', 'a simulation needs a seed that is not empty');
    this.seed = seed;
  }

  /** The stream of this name; the same object at every call, so its draws go on where they stood. */
  stream(name: string): RandomStream {
    assert(name !== '', 'a random stream needs a name');
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = new RandomStream(`${this.seed}/${name}`);
      this.#streams.set(name, stream);
    }
    return stream;
  }
}
