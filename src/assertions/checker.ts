import type { Collector } from '../metrics/collector.ts';
import type { ObservationWindow } from '../metrics/observationWindow.ts';
import type { EventId } from '../model/trace.ts';
import type { Evidence, VerdictStatus } from '../result/runResult.ts';
import type { Expectation } from '../scenario/scenario.ts';
import type { Schema } from './schemaParts.ts';

/** What a checker found; `judge.ts` makes a verdict of it. */
export interface Finding {
  readonly status: VerdictStatus;
  /** What was seen, or why nothing could be decided. */
  readonly observed: string;
  /** First instant at which it was certain. */
  readonly atUs: number | null;
  readonly evidence: readonly Evidence[];
  /** Where the chain of causes starts; `NO_CAUSE` when there is none. */
  readonly cause: EventId;
}

/**
 * One expectation at work: it is told what happens (by listening to the collector, since its creation) and judges
 * once, after the run. It never asks the model.
 */
export interface Checker {
  /** What was asked, as a sentence. */
  readonly expected: string;
  judge(endUs: number): Finding;
  /** What is certain already, for a live view; absent or null: open. */
  statusSoFar?(): VerdictStatus | null;
}

export interface ClaimContext {
  readonly collector: Collector;
  readonly window: ObservationWindow;
  readonly expectation: Expectation;
}

/** A claim of the language: schema, docs and help come from these fields. */
export interface ClaimDefinition {
  readonly name: string;
  /** Meaning, in Kafka's terms, with its edges. */
  readonly description: string;
  /** Whole expectations, as one writes them in YAML. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  /** Schema of the claim's own value. */
  readonly schema: Schema;
  /** Keys that stand beside the claim. */
  readonly beside: Readonly<Record<string, Schema>>;
  /** Whether `during:` and `outside:` mean something. */
  readonly takesWindow: boolean;
  readonly create: (context: ClaimContext) => Checker;
}

export function inconclusive(observed: string): Finding {
  return { status: 'inconclusive', observed, atUs: null, evidence: [], cause: -1 };
}

export function passed(observed: string, atUs: number | null = null): Finding {
  return { status: 'passed', observed, atUs, evidence: [], cause: -1 };
}

export function evidence(text: string, more: Partial<Evidence> = {}): Evidence {
  return { text, atUs: null, topic: null, partition: null, firstOffset: null, lastOffset: null, count: null, ...more };
}
