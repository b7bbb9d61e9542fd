import type { Schema } from './build.ts';

interface Shape {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** docs/language.md: every key of the language with its meaning and an example. */
export function languagePage(schema: Schema): string {
  const { definitions = {} } = schema as Shape;
  const sections = [
    section('Scenario', schema),
    ...Object.entries(definitions).map(([name, part]) => section(name, part)),
  ];
  return `# The scenario language\n\nWritten by \`scripts/generateSchema.ts\` from the schema \`schemas/scenario.schema.json\`.\n\n${sections.join('\n')}`;
}

function section(title: string, schema: Schema): string {
  const rows = rowsOf(schema, '');
  const text = typeof schema.description === 'string' ? `${schema.description}\n\n` : '';
  const table = rows.length === 0 ? '' : `| key | meaning | example |\n|---|---|---|\n${rows.join('\n')}\n`;
  return `## ${title}\n\n${text}${table}`;
}

function rowsOf(schema: Schema, prefix: string): string[] {
  const { properties = {} } = schema as Shape;
  return Object.entries(properties).flatMap(([key, part]) => {
    const [example] = (part.examples ?? []) as unknown[];
    const row = `| \`${prefix}${key}\`${linkOf(part)} | ${cell(String(part.description ?? ''))} | \`${cell(JSON.stringify(example))}\` |`;
    return [row, ...rowsOf(part, `${prefix}${key}.`), ...rowsOf(itemsOf(part), `${prefix}${key}[].`)];
  });
}

function itemsOf(schema: Schema): Schema {
  return (schema as Shape).items ?? {};
}

function linkOf(schema: Schema): string {
  const { items, additionalProperties } = schema as Shape;
  const inner = items ?? (typeof additionalProperties === 'object' ? additionalProperties : schema);
  const [first] = (inner.allOf ?? []) as { $ref?: string }[];
  const name = (first?.$ref ?? (inner.$ref as string | undefined))?.replace('#/definitions/', '');
  return name === undefined ? '' : ` ([${name}](#${name.toLowerCase()}))`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
