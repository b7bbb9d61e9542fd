import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** A fenced block of a page. The first word of its info string is the language, the others say what to do with it. */
export interface DocBlock {
  readonly page: string;
  /** Of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly marks: readonly string[];
  readonly text: string;
}

/** Every page that a person wrote or a script generated, relative to the root. */
export function pages(): string[] {
  const below = readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md'));
  return ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...below.sort()];
}

export function readPage(page: string): string {
  return readFileSync(`${ROOT}${page}`, 'utf8');
}

export function blocksOf(page: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  let open: { line: number; info: string; lines: string[] } | null = null;
  for (const [index, line] of readPage(page).split('\n').entries()) {
    const fence = /^\s*```(.*)$/.exec(line);
    if (fence && open) {
      const [language = '', ...marks] = open.info.trim().split(/\s+/);
      blocks.push({ page, line: open.line, language, marks, text: open.lines.map((one) => `${one}\n`).join('') });
      open = null;
    } else if (fence) {
      open = { line: index + 1, info: fence[1]!, lines: [] };
    } else {
      open?.lines.push(line);
    }
  }
  if (open) throw new Error(`${page}:${open.line}: a block that is never closed`);
  return blocks;
}

/** `file=orders.scenario.yaml` among the marks: where the block stands when commands of the pages run. */
export function fileOf(block: DocBlock): string | undefined {
  return block.marks.find((mark) => mark.startsWith('file='))?.slice('file='.length);
}

/** Commands of `sh` blocks, without comments. */
export function commandsOf(block: DocBlock): string[] {
  return block.text
    .split('\n')
    .map((line) => line.replace(/\s+#.*$|^#.*$/, '').trim())
    .filter((line) => line !== '');
}
