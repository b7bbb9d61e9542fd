import {
  type Alias,
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  Parser,
} from 'yaml';
import type { Diagnostics } from '../diagnostics.ts';
import { FORBIDDEN_KEYS, LIMITS } from '../limits.ts';
import type { Sources } from '../sources.ts';
import type { Entry, Node, Span } from '../tree.ts';

type YamlNode = NonNullable<Document['contents']>;

/**
 * One YAML file as a tree with positions; undefined when nothing usable could be read.
 *
 * Bounds are checked before anything is built from the text: size first, depth on the concrete syntax (the lexer and
 * parser do not recurse), then the size to which aliases expand. Duplicate keys and unknown tags are reported while
 * the rest of the file is still read.
 */
export function readYaml(
  bytes: Uint8Array,
  file: string,
  sources: Sources,
  diagnostics: Diagnostics,
): Node | undefined {
  const text = decode(bytes, file, sources, diagnostics);
  if (text === undefined) return undefined;
  sources.add(file, text);
  return readYamlText(text, file, diagnostics);
}

/** As `readYaml`, for text that is already among the sources. */
export function readYamlText(text: string, file: string, diagnostics: Diagnostics): Node | undefined {
  const tokens = parseWithinDepth(text, file, diagnostics);
  const doc = tokens && compose(tokens, text, file, diagnostics);
  if (!doc) return undefined;
  if (!doc.contents || (isScalar(doc.contents) && doc.contents.value === null && !doc.contents.source?.trim())) {
    diagnostics.error('SP1002', { file, start: 0, end: 1 }, 'the file is empty', {
      hint: '`streamproof init` writes a sample scenario',
    });
    return undefined;
  }
  return new TreeBuilder(file, diagnostics).build(doc.contents);
}

function decode(bytes: Uint8Array, file: string, sources: Sources, diagnostics: Diagnostics): string | undefined {
  const start = { file, start: 0, end: 1 };
  sources.add(file, '');
  if (bytes.length > LIMITS.fileBytes) {
    const mebibytes = (bytes.length / LIMITS.fileBytes).toFixed(1);
    diagnostics.error('SP1003', start, `the file has ${mebibytes} MiB; a scenario file may have 1 MiB`);
    return undefined;
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Not UTF-8: reported below, as binary content is.
  }
  diagnostics.error('SP1004', start, 'the file is not text (it holds NUL bytes or is not UTF-8)');
  return undefined;
}

