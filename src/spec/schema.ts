import { readFileSync } from 'node:fs';
import type { Node, Step } from './tree.ts';

/** The keywords of our schema that code reads; the rest is for the validator and for people. */
export interface SchemaPart {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: SchemaPart | boolean;
  readonly items?: SchemaPart;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly propertyNames?: { readonly pattern?: string };
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly SchemaPart[];
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, SchemaPart>>;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly 'x-kind'?: string;
  readonly 'x-names'?: string;
  readonly 'x-notAvailable'?: string;
  readonly 'x-claims'?: readonly string[];
  readonly 'x-windowless'?: readonly string[];
  readonly 'x-metricAggregations'?: Readonly<Record<string, readonly string[]>>;
  readonly 'x-metricUnits'?: Readonly<Record<string, string>>;
  readonly 'x-metricAliases'?: Readonly<Record<string, string>>;
  readonly 'x-metricScopes'?: Readonly<Record<string, readonly string[]>>;
  readonly 'x-metricsNotModelled'?: Readonly<Record<string, string>>;
  readonly 'x-metricsFromInstant'?: readonly string[];
  readonly 'x-scopes'?: readonly string[];
}

let loaded: SchemaPart | undefined;

/** `schemas/scenario.schema.json`, read when it is first needed. */
export function scenarioSchema(): SchemaPart {
  loaded ??= JSON.parse(
    readFileSync(new URL('../../schemas/scenario.schema.json', import.meta.url), 'utf8'),
  ) as SchemaPart;
  return loaded;
}

/** The schema with its reference followed. */
export function resolved(part: SchemaPart): SchemaPart {
  const reference = part.$ref ?? part.allOf?.[0]?.$ref;
  if (reference === undefined) return part;
  const target = scenarioSchema().definitions?.[reference.replace('#/definitions/', '')];
  if (!target) throw new Error(`the schema refers to ${reference}, which does not exist`);
  return resolved(target);
}

/** The schema of what stands under `step`; undefined when the schema says nothing about it. */
export function schemaBelow(part: SchemaPart, node: Node, step: Step): SchemaPart | undefined {
  if (node.kind === 'list') return part.items && resolved(part.items);
  const { properties, additionalProperties } = part;
  if (properties && Object.hasOwn(properties, step)) return resolved(properties[step]!);
  return typeof additionalProperties === 'object' ? resolved(additionalProperties) : undefined;
}
