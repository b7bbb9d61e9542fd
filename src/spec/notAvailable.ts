/**
 * What the language has and the model does not do yet. Each is refused with SP1180 and never ignored; when a
 * behaviour arrives its line is removed here and the schema is written anew.
 */
export interface NotAvailableValue {
  readonly config: string;
  /** The values that are refused; undefined refuses the config whenever it is set to anything but null or empty. */
  readonly values?: readonly string[];
  /** Values that end in one of these are fine. */
  readonly except?: readonly string[];
  readonly what: string;
}

/** Keys, by the place in the schema that they belong to. */
export const NOT_AVAILABLE_KEYS = {
  scenario: {
    replication: 'Replication between clusters (MirrorMaker 2, cluster links)',
  },
  cluster: {
    security: 'Authentication and access control',
  },
  client: {
    principal: 'Authentication and access control',
  },
  failure: {
    poisonRecord: 'A record that a consumer cannot process',
    schemaRegistryDown: 'Schema Registry',
    expireCertificate: 'TLS',
    revokeAcl: 'Access control',
  },
  operation: {
    deploy: 'A rolling deployment of clients',
    failover: 'Moving clients to another cluster',
    failback: 'Moving clients back',
    resetOffsets: 'Resetting the offsets of a group',
    promote: 'Promotion of a mirror or observer',
    upgradeSchema: 'Schemas',
    alterAcls: 'Access control',
  },
} as const satisfies Record<string, Record<string, string>>;

/** Expectations that the language names; those that the assertion registry has are available. */
export const LANGUAGE_CLAIMS: readonly string[] = [
  'noRecordLoss',
  'noDuplicates',
  'orderPreserved',
  'exactlyOnce',
  'noUncommittedRead',
  'offsetsMonotonic',
  'metric',
  'always',
  'never',
  'eventually',
  'availability',
  'recoveryTime',
  'rebalances',
  'rpo',
  'timeBelowMargin',
  'leadersBalanced',
  'rackAware',
  'partitionsSpread',
  'consumersIdle',
  'diskBelow',
  'crossZoneTraffic',
  'cost',
  'output',
  'schema',
  'access',
];

/** Client and broker configs whose value asks for something that does not exist yet. */
export const NOT_AVAILABLE_CONFIGS: Readonly<
  Record<'producer' | 'consumer' | 'broker' | 'topic', readonly NotAvailableValue[]>
> = {
  producer: [],
  consumer: [],
  broker: [
    { config: 'replica.selector.class', except: ['RackAwareReplicaSelector'], what: 'A replica selector of your own' },
  ],
  topic: [],
};
