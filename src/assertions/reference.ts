import type { MetricDefinition } from '../metrics/definitions/define.ts';
import { METRICS_NOT_MODELLED } from '../metrics/kafka/notModelled.ts';
import type { Unit } from '../metrics/meters/meter.ts';
import { METRICS } from '../metrics/metricNames.ts';
import type { ClaimDefinition } from './checker.ts';
import { FACTS } from './clusterFactNames.ts';
import { CLAIMS } from './registry.ts';
import type { Schema } from './schemaParts.ts';

const WRITTEN = 'Written by `scripts/generateReference.ts`; do not edit.';

const UNIT_WORDS: Readonly<Record<Unit, string>> = {
  us: 'time',
  bytes: 'bytes',
  'bytes/s': 'bytes per second',
  records: 'records',
  'records/s': 'records per second',
  count: 'count',
  share: 'share, written in percent',
};

/** The reference of claims and cluster facts in Markdown. */
export function expectationsPage(): string {
  const factNames = FACTS.map(({ name }) => `[\`${name}\`](#${anchorOf(name)})`).join(', ');
  return `# Expectations

${WRITTEN}

An entry of \`expect:\` makes one claim. Its verdict is *passed*, *failed* or *inconclusive*: nothing was observed that could decide. Inconclusive is never a pass. A failed verdict carries what was seen, when, on which offsets, and the chain of causes.

Beside the claim may stand
- \`name\`: what is expected, in words;
- \`violated: true\`: the scenario documents a weakness, so that the expectation fails when the claim holds (inconclusive stays);
- \`during\`: \`steady\` (no failure in force, warm-up over), a failure, an operation, or \`[2m, 5m]\`; \`outside\`: a failure or operation. Only where the claim says so. Warm-up is judged by no claim that takes a window.

${CLAIMS.map(claimText).join('\n')}
## Cluster facts

\`always\`, \`never\`, \`eventually\` and \`at\` take one of: ${factNames}.

${FACTS.map(({ name, description, schema }) => `### ${name}\n\n${description}\n\n${keysOf(schema)}\n`).join('\n')}`;
}

/** The reference of metrics in Markdown. */
export function metricsPage(): string {
  return `# Metrics

${WRITTEN}

\`{ metric: NAME, of: WHO, AGGREGATION: COMPARISON }\` in \`expect:\`. A comparison is \`"< 60ms"\`, \`"<= 5"\`, \`"= 0"\` or \`"7s..11s"\` (both ends included). Percentiles are within 1 % of the exact value; counts, extremes, sums and means are exact. Distributions and counts take \`during\` and \`outside\`; a window without a sample makes the verdict inconclusive.

## Ours

${METRICS.filter(({ kafka }) => kafka === undefined)
  .map(metricText)
  .join('\n')}
### errors.\\<NAME>

How often a client or follower received that Kafka error code, such as \`errors.NOT_ENOUGH_REPLICAS\`.

Count. Of a client, topic or partition. total, rate.

## Kafka's own

Under the names that Kafka's JMX has. The name of the MBean is understood as well (\`kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions\`); its keys for topic, partition or node are written as \`of:\`. Levels are also [cluster facts](expectations.md#cluster-facts), for \`always\`, \`never\`, \`eventually\` and \`at\`. What a broker or a controller says is only there while its process runs and answers. Of the \`...PerSec\` meters, \`total\` is Kafka's Count, and \`rate\` is over the window, where Kafka's rates decay over one, five or fifteen minutes.

${METRICS.filter(({ kafka }) => kafka !== undefined)
  .map(metricText)
  .join('\n')}
## Not modelled

Asked for one of these, \`validate\` refuses (SP1180).

| Kafka's metric | why there is no honest answer |
|---|---|
${Object.entries(METRICS_NOT_MODELLED)
  .map(([name, why]) => `| \`${name}\` | ${why} |`)
  .join('\n')}
`;
}

function claimText({ name, description, examples, schema, beside, takesWindow }: ClaimDefinition): string {
  const scope = takesWindow ? 'Takes `during` and `outside`.' : 'Takes no `during` or `outside`.';
  const keys = name === 'at' ? '' : keysOf(schema);
  const besides = name === 'at' ? '' : rowsOf(beside);
  const blocks = examples.map((example) => `- ${inline(example)}`).join('\n');
  return `## ${name}

${description}

${scope}

\`\`\`yaml
expect:
${blocks
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
\`\`\`
${keys === '' ? '' : `\n${keys}\n`}${besides === '' ? '' : `\nBeside it:\n\n${besides}\n`}`;
}

function metricText(definition: MetricDefinition): string {
  const { name, unit, description, of, aggregations, countsFromInstant, kafka } = definition;
  const from = countsFromInstant ? ' Counts from `after`; takes no window.' : '';
  return `### ${name}

${description}

${UNIT_WORDS[unit].replace(/^./, (first) => first.toUpperCase())}. Of ${of}. ${aggregations.join(', ')}.${from}${kafka === undefined ? '' : `\n\n\`${kafka.mbean}\`. Source: ${kafka.source}.`}
`;
}

/** Keys of a value; empty when the value is one of the facts, or no object. */
function keysOf(schema: Schema): string {
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined;
  if (properties === undefined || schema.minProperties === 1) return '';
  return rowsOf(properties);
}

function rowsOf(properties: Readonly<Record<string, Schema>>): string {
  const rows = Object.entries(properties).map(
    ([key, { description, examples }]) => `| \`${key}\` | ${description} | \`${inline((examples as unknown[])[0])}\` |`,
  );
  return rows.length === 0 ? '' : `| key | meaning | example |\n|---|---|---|\n${rows.join('\n')}`;
}

/** YAML in flow style. */
function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${inline(item)}`);
    return `{ ${entries.join(', ')} }`;
  }
  return typeof value === 'string' && /[<>=%:,[\]{}]/.test(value) ? `"${value}"` : `${value}`;
}

/** What a heading becomes in a link: small letters, and no dots. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll('.', '');
}
