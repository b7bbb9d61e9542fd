import { Ajv, type ErrorObject } from 'ajv';
import { resultSchema } from './resultSchema.ts';

/** The first thing in which a result departs from its schema, as a sentence without a full stop; null: nothing. */
export function resultProblem(report: unknown): string | null {
  const validate = new Ajv({ strict: true, allowUnionTypes: true, verbose: true }).compile(resultSchema);
  if (validate(report)) return null;
  return sentence(mostTelling(validate.errors!));
}

/** "null or an object" fails in both branches: the branch that went deepest was meant. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject {
  const real = errors.filter(({ keyword }) => keyword !== 'anyOf');
  return real.reduce((best, error) => (error.instancePath.length >= best.instancePath.length ? error : best), real[0]!);
}

function sentence({ instancePath, keyword, params, data }: ErrorObject): string {
  const where = pathText(instancePath);
  switch (keyword) {
    case 'required':
      return `${where === '' ? '' : `${where}.`}${params.missingProperty} is missing`;
    case 'enum':
      return `${where} should be one of ${params.allowedValues.join(', ')}`;
    case 'const':
      return `${where} should be "${params.allowedValue}"`;
    case 'minimum':
      return `${where} should be at least ${params.limit}`;
    case 'type':
      return `${where} should be ${[params.type].flat().join(' or ')} but is ${typeName(data)}`;
    default:
      return `${where} does not fit (${keyword})`;
  }
}

/** `/results/0/seed` as `results[0].seed`. */
function pathText(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => (/^[0-9]+$/.test(key) ? `[${key}]` : `.${key.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
    .replace(/^\./, '');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
