/**
 * Pieces of draft-07 schema for the parameters of claims. `x-kind` tells the front door how to read a leaf:
 * duration, size, rate, percent, count, comparison, topic, partition, topicOrPartition, group, client, broker,
 * cluster, failure, moment, metric, who, brokerList, text, boolean.
 */
export type Schema = Readonly<Record<string, unknown>>;

export function leaf(kind: string, description: string, ...examples: unknown[]): Schema {
  return { type: ['string', 'number'], maxLength: 1000, 'x-kind': kind, description, examples };
}

export function brokerList(description: string, ...examples: unknown[]): Schema {
  return {
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    maxItems: 500,
    'x-kind': 'brokerList',
    description,
    examples,
  };
}

export function flag(description: string, ...examples: unknown[]): Schema {
  return { type: 'boolean', 'x-kind': 'boolean', description, examples };
}

export function oneOf(values: readonly string[], description: string, ...examples: unknown[]): Schema {
  return { enum: values, description, examples };
}

export function object(
  properties: Readonly<Record<string, Schema>>,
  description: string,
  ...examples: unknown[]
): Schema {
  return { type: 'object', properties, additionalProperties: false, description, examples };
}

/** The YAML forms of a comparison, all included in the limits they name except `below` and `above`. */
export function limits(
  kind: 'count' | 'duration' | 'percent' | 'size' | 'throughput',
  what: string,
  examples: readonly [unknown, unknown],
) {
  const [low, high] = examples;
  return {
    equals: leaf(kind, `${what}: exactly this.`, high),
    atMost: leaf(kind, `${what}: not more than this.`, high),
    atLeast: leaf(kind, `${what}: not less than this.`, low),
    below: leaf(kind, `${what}: less than this.`, high),
    above: leaf(kind, `${what}: more than this.`, low),
  } satisfies Record<string, Schema>;
}

/** As `limits`, for numbers from 0 to 1. */
export function fractionLimits(what: string, examples: readonly [number, number]) {
  const [low, high] = examples;
  const part = (description: string, example: number): Schema => ({
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: `${what}: ${description}.`,
    examples: [example],
  });
  return {
    equals: part('exactly this', high),
    atMost: part('not more than this', high),
    atLeast: part('not less than this', low),
    below: part('less than this', high),
    above: part('more than this', low),
  } satisfies Record<string, Schema>;
}
