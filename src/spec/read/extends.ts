import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostics } from '../diagnostics.ts';
import { LIMITS } from '../limits.ts';
import type { Sources } from '../sources.ts';
import { mergeTrees, type Node, type ScalarNode } from '../tree.ts';
import { readYaml } from './readYaml.ts';

export interface FileAccess {
  readonly readFile: (path: string) => Uint8Array;
  /** Follows links; throws when there is no such file. */
  readonly realPath: (path: string) => string;
}

/** The disk; a file beyond the limit is not read, it comes back as bytes that are too many. */
export const DISK: FileAccess = {
  readFile: (path) => {
    const { size } = statSync(path);
    return size > LIMITS.fileBytes ? new Uint8Array(LIMITS.fileBytes + 1) : readFileSync(path);
  },
  realPath: (path) => realpathSync(path),
};

/** The nearest folder above `file` with a package.json or .git, else the file's own folder. */
export function projectRoot(file: string): string {
  const folder = dirname(resolve(file));
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json')) || existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** Reads a scenario with what it extends: merged in order, the extending file last. */
export class ExtendsReader {
  readonly #access: FileAccess;
  readonly #root: string;
  readonly #sources: Sources;
  readonly #diagnostics: Diagnostics;
  #files = 0;
  #bytes = 0;

  constructor(access: FileAccess, root: string, sources: Sources, diagnostics: Diagnostics) {
    this.#access = access;
    this.#root = this.#real(root) ?? root;
    this.#sources = sources;
    this.#diagnostics = diagnostics;
  }

  /** `chain` holds the real paths of the files that are being extended, outermost first. */
  merge(tree: Node, path: string, chain: readonly string[]): Node {
    const extended = tree.kind === 'map' ? tree.entries.get('extends') : undefined;
    if (!extended) return tree;
    const names = extended.value.kind === 'list' ? extended.value.items : [extended.value];
    let merged: Node | undefined;
    for (const name of names) {
      if (name.kind !== 'scalar' || typeof name.value !== 'string') continue;
      const part = this.#readExtended(name, path, chain);
      if (part) merged = merged ? mergeTrees(merged, part) : part;
    }
    return merged ? mergeTrees(merged, tree) : tree;
  }

  #readExtended(name: ScalarNode, from: string, chain: readonly string[]): Node | undefined {
    const written = name.source;
    if (isAbsolute(written) || /^[a-zA-Z][\w+.-]*:/.test(written) || written.includes('\\')) {
      this.#diagnostics.error('SP1020', name.span, `'${written}' is not a relative path with forward slashes`);
      return undefined;
    }
    const target = resolve(dirname(from), written);
    const real = this.#isInside(target) ? this.#real(target) : target;
    if (!this.#isInside(real ?? target)) {
      this.#diagnostics.error('SP1020', name.span, `'${written}' lies outside of the project`);
      return undefined;
    }
    if (real !== undefined && chain.includes(real)) {
      this.#diagnostics.error('SP1022', name.span, `'${written}' extends itself`);
      return undefined;
    }
    if (chain.length > LIMITS.extendsDepth || ++this.#files > LIMITS.files) {
      this.#diagnostics.error('SP1023', name.span, `more than ${LIMITS.extendsDepth} files extend each other`);
      return undefined;
    }
    return this.#readInside(name, real, chain);
  }

  #readInside(name: ScalarNode, real: string | undefined, chain: readonly string[]): Node | undefined {
    let bytes: Uint8Array | undefined;
    try {
      if (real !== undefined) bytes = this.#access.readFile(real);
    } catch {
      // Said below: a missing file and an unreadable one need the same action.
    }
    if (bytes === undefined || real === undefined) {
      this.#diagnostics.error('SP1021', name.span, `cannot read '${name.source}'`);
      return undefined;
    }
    this.#bytes += bytes.length;
    if (this.#bytes > LIMITS.totalBytes) {
      this.#diagnostics.error('SP1003', name.span, 'the files of this scenario have more than 8 MiB together');
      return undefined;
    }
    const tree = readYaml(bytes, displayPath(real), this.#sources, this.#diagnostics);
    if (tree && tree.kind !== 'map') {
      this.#diagnostics.error('SP1014', tree.span, 'a scenario is a map of keys such as topics: and producers:');
      return undefined;
    }
    return tree && this.merge(tree, real, [...chain, real]);
  }

  #real(path: string): string | undefined {
    try {
      return this.#access.realPath(path);
    } catch {
      return undefined;
    }
  }

  #isInside(path: string): boolean {
    const inside = relative(this.#root, path);
    return inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
  }
}

/** As diagnostics show it: relative to the working directory, with forward slashes. */
export function displayPath(path: string): string {
  const shown = relative('', path);
  return (shown === '' ? path : shown).split(sep).join('/');
}
