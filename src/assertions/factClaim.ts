import type { Collector } from '../metrics/collector.ts';
import { type EventId, NO_CAUSE } from '../model/trace.ts';
import { evidence, type Finding } from './checker.ts';
import { FACTS } from './clusterFactNames.ts';
import type { FactProbe } from './facts/fact.ts';
import { likelyCause } from './likelyCause.ts';
import { object, type Schema } from './schemaParts.ts';

/** The value of `always`, `never` and `eventually`: exactly one cluster fact. */
export function oneFact(description: string, ...examples: unknown[]): Schema {
  const properties = Object.fromEntries(FACTS.map(({ name, schema }) => [name, schema]));
  return { ...object(properties, description, ...examples), minProperties: 1, maxProperties: 1 };
}

/** What was seen at one instant, kept for the evidence since the facts move on. */
export interface Sighting {
  readonly atUs: number;
  readonly state: string;
  readonly cause: EventId;
}

export function sightingOf(probe: FactProbe, collector: Collector, atUs: number): Sighting {
  const own = probe.lastEvent();
  return { atUs, state: probe.state(), cause: own === NO_CAUSE ? likelyCause(collector.events, atUs, atUs) : own };
}

/** A finding that rests on one instant. */
export function decidedBy(sighting: Sighting, status: 'passed' | 'failed', observed: string): Finding {
  const { atUs, state, cause } = sighting;
  return { status, observed, atUs, evidence: [evidence(state, { atUs })], cause };
}
