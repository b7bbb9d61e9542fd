import { CODES, type DiagnosticCode } from '../codes.ts';
import type { ClaimSchema } from './expectations.ts';
import { languagePage } from './languagePage.ts';
import { scenarioSchema } from './scenario.ts';

/** Path (from the project's root) and text of every file that is generated from the language and the claims. */
export function generatedFiles(claims: readonly ClaimSchema[]): Map<string, string> {
  const schema = scenarioSchema(claims);
  return new Map([
    ['schemas/scenario.schema.json', `${JSON.stringify(schema, null, 1)}\n`],
    ['docs/language.md', languagePage(schema)],
    ['docs/errors.md', errorsPage()],
  ]);
}

function errorsPage(): string {
  const entries = (Object.keys(CODES) as DiagnosticCode[]).map((code) => {
    const { title, meaning, fix } = CODES[code];
    return `## ${code}: ${title}\n\n${meaning}\n\n*What to do:* ${fix}\n`;
  });
  return `# Error codes of the front door\n\nWritten by \`scripts/generateSchema.ts\` from \`src/spec/codes.ts\`. \`streamproof explain CODE\` prints the same. SP12xx are warnings.\n\n${entries.join('\n')}`;
}
