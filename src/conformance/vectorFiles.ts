import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { VectorCase } from './checker.ts';

export interface VectorFile {
  /** File name without `.json`; it decides who checks it. */
  name: string;
  path: string;
  cases: readonly VectorCase[];
  /** Why the file has no cases to check; undefined when it has. */
  problem: string | undefined;
}

/** The JSON files of folders (not of folders in them), and files named outright; by name, then by path. */
export function readVectorFiles(paths: readonly string[]): VectorFile[] {
  return paths
    .flatMap(jsonFiles)
    .map(readVectorFile)
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.path, b.path));
}

function jsonFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((entry) => entry.endsWith('.json'))
    .map((entry) => join(path, entry));
}

function readVectorFile(path: string): VectorFile {
  const name = basename(path, '.json');
  try {
    const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases?: unknown };
    if (Array.isArray(cases) && cases.every(isCase)) return { name, path, cases, problem: undefined };
    return { name, path, cases: [], problem: 'it has no list of cases' };
  } catch (error) {
    return { name, path, cases: [], problem: error instanceof Error ? error.message : String(error) };
  }
}

function isCase(value: unknown): value is VectorCase {
  return typeof value === 'object' && value !== null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
