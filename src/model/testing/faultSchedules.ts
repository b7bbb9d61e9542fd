import fc from 'fast-check';
import { LED_BY_1, type OrdersSettings, orders, ROTATED } from './orders.ts';

/** A small cluster, a producer and some faults: what the properties of the whole model are tried on. */
export interface RandomScenario {
  readonly acks: '0' | '1' | 'all';
  readonly minIsr: number;
  readonly unclean: boolean;
  /** False: acks=all with enable.idempotence=false. */
  readonly idempotent: boolean;
  readonly kafka: string;
  readonly yaml: string;
  readonly seed: string;
}

const broker = fc.integer({ min: 1, max: 3 });
const startSec = fc.integer({ min: 2, max: 25 });
const lengthSec = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 35 }));

/** One failure without its name, as flow YAML. */
const fault: fc.Arbitrary<string> = fc
  .tuple(
    startSec,
    lengthSec,
    fc.oneof(
      { weight: 3, arbitrary: broker.map((id) => `crash: { broker: ${id} }`) },
      { weight: 3, arbitrary: broker.map((id) => `freeze: { broker: ${id} }`) },
      { weight: 2, arbitrary: broker.map((id) => `stop: { broker: ${id} }`) },
      { weight: 2, arbitrary: broker.map((id) => cut(`{ broker: ${id} }`, 'controllers of kafka')) },
      { weight: 2, arbitrary: broker.map((id) => cut(`{ broker: ${id} }`, `[ ${others(id)} ]`)) },
      { weight: 2, arbitrary: broker.map((id) => cut(`{ broker: ${id} }`, '{ client: checkout }')) },
      { weight: 2, arbitrary: broker.map((id) => cut(`{ broker: ${id} }`, 'everything')) },
      {
        weight: 1,
        arbitrary: broker.map((id) => `partition: { between: [ { broker: ${id} }, everything ], oneWay: true }`),
      },
      { weight: 1, arbitrary: fc.constant('crash: controller of kafka') },
      { weight: 1, arbitrary: broker.map((id) => `degrade: { broker: ${id}, loss: 20%, latency: +50ms }`) },
      { weight: 1, arbitrary: broker.map((id) => `slow: { broker: ${id}, disk: 50x }`) },
    ),
  )
  .map(([at, length, what]) => `at: ${at}s, for: ${length}s, ${what}`);

/** Any mixture. `only` fixes what a property needs. */
export function randomScenario(only: Partial<RandomScenario> = {}): fc.Arbitrary<RandomScenario> {
  return fc
    .record({
      acks: only.acks === undefined ? fc.constantFrom('0', '1', 'all', 'all') : fc.constant(only.acks),
      minIsr: only.minIsr === undefined ? fc.constantFrom(1, 2) : fc.constant(only.minIsr),
      unclean: only.unclean === undefined ? fc.boolean() : fc.constant(only.unclean),
      idempotent: only.idempotent === undefined ? fc.boolean() : fc.constant(only.idempotent),
      kafka: only.kafka === undefined ? fc.constantFrom('3.6', '3.9', '4.1', '4.3') : fc.constant(only.kafka),
      ledBy1: fc.boolean(),
      linger: fc.constantFrom(0, 5, 100),
      isSticky: fc.boolean(),
      faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
      seed: fc.integer({ min: 0, max: 9999 }),
    })
    .map((one) => ({ ...one, seed: `r${one.seed}`, yaml: orders(settingsOf(one)) }));
}

function settingsOf(one: {
  acks: string;
  minIsr: number;
  unclean: boolean;
  idempotent: boolean;
  kafka: string;
  ledBy1: boolean;
  linger: number;
  isSticky: boolean;
  faults: readonly string[];
}): OrdersSettings {
  const isIdempotent = one.idempotent && one.acks === 'all';
  return {
    duration: '75s',
    kafka: one.kafka,
    replicas: one.ledBy1 ? LED_BY_1 : ROTATED,
    topic: `min.insync.replicas: ${one.minIsr}, unclean.leader.election.enable: ${one.unclean}`,
    rate: '40/s',
    producerKeys: `partitioner: ${one.isSticky ? 'sticky' : 'round-robin'}`,
    // Short time-outs: a retry, an expiry and their consequences all fit into the run.
    producer: [
      `acks: ${one.acks}`,
      `linger.ms: ${one.linger}`,
      `request.timeout.ms: 5000`,
      `delivery.timeout.ms: 20000`,
      ...(one.acks === 'all' ? [`enable.idempotence: ${isIdempotent}`] : []),
    ].join(', '),
    failures: one.faults.map((text, i) => `name: f${i}, ${text}`),
  };
}

function cut(one: string, other: string): string {
  return `partition: { between: [ ${one}, ${other} ] }`;
}

function others(id: number): string {
  return [1, 2, 3]
    .filter((one) => one !== id)
    .map((one) => `{ broker: ${one} }`)
    .join(', ');
}
