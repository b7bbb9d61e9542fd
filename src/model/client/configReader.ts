import type { Configs } from '../../scenario/scenario.ts';

/** Reads effective client configs in model units. */
export class ConfigReader {
  readonly #configs: Configs;

  constructor(configs: Configs) {
    this.#configs = configs;
  }

  number(name: string): number {
    const value = Number(this.#configs.get(name)?.value);
    if (Number.isNaN(value)) throw new Error(`config ${name} is not a number`);
    return value;
  }

  /** A config in milliseconds, in microseconds. */
  us(name: string): number {
    return this.number(name) * 1000;
  }

  text(name: string): string {
    return String(this.#configs.get(name)?.value ?? '');
  }

  /** Whether the release knows it. */
  has(name: string): boolean {
    return this.#configs.has(name);
  }

  /** A list, or its text with commas. */
  list(name: string): string[] {
    const value = this.#configs.get(name)?.value;
    const items = Array.isArray(value) ? value.map(String) : String(value ?? '').split(',');
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }

  flag(name: string): boolean {
    const value = this.#configs.get(name)?.value;
    return value === true || value === 'true';
  }

  /** Written by somebody, not a default. */
  isSet(name: string): boolean {
    const origin = this.#configs.get(name)?.origin;
    return origin !== undefined && origin !== 'kafka default';
  }
}
