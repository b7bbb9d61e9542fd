/**
 * Runs every vector file found against our own code: does the model answer as Kafka did?
 *
 * A vector file holds inputs and outputs of one of Kafka's algorithms (`evidence/README.md`). Its name decides the
 * checker. Files that nobody can check, and cases that nothing of ours answers, are listed; they never count as passed.
 */
import type { CheckContext, MachineUnderTest, VectorCase, VectorChecker } from './checker.ts';
import { CHECKERS } from './checkers.ts';
import { MODEL_MACHINES } from './machines.ts';
import { readVectorFiles, type VectorFile } from './vectorFiles.ts';

export interface ConformanceOptions {
  /** Differences reported per file; 5 unless given. */
  maxDifferences?: number;
  /** Our state machines, under the names of `state-machines.json`; the model's own unless given. */
  machines?: ReadonlyMap<string, MachineUnderTest>;
}

export interface CaseDifference {
  /** The case's own name, or its index. */
  case: string;
  text: string;
}

export interface FileConformance {
  file: string;
  path: string;
  /** `partly`: no difference, but some cases were not checked. */
  status: 'passed' | 'failed' | 'partly' | 'notChecked';
  total: number;
  passed: number;
  failed: number;
  /** Cases that nothing of ours answers. */
  skipped: number;
  /** The first ones. */
  differences: CaseDifference[];
  /** Why the file, or some of its cases, were not checked. */
  reasons: string[];
}

export interface ConformanceReport {
  files: FileConformance[];
  total: number;
  passed: number;
  failed: number;
  skipped: number;
}

/**
 * @param paths  folders with vector files, or single files
 * @throws when a path does not exist
 */
export function runConformance(paths: readonly string[], options: ConformanceOptions = {}): ConformanceReport {
  const files = readVectorFiles(paths).map((file) => checkFile(file, options));
  const sum = (count: (file: FileConformance) => number) => files.reduce((total, file) => total + count(file), 0);
  return {
    files,
    total: sum((file) => file.total),
    passed: sum((file) => file.passed),
    failed: sum((file) => file.failed),
    skipped: sum((file) => file.skipped),
  };
}

function checkFile(file: VectorFile, options: ConformanceOptions): FileConformance {
  const checker = CHECKERS.find((candidate) => candidate.file === file.name);
  const reason = file.problem ?? (checker ? undefined : 'the model has nothing to compare with it yet');
  const result: FileConformance = {
    file: file.name,
    path: file.path,
    status: 'passed',
    total: file.cases.length,
    passed: 0,
    failed: 0,
    skipped: 0,
    differences: [],
    reasons: reason === undefined ? [] : [reason],
  };
  if (!checker || reason !== undefined) return { ...result, status: 'notChecked', skipped: file.cases.length };

  const context: CheckContext = { machines: options.machines ?? MODEL_MACHINES };
  file.cases.forEach((vector, index) => {
    countCase(result, caseName(vector, index), safeCheck(checker, vector, context), options.maxDifferences ?? 5);
  });
  if (result.failed > 0) result.status = 'failed';
  else if (result.passed === 0) result.status = 'notChecked';
  else if (result.skipped > 0) result.status = 'partly';
  return result;
}

function countCase(
  result: FileConformance,
  name: string,
  outcome: ReturnType<VectorChecker['check']>,
  maxDifferences: number,
): void {
  if (outcome === undefined) {
    result.passed++;
  } else if (typeof outcome === 'string') {
    result.failed++;
    if (result.differences.length < maxDifferences) result.differences.push({ case: name, text: outcome });
  } else {
    result.skipped++;
    if (!result.reasons.includes(outcome.skipped)) result.reasons.push(outcome.skipped);
  }
}

/** A case that makes our code throw is a difference like any other. */
function safeCheck(
  checker: VectorChecker,
  vector: VectorCase,
  context: CheckContext,
): ReturnType<VectorChecker['check']> {
  try {
    return checker.check(vector, context);
  } catch (error) {
    return `threw ${error instanceof Error ? error.message : String(error)}`;
  }
}

function caseName(vector: VectorCase, index: number): string {
  const name = vector.name ?? vector.source ?? vector.class;
  return typeof name === 'string' ? `${index} ${name}` : `${index}`;
}
