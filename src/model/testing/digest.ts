/** FNV-1a over names and arguments of calls: enough to tell two runs apart in a test. */
export class Digest {
  #value = 0x811c9dc5;

  get value(): number {
    return this.#value >>> 0;
  }

  add(name: string, parts: readonly (number | string | boolean)[]): void {
    this.#text(name);
    for (const part of parts) this.#text(`,${part}`);
  }

  #text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#value = Math.imul(this.#value ^ text.charCodeAt(i), 0x01000193);
  }
}
