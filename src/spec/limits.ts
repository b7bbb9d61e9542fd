/** What the front door accepts; beyond it a file is refused before it can cost time or memory. */
export const LIMITS = {
  fileBytes: 1024 * 1024,
  files: 200,
  totalBytes: 8 * 1024 * 1024,
  depth: 64,
  /** Nodes after aliases are expanded. */
  nodes: 200_000,
  extendsDepth: 16,
  variableDepth: 32,
  combinations: 256,
  /** Values of the scenario times combinations of its matrix. */
  matrixNodes: 2_000_000,
  /** Partitions of all topics together. */
  partitions: 50_000,
  /** Client processes, all together. */
  clients: 20_000,
  /** All producers' records together: about an hour of work for one core. */
  records: 1_000_000_000,
  diagnostics: 100,
  /** One scalar, after variables were put in. */
  textLength: 65_536,
} as const;

/** Keys that mean something to JavaScript objects; nobody names a topic like this. */
export const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];
