import { describe, expect, test } from 'vitest';
import { complaints, load, scenarioText } from './testing/load.ts';

const expecting = (expectation: string) => scenarioText(`expect: [${expectation}]`);

/** The parameters of the only expectation. */
function read(expectation: string): Readonly<Record<string, unknown>> | undefined {
  const result = load(expecting(expectation));
  return 'scenarios' in result ? result.scenarios[0]?.expectations[0]?.params : undefined;
}

describe('Kafka’s own metrics in expectations', () => {
  test.each([
    '{ metric: UnderReplicatedPartitions, max: "= 0" }',
    '{ metric: "kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions", max: "= 0" }',
    '{ metric: IsrShrinksPerSec, of: broker 1, total: "= 0" }',
    '{ metric: "kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=Produce", p99: "< 5" }',
    '{ metric: "kafka.server:type=ReplicaFetcherManager,name=MaxLag,clientId=Replica", max: "< 5" }',
    '{ metric: RequestHandlerAvgIdlePercent, min: "> 0.3" }',
    '{ metric: BytesInPerSec, of: orders, mean: "> 1MB/s" }',
    '{ always: { UnderMinIsrPartitionCount: { equals: 0 } }, during: steady }',
    '{ never: { RequestHandlerAvgIdlePercent: { below: 0.1 } } }',
    '{ eventually: { FencedBrokerCount: { equals: 0 } }, within: 10s }',
    '{ at: 10s, LeaderCount: { of: broker 1, atLeast: 1 } }',
    '{ always: { Size: { of: broker 1, below: 10GiB } } }',
  ])('are understood: %s', (expectation) => {
    expect(complaints(expecting(expectation))).toBe('');
  });

  test('by the name of an MBean mean the attribute', () => {
    expect(
      read('{ metric: "kafka.server:type=ReplicaManager,name=LeaderCount", of: broker 1, max: "= 2" }'),
    ).toMatchObject({ metric: 'LeaderCount', of: 'broker 1' });
  });

  test('with a typing error are told the nearest', () => {
    expect(complaints(expecting('{ metric: UnderReplicatedPartition, max: "= 0" }'))).toContain(
      'did you mean `UnderReplicatedPartitions`?',
    );
    const mbean = 'kafka.server:type=ReplicaManager,name=IsrShrinkPerSec';
    expect(complaints(expecting(`{ metric: "${mbean}", total: "= 0" }`))).toContain(
      'did you mean `kafka.server:type=ReplicaManager,name=IsrShrinksPerSec`?',
    );
  });

  test('that the model has no honest answer for are refused with the reason', () => {
    const plain = complaints(expecting('{ metric: NetworkProcessorAvgIdlePercent, min: "> 0.3" }'));
    expect(plain).toContain('SP1180: the metric NetworkProcessorAvgIdlePercent is not modelled: network threads are');
    const mbean = 'kafka.network:type=SocketServer,name=NetworkProcessorAvgIdlePercent';
    expect(complaints(expecting(`{ metric: "${mbean}", min: "> 0.3" }`))).toContain('SP1180');
  });

  test('of something that does not have them are refused', () => {
    expect(complaints(expecting('{ metric: OfflinePartitionsCount, of: broker 1, max: "= 0" }'))).toContain(
      "'broker 1' is a broker, and this has none for one",
    );
    expect(complaints(expecting('{ always: { LeaderCount: { of: billing, equals: 1 } } }'))).toContain(
      "'billing' is a group, and this has none for one",
    );
  });

  test('with a topic in the MBean are told to write `of`', () => {
    const mbean = 'kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=orders';
    expect(complaints(expecting(`{ metric: "${mbean}", mean: "> 1MB/s" }`))).toContain(
      'write topic, partition or client',
    );
  });

  test('a window beside a metric that counts from an instant is refused, and an instant beside one that takes a window', () => {
    const failures = 'failures: [{ name: drill, at: 1m, crash: { broker: 1 } }]';
    const both = (expectation: string) => complaints(scenarioText(`${failures}\nexpect: [${expectation}]`));
    expect(both('{ metric: time.untilLeader, of: orders-0, max: "< 9s", during: drill }')).toContain(
      "SP1107: 'during' and the metric time.untilLeader exclude each other",
    );
    expect(both('{ metric: produce.gap, of: orders-0, max: "< 9s", after: drill }')).toContain(
      "SP1107: 'after' and the metric produce.gap exclude each other",
    );
    expect(both('{ metric: time.untilLeader, of: orders-0, max: "< 9s", after: drill }')).toBe('');
  });

  test('have only the aggregations that make sense', () => {
    expect(complaints(expecting('{ metric: IsrShrinksPerSec, p99: "< 1" }'))).toContain(
      'the metric IsrShrinksPerSec has no p99',
    );
    const mbean = 'kafka.server:type=ReplicaManager,name=IsrShrinksPerSec';
    expect(complaints(expecting(`{ metric: "${mbean}", p99: "< 1" }`))).toContain('has no p99');
  });
});
