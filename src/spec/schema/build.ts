/**
 * Building blocks for the scenario's JSON Schema (draft-07).
 *
 * Two habits keep errors readable: alternatives differ by JSON type (`type: [integer, object]` with the keywords of
 * both), so no error lists every branch of a union; and what a text means is named by `x-kind`, which the unit pass
 * reads, instead of a pattern.
 */
export type Schema = Readonly<Record<string, unknown>>;

export interface Described {
  readonly description: string;
  readonly examples: readonly unknown[];
}

export const LIMIT = {
  brokers: 200,
  partitionsPerTopic: 10_000,
  topics: 2_000,
  instances: 1_000,
  names: 200,
  entries: 500,
} as const;

/** People's names for things: up to 120 characters, no controls, no space around. */
export const NAME_PATTERN = '^(?=\\S)(?!.*\\s$)[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]{1,120}$';
/** Kafka's rule for topic names (`Topic.validate`). */
export const TOPIC_PATTERN = '^(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}$';

export function leaf(kind: string, description: string, ...examples: unknown[]): Schema {
  const type = LEAF_TYPES[kind] ?? ['string'];
  return { type, ...(type.includes('string') ? { maxLength: 1000 } : {}), 'x-kind': kind, description, examples };
}

const LEAF_TYPES: Readonly<Record<string, readonly string[]>> = {
  duration: ['string', 'number'],
  delay: ['string', 'number'],
  size: ['string', 'number'],
  rate: ['string', 'number'],
  throughput: ['string', 'number'],
  percent: ['string', 'number'],
  count: ['string', 'number'],
  factor: ['string', 'number'],
  diskFactor: ['string', 'number'],
  comparison: ['string', 'number'],
};

export function text(description: string, ...examples: unknown[]): Schema {
  return { type: ['string', 'number'], maxLength: 1000, 'x-kind': 'text', description, examples };
}

export function flag(description: string, ...examples: unknown[]): Schema {
  return { type: 'boolean', description, examples };
}

export function integer(description: string, minimum: number, maximum: number, ...examples: unknown[]): Schema {
  return { type: 'integer', minimum, maximum, description, examples };
}

export function oneOf(description: string, values: readonly string[], ...examples: unknown[]): Schema {
  return { enum: values, description, examples };
}

export function listOf(items: Schema, description: string, ...examples: unknown[]): Schema {
  return { type: 'array', items, maxItems: LIMIT.entries, description, examples };
}

export function object(properties: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  return { type: 'object', properties, additionalProperties: false, ...more };
}

/** A map from names that the user chooses. */
export function mapOf(values: Schema, description: string, examples: readonly unknown[], more: Schema = {}): Schema {
  return {
    type: 'object',
    additionalProperties: values,
    propertyNames: { pattern: NAME_PATTERN },
    maxProperties: LIMIT.names,
    description,
    examples,
    ...more,
  };
}

export function ref(name: string, description: string, ...examples: unknown[]): Schema {
  return { allOf: [{ $ref: `#/definitions/${name}` }], description, examples };
}

/** Kafka configs by their dotted names; which exist depends on the version and is checked against Kafka's tables. */
export function configs(kind: string, description: string, ...examples: unknown[]): Schema {
  return {
    type: 'object',
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'null', 'array'],
      items: { type: ['string', 'number', 'boolean'] },
      maxItems: 100,
    },
    maxProperties: 500,
    'x-kind': `configs:${kind}`,
    description,
    examples,
  };
}

export function notAvailable(what: string, description: string, ...examples: unknown[]): Schema {
  return { 'x-notAvailable': what, description, examples };
}
