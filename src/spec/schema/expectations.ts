import { LANGUAGE_CLAIMS } from '../notAvailable.ts';
import { flag, leaf, listOf, notAvailable, object, ref, type Schema, text } from './build.ts';

/** What the schema needs to know of a claim of the assertion registry. */
export interface ClaimSchema {
  readonly name: string;
  /** The claim's own value. */
  readonly schema: Schema;
  /** Keys that stand beside the claim (`of`, `p99` beside `metric`). */
  readonly beside: Readonly<Record<string, Schema>>;
  /** Whether `during` and `outside` mean something. */
  readonly takesWindow: boolean;
  /** Whole expectations. */
  readonly examples: readonly Schema[];
}

const scope: Readonly<Record<string, Schema>> = {
  name: text('What is expected, in words. Default: the claim.', 'nothing acknowledged is lost'),
  violated: flag('True: the scenario documents a weakness; it fails when the claim holds. Default false.', true),
  during: {
    type: ['string', 'array'],
    items: leaf('duration', 'From and to, in simulated time.', '2m'),
    minItems: 2,
    maxItems: 2,
    maxLength: 250,
    'x-kind': 'during',
    description:
      'Judged only then: steady (no failure in force, warm-up over), while a failure or operation is in force, or between two instants.',
    examples: ['steady', 'zone-a-down', ['2m', '5m']],
  },
  outside: {
    ...text('Judged only while this failure or operation is not in force.', 'zone-a-down'),
    'x-kind': 'failure',
  },
};

const beside: Readonly<Record<string, Schema>> = {
  within: leaf('duration', 'For `eventually`: how long it may take.', '60s'),
  after: {
    type: ['string', 'number'],
    maxLength: 250,
    'x-kind': 'moment',
    description: 'For `eventually`: from when on; an instant, or the start or end of a failure or operation.',
    examples: ['zone-a-down.end', '5m'],
  },
};

const CLAIM_WORDS: Readonly<Record<string, readonly [description: string, example: unknown]>> = {
  exactlyOnce: ['Every record has its effect exactly once', { topic: 'orders' }],
  noUncommittedRead: ['Nothing of an aborted transaction is read', { topic: 'orders' }],
  offsetsMonotonic: ['Offsets that a member sees only grow', { group: 'billing' }],
  rpo: ['How much replicated data may be missing after a disaster', { replication: 'eu-to-us', atMost: '5s' }],
  timeBelowMargin: [
    'How long fewer further losses would have meant loss of data or of writes',
    { losses: 1, atMost: '1m' },
  ],
  partitionsSpread: ['Partitions are spread evenly over brokers', { topic: 'orders' }],
  diskBelow: ['Disks stay below a fill level', { broker: 1, share: '80%' }],
  crossZoneTraffic: ['Traffic between zones stays below a limit', { atMost: '10MB/s' }],
  cost: ['The bill stays below a limit', { atMost: 100 }],
  output: ['Exact records of an output topic', { topic: 'totals' }],
  schema: ['Compatibility of a schema change', { subject: 'orders-value' }],
  access: ['Whether somebody may do something', { principal: 'User:checkout' }],
};

/** An expectation: how it is scoped, and one claim. Claims that only the language has are marked as not available. */
export function expectationDefinition(claims: readonly ClaimSchema[]): Schema {
  const properties: Record<string, Schema> = { ...scope };
  for (const claim of claims) Object.assign(properties, claim.beside);
  for (const [key, schema] of Object.entries(beside)) properties[key] ??= schema;
  for (const claim of claims) properties[claim.name] = claim.schema;
  for (const name of LANGUAGE_CLAIMS) {
    const [words, example] = CLAIM_WORDS[name] ?? [`The expectation ${name}`, {}];
    properties[name] ??= notAvailable(words, `${words}. Not available yet.`, example);
  }
  return {
    ...object(properties),
    description: 'One thing that must hold: a claim, when it is judged, and its name.',
    examples: claims.flatMap((claim) => claim.examples),
    'x-claims': claims.map((claim) => claim.name),
    'x-windowless': claims.filter((claim) => !claim.takesWindow).map((claim) => claim.name),
  };
}

export const expectationProperties: Readonly<Record<string, Schema>> = {
  expect: listOf(
    ref('expectation', 'One expectation.', { noRecordLoss: { topic: 'orders' } }),
    'What must hold. Each has a verdict: passed, failed or inconclusive.',
    [{ name: 'nothing acknowledged is lost', noRecordLoss: { topic: 'orders' } }],
  ),
};
