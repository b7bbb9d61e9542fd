import { github } from './github.ts';
import { htmlReporter } from './html/report.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { terminal } from './terminal/report.ts';

/** Every format of `--reporter`, in the order in which `--help` lists them. */
export const REPORTERS: readonly Reporter[] = [terminal, htmlReporter, markdown, junit, json, github];

export function findReporter(name: string): Reporter | null {
  return REPORTERS.find((reporter) => reporter.name === name) ?? null;
}
