/**
 * Rewrites `src/kafka/tables/` from exported config definitions and error codes.
 *
 *   node scripts/kafkaTables.ts CONFIG_DIR ERROR_CODES_JSON
 *
 * CONFIG_DIR holds one file per kind, each `{ versions, configs: { NAME: [{ from, to, type, default, ... }] } }`.
 * What no reader of ours uses (importance) is dropped, and neighbouring runs that are then equal become one.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

type Run = Record<string, unknown> & { from: string; to: string };
interface Exported {
  versions: string[];
  configs: Record<string, Run[]>;
}

const KINDS = ['broker', 'topic', 'producer', 'consumer', 'group', 'admin', 'streams', 'connect', 'mirror'];
const TARGET = new URL('../src/kafka/tables/', import.meta.url);
const [configDir, errorCodesFile] = process.argv.slice(2);
if (!configDir || !errorCodesFile) throw new Error('usage: node scripts/kafkaTables.ts CONFIG_DIR ERROR_CODES_JSON');

mkdirSync(TARGET, { recursive: true });
for (const kind of KINDS) {
  const exported = JSON.parse(readFileSync(`${configDir}/${kind}.json`, 'utf8')) as Exported;
  writeFileSync(new URL(`${kind}.json`, TARGET), compactTable(exported));
}
writeFileSync(new URL('errorCodes.ts', TARGET), errorTable(errorCodesFile));

function compactTable({ versions, configs }: Exported): string {
  const lines = Object.keys(configs)
    .sort()
    .map((name) => `${JSON.stringify(name)}: ${JSON.stringify(mergeRuns(configs[name] ?? [], versions))}`);
  return `{\n"versions": ${JSON.stringify(versions)},\n"configs": {\n${lines.join(',\n')}\n}\n}\n`;
}

function mergeRuns(runs: Run[], versions: string[]): Run[] {
  const merged: Run[] = [];
  for (const { importance: _importance, ...run } of runs) {
    const last = merged.at(-1);
    const follows = last !== undefined && versions.indexOf(last.to) + 1 === versions.indexOf(run.from as string);
    if (last && follows && facts(last) === facts(run as Run)) last.to = run.to as string;
    else merged.push(run as Run);
  }
  return merged;
}

function facts({ from: _from, to: _to, ...rest }: Run): string {
  return JSON.stringify(rest);
}

function errorTable(file: string): string {
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { code: number; name: string; exception: string | null; retriable: boolean; refreshesMetadata: boolean }[];
  };
  const rows = cases.map(
    (c) => `  ${c.name}: [${c.code}, ${quoted(c.exception)}, ${Number(c.retriable)}, ${Number(c.refreshesMetadata)}],`,
  );
  return `/**
 * Kafka's protocol errors: name to [code, exception of the Java client, retriable, refreshes metadata].
 * Written by \`scripts/kafkaTables.ts\`; source: Kafka's \`common/protocol/Errors\`.
 */
export const ERROR_ROWS = {
${rows.join('\n')}
} as const satisfies Record<string, readonly [number, string | null, 0 | 1, 0 | 1]>;
`;
}

function quoted(text: string | null): string {
  return text === null ? 'null' : `'${text}'`;
}
