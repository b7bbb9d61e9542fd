import { readFileSync } from 'node:fs';

let version: string | undefined;

/** The version in package.json, which lies two folders up both in the sources and in what is published. */
export function programVersion(): string {
  version ??= (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version;
  return version;
}
