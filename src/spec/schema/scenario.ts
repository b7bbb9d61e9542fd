import { NOT_AVAILABLE_KEYS } from '../notAvailable.ts';
import { leaf, listOf, mapOf, notAvailable, object, type Schema, text } from './build.ts';
import { clientDefinitions, clientProperties } from './clients.ts';
import { clusterDefinitions, clusterProperties } from './clusters.ts';
import { eventDefinitions, eventProperties } from './events.ts';
import { type ClaimSchema, expectationDefinition, expectationProperties } from './expectations.ts';
import { placeDefinitions, placeProperties } from './places.ts';

const anyScalar = { type: ['string', 'number', 'boolean', 'null'], description: 'A value.', examples: [1] };

/** The whole language as JSON Schema draft-07; `claims` come from the assertion registry. */
export function scenarioSchema(claims: readonly ClaimSchema[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Streamproof scenario',
    description: 'A Kafka architecture, what happens to it, and what must hold.',
    ...object({
      name: text(
        "What the scenario is about. Default: the file's name.",
        'Checkout survives the loss of one availability zone',
      ),
      description: {
        ...text('The story, for people.', 'Orders must stay writable while zone a is away.'),
        maxLength: 20_000,
      },
      tags: listOf(text('A word to select by.', 'durability'), 'Words to select scenarios by (`run --tag`).', [
        'durability',
      ]),
      seed: text("Any text; the same seed gives the same run. Default: the file's name.", 'zone-loss'),
      duration: leaf(
        'duration',
        'How long the scenario lasts, in simulated time. Default 5m, or a minute after the last thing that is scheduled.',
        '10m',
      ),
      warmup: leaf('duration', 'Not judged, and not in percentiles. Default 0s.', '30s'),
      extends: {
        type: ['array', 'string'],
        items: text('A file of the project, relative to this one.', 'lib/three-zones.yaml'),
        maxItems: 20,
        maxLength: 1000,
        description: 'Files that are merged in order, this one last: maps key by key, anything else is replaced.',
        examples: [['lib/three-zones.yaml']],
      },
      vars: mapOf(
        { type: ['string', 'number', 'boolean', 'null', 'array', 'object'], description: 'A value.', examples: [12] },
        'Values for ${name} anywhere in the scenario; `--set vars.name=value` replaces them.',
        [{ partitions: 12 }],
      ),
      ...placeProperties,
      ...clusterProperties,
      ...clientProperties,
      replication: notAvailable(
        NOT_AVAILABLE_KEYS.scenario.replication,
        'Replication between clusters. Not available yet.',
        { 'eu-to-us': { kind: 'mirror-maker-2', from: 'eu', to: 'us', topics: ['orders'] } },
      ),
      ...eventProperties,
      ...expectationProperties,
      matrix: object(
        {
          vary: {
            type: 'object',
            additionalProperties: {
              type: 'array',
              minItems: 1,
              maxItems: 256,
              description: 'Values.',
              examples: [[1, 'all']],
            },
            maxProperties: 20,
            description: 'Paths and the values they take; one run for each combination, at most 256.',
            examples: [{ 'producers.checkout.config.acks': [1, 'all'] }],
          },
          except: listOf(
            {
              type: 'object',
              additionalProperties: anyScalar,
              maxProperties: 20,
              description: 'Values that do not go together.',
              examples: [{ 'producers.checkout.config.acks': 1 }],
            },
            'Combinations that are left out.',
            [{ 'producers.checkout.config.acks': 1, 'cluster.config.min.insync.replicas': 2 }],
          ),
        },
        {
          required: ['vary'],
          description: 'What-if: one run per combination, one table at the end.',
          examples: [{ vary: { 'producers.checkout.config.acks': [1, 'all'] } }],
        },
      ),
    }),
    definitions: {
      ...placeDefinitions,
      ...clusterDefinitions,
      ...clientDefinitions,
      ...eventDefinitions,
      expectation: expectationDefinition(claims),
    },
  };
}
