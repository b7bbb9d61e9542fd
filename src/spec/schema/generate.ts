import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { CODES, type DiagnosticCode } from '../codes.ts';
import type { Schema } from './build.ts';
import type { ClaimSchema } from './expectations.ts';
import { languagePage } from './languagePage.ts';
import { scenarioSchema } from './scenario.ts';

const VOCABULARY = [
  'x-kind',
  'x-notAvailable',
  'x-names',
  'x-claims',
  'x-windowless',
  'x-metricUnits',
  'x-metricAggregations',
];

/** Path (from the project's root) and text of every file that is generated from the language and the claims. */
export function generatedFiles(claims: readonly ClaimSchema[]): Map<string, string> {
  const schema = scenarioSchema(claims);
  return new Map([
    ['schemas/scenario.schema.json', `${JSON.stringify(schema, null, 1)}\n`],
    ['src/spec/generated/validate.ts', validatorSource(schema)],
    ['docs/language.md', languagePage(schema)],
    ['docs/errors.md', errorsPage()],
  ]);
}

/** ajv's generated code as a module of ours; its only helper is our own. */
function validatorSource(schema: Schema): string {
  const { default: standaloneCode } = createRequire(import.meta.url)('ajv/dist/standalone/index.js') as {
    default: (ajv: Ajv, validate: unknown) => string;
  };
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    ownProperties: true,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(VOCABULARY);
  const code = standaloneCode(ajv, ajv.compile(slimmed(schema) as Schema)).replace('"use strict";', '');
  const body = code.replace(UCS2_LENGTH, "import { unicodeLength as $1 } from '../unicodeLength.ts';");
  if (body.includes('require(')) throw new Error("the validator needs a helper of ajv's that is not bundled");
  return `${HEADER}\n${body.trim()}\n`;
}

const UCS2_LENGTH = /^const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;$/m;
const HEADER = `// biome-ignore-all lint: generated
// biome-ignore-all format: generated
// @ts-nocheck
// Written by scripts/generateSchema.ts; do not edit.`;

/** Without words for people, which would only make the validator larger. */
function slimmed(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) return value.map((item) => slimmed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => inProperties || !['description', 'examples', 'title'].includes(key))
      .map(([key, below]) => [key, slimmed(below, !inProperties && (key === 'properties' || key === 'definitions'))]),
  );
}

function errorsPage(): string {
  const entries = (Object.keys(CODES) as DiagnosticCode[]).map((code) => {
    const { title, meaning, fix } = CODES[code];
    return `## ${code}: ${title}\n\n${meaning}\n\n*What to do:* ${fix}\n`;
  });
  return `# Error codes of the front door\n\nWritten by \`scripts/generateSchema.ts\` from \`src/spec/codes.ts\`. \`streamproof explain CODE\` prints the same. SP12xx are warnings.\n\n${entries.join('\n')}`;
}
