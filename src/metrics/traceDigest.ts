const TWO_TO_32 = 4294967296;
const doubleView = new Float64Array(1);
const wordView = new Uint32Array(doubleView.buffer);

/**
 * A rolling 64-bit hash over every call of the recorder: two runs that differ in anything they told differ here.
 * Two 32-bit lanes with different multipliers; not meant to withstand an adversary.
 */
export class TraceDigest {
  #left = 0x2545f491;
  #right = 0x6c078965;
  readonly #texts = new Map<string, number>();

  number(value: number): void {
    const low = value | 0;
    this.#word(low);
    if (low !== value) this.#rest(value);
  }

  text(text: string): void {
    let hash = this.#texts.get(text);
    if (hash === undefined) {
      hash = hashOf(text);
      this.#texts.set(text, hash);
    }
    this.#word(hash);
  }

  /** Any plain data; object keys in code-unit order, so that the order of writing them does not count. */
  data(value: unknown): void {
    if (typeof value === 'number') this.number(value);
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'boolean') this.#word(value ? 3 : 2);
    else if (value === null || value === undefined) this.#word(1);
    else if (Array.isArray(value)) this.#list(value);
    else this.#record(value as Record<string, unknown>);
  }

  /** 16 hexadecimal digits. */
  hex(): string {
    return hexOf(finished(this.#left)) + hexOf(finished(this.#right));
  }

  #word(word: number): void {
    const left = Math.imul(this.#left ^ word, 0x9e3779b1);
    this.#left = left ^ (left >>> 15);
    const right = Math.imul((this.#right + word) | 0, 0x85ebca6b);
    this.#right = (right << 13) | (right >>> 19);
  }

  /** What the low 32 bits do not tell: the high half of a large integer, or all bits of a fraction. */
  #rest(value: number): void {
    if (Number.isInteger(value)) {
      this.#word(Math.floor(value / TWO_TO_32) | 0);
      return;
    }
    doubleView[0] = value;
    this.#word(wordView[0]! | 0);
    this.#word(wordView[1]! | 0);
  }

  #list(items: readonly unknown[]): void {
    this.#word(items.length + 0x10000);
    for (const item of items) this.data(item);
  }

  #record(fields: Record<string, unknown>): void {
    for (const key of Object.keys(fields).sort()) {
      this.text(key);
      this.data(fields[key]);
    }
  }
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

function finished(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hexOf(word: number): string {
  return word.toString(16).padStart(8, '0');
}
