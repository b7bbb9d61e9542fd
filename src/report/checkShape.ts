import type { Schema, SchemaType } from './resultSchema.ts';

/**
 * The first place where `value` differs from the schema, as a sentence; null when it fits.
 *
 * Knows exactly the keywords of `Schema`. Deliberately not a library: reading a result file back must stay quick,
 * and its messages are for people.
 */
export function checkShape(schema: Schema, value: unknown, root: Schema = schema, path = ''): string | null {
  if (schema.$ref !== undefined) return checkShape(definition(root, schema.$ref), value, root, path);
  const here = path === '' ? 'the file' : path;
  if (schema.anyOf !== undefined) {
    const problems = schema.anyOf.map((option) => checkShape(option, value, root, path));
    return problems.includes(null) ? null : (problems.at(-1) ?? null);
  }
  const types: readonly SchemaType[] = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    return `${here} should be ${types.join(' or ')} but is ${nameOfType(value)}`;
  }
  return checkScalar(schema, value, here) ?? checkChildren(schema, value, root, path);
}

function checkScalar(schema: Schema, value: unknown, here: string): string | null {
  if (schema.const !== undefined && value !== schema.const) return `${here} should be "${schema.const}"`;
  if (typeof value === 'string') {
    if (schema.enum !== undefined && !schema.enum.includes(value)) {
      return `${here} should be one of ${schema.enum.join(', ')}`;
    }
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
      return `${here} should look like ${schema.pattern}`;
    }
  }
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum) {
    return `${here} should be at least ${schema.minimum}`;
  }
  return null;
}

function checkChildren(schema: Schema, value: unknown, root: Schema, path: string): string | null {
  if (Array.isArray(value)) {
    if (schema.items === undefined) return null;
    for (const [index, item] of value.entries()) {
      const problem = checkShape(schema.items, item, root, `${path}[${index}]`);
      if (problem !== null) return problem;
    }
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const present = new Map<string, unknown>(Object.entries(value));
  for (const key of schema.required ?? []) {
    if (!present.has(key)) return `${join(path, key)} is missing`;
  }
  const known = new Map(Object.entries(schema.properties ?? {}));
  for (const [key, item] of present) {
    const child = known.get(key) ?? schema.additionalProperties;
    const problem = child === undefined ? null : checkShape(child, item, root, join(path, key));
    if (problem !== null) return problem;
  }
  return null;
}

function definition(root: Schema, reference: string): Schema {
  const found = root.definitions?.[reference.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`the schema has no ${reference}`);
  return found;
}

function isOfType(value: unknown, type: SchemaType): boolean {
  return nameOfType(value) === type || (type === 'number' && typeof value === 'number');
}

function nameOfType(value: unknown): SchemaType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number';
  return typeof value as SchemaType;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