function parseWithinDepth(text: string, file: string, diagnostics: Diagnostics): CST.Token[] | undefined {
  const tokens: CST.Token[] = [];
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > LIMITS.depth) {
      const at = { file, start: parser.offset, end: parser.offset + 1 };
      diagnostics.error('SP1005', at, `nested more than ${LIMITS.depth} levels deep`);
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

function compose(tokens: CST.Token[], text: string, file: string, diagnostics: Diagnostics): Document | undefined {
  // Duplicate keys are found below: the library's own check is quadratic in the size of a map.
  const composer = new Composer({ version: '1.2', stringKeys: true, uniqueKeys: false, logLevel: 'silent' });
  const documents = [...composer.compose(tokens, true, text.length)];
  const [doc, second] = documents;
  if (!doc) return undefined;
  if (second) {
    const [start, end] = second.range;
    diagnostics.error(
      'SP1012',
      { file, start, end: Math.min(end, start + 3) },
      'a second document starts here; a file is one scenario',
    );
  }
  let usable = true;
  for (const problem of [...doc.errors, ...doc.warnings]) {
    const span = { file, start: problem.pos[0], end: Math.max(problem.pos[1], problem.pos[0] + 1) };
    if (problem.code === 'TAG_RESOLVE_FAILED') {
      diagnostics.error('SP1008', span, 'YAML tags are not accepted');
    } else if (problem.name === 'YAMLParseError') {
      const isPath = /\w\.\[/.test(text.slice(Math.max(0, span.start - 120), span.end));
      diagnostics.error('SP1010', span, `not valid YAML: ${lowerFirst(problem.message)}`, {
        hint: isPath ? 'inside { } quote paths with brackets: "clusters.eu.config.[min.insync.replicas]"' : undefined,
      });
      usable = false;
    }
  }
  return usable ? doc : undefined;
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** Turns yaml's nodes into ours; an anchor is built once and shared by its aliases. */
class TreeBuilder {
  readonly #file: string;
  readonly #diagnostics: Diagnostics;
  readonly #built = new Map<YamlNode, { node: Node | undefined; size: number }>();
  readonly #open = new Set<YamlNode>();
  readonly #anchors = new Map<string, YamlNode>();
  #overLimit = false;

  constructor(file: string, diagnostics: Diagnostics) {
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  build(contents: YamlNode): Node | undefined {
    const { node } = this.#convert(contents);
    return this.#overLimit ? undefined : node;
  }

  #convert(source: YamlNode): { node: Node | undefined; size: number } {
    if (isAlias(source)) return this.#follow(source);
    const known = this.#built.get(source);
    if (known) return known;
    if (source.anchor) this.#anchors.set(source.anchor, source);
    this.#open.add(source);
    const built = this.#convertPlain(source);
    this.#open.delete(source);
    this.#built.set(source, built);
    if (built.size > LIMITS.nodes && !this.#overLimit) {
      this.#overLimit = true;
      this.#diagnostics.error('SP1006', this.#span(source), `aliases expand to more than ${LIMITS.nodes} values`);
    }
    return built;
  }

  #follow(alias: Alias): { node: Node | undefined; size: number } {
    const target = this.#anchors.get(alias.source);
    if (target && !this.#open.has(target) && !this.#overLimit) return this.#convert(target);
    if (!this.#overLimit) {
      const why = target ? `the alias *${alias.source} contains itself` : `there is no anchor &${alias.source}`;
      this.#diagnostics.error('SP1007', this.#span(alias), why);
    }
    return { node: undefined, size: 1 };
  }

  #convertPlain(source: YamlNode): { node: Node | undefined; size: number } {
    if (isScalar(source)) return { node: this.#scalar(source), size: 1 };
    const span = this.#span(source);
    let size = 1;
    if (isSeq(source)) {
      const items: Node[] = [];
      for (const item of source.items) {
        const built = this.#convert(item as YamlNode);
        size += built.size;
        if (built.node) items.push(built.node);
      }
      return { node: { kind: 'list', items, span }, size };
    }
    const entries = new Map<string, Entry>();
    const merged: Node[] = [];
    for (const pair of isMap(source) ? source.items : []) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const keySpan = this.#span(pair.key as YamlNode);
      const key = String(pair.key.value).normalize('NFC');
      const built = pair.value ? this.#convert(pair.value as YamlNode) : { node: emptyValue(keySpan), size: 1 };
      size += built.size;
      if (!built.node) continue;
      if (key === '<<' && pair.key.type === 'PLAIN') merged.push(built.node);
      else this.#addEntry(entries, { key, keySpan, value: built.node });
    }
    for (const node of merged) addMerged(entries, node);
    return { node: { kind: 'map', entries, span }, size };
  }

  #addEntry(entries: Map<string, Entry>, entry: Entry): void {
    const before = entries.get(entry.key);
    if (FORBIDDEN_KEYS.includes(entry.key)) {
      this.#diagnostics.error('SP1013', entry.keySpan, `'${entry.key}' cannot be a name`);
    } else if (before) {
      this.#diagnostics.error('SP1011', entry.keySpan, `the key '${entry.key}' stands here twice`, {
        related: [{ message: 'first here', span: before.keySpan }],
      });
    } else {
      entries.set(entry.key, entry);
    }
  }

  #scalar(source: YamlNode): Node | undefined {
    if (!isScalar(source)) return undefined;
    const span = this.#span(source);
    const { value } = source;
    const written = typeof value === 'string' ? value : (source.source ?? String(value ?? ''));
    if (
      typeof value === 'number' &&
      (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    ) {
      this.#diagnostics.error('SP1009', span, `${written} is not a number that can be kept exactly`);
      return undefined;
    }
    if (typeof value === 'string' && source.type === 'PLAIN' && /^(yes|no|on|off)$/i.test(value)) {
      this.#diagnostics.warning('SP1202', span, `'${value}' is text here, but a boolean for older YAML readers`);
    }
    const known =
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null;
    if (typeof value === 'string') {
      // One name typed on two keyboards is one name.
      const text = value.normalize('NFC');
      return { kind: 'scalar', value: text, source: text, span };
    }
    return { kind: 'scalar', value: known ? value : String(value), source: written, span };
  }

  #span(node: YamlNode): Span {
    const [start, end] = node.range ?? [0, 1];
    return { file: this.#file, start, end: Math.max(end, start + 1) };
  }
}

function emptyValue(keySpan: Span): Node {
  return { kind: 'scalar', value: null, source: '', span: keySpan };
}

/** `<<: *defaults`: keys written beside it win. */
function addMerged(entries: Map<string, Entry>, node: Node): void {
  if (node.kind === 'list') for (const item of node.items) addMerged(entries, item);
  if (node.kind !== 'map') return;
  for (const [key, entry] of node.entries) if (!entries.has(key)) entries.set(key, entry);
}
