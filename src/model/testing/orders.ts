export interface OrdersSettings {
  readonly duration: string;
  readonly kafka?: string;
  readonly brokers?: number;
  /** Replicas by partition; the first is preferred. */
  readonly replicas?: readonly (readonly number[])[];
  /** Configs of the topic, as flow YAML without braces. */
  readonly topic?: string;
  /** More keys of the cluster, one a line. */
  readonly cluster?: readonly string[];
  readonly rate?: string;
  /** Configs of the producer, as flow YAML without braces. */
  readonly producer?: string;
  /** More keys of the producer, as flow YAML without braces. */
  readonly producerKeys?: string;
  readonly failures?: readonly string[];
  readonly operations?: readonly string[];
}

/** Each of three brokers leads one of the partitions of `orders`. */
export const ROTATED: readonly (readonly number[])[] = [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
];
/** Broker 1 leads all three partitions. */
export const LED_BY_1: readonly (readonly number[])[] = [
  [1, 2, 3],
  [1, 2, 3],
  [1, 2, 3],
];

/**
 * The cluster of most measured cases: three brokers, `orders` with three replicas and min.insync.replicas 2, one
 * producer with Kafka's defaults that deals its records in turn.
 */
export function orders(settings: OrdersSettings): string {
  const { replicas = ROTATED, rate = '90/s', failures = [], operations = [] } = settings;
  const assignment = replicas.map((brokers, partition) => `${partition}: [${brokers.join(', ')}]`).join(', ');
  const lines = [
    'name: orders',
    `duration: ${settings.duration}`,
    'cluster:',
    `  kafka: "${settings.kafka ?? '4.1'}"`,
    `  brokers: ${settings.brokers ?? 3}`,
    ...(settings.cluster ?? []).map((line) => `  ${line}`),
    '  topics:',
    `    orders: { partitions: ${replicas.length}, replicas: { ${assignment} }, config: { ${settings.topic ?? 'min.insync.replicas: 2'} } }`,
    'producers:',
    `  checkout: { to: orders, rate: ${rate}, record: { size: 200B }, ${settings.producerKeys ?? 'partitioner: round-robin'}, config: { ${settings.producer ?? ''} } }`,
  ];
  if (failures.length > 0) lines.push('failures:', ...failures.map((failure) => `  - { ${failure} }`));
  if (operations.length > 0) lines.push('operations:', ...operations.map((operation) => `  - { ${operation} }`));
  return `${lines.join('\n')}\n`;
}
