import { expect, test } from 'vitest';
import { complaints, loadOne, scenarioText } from './testing/load.ts';

test('an assignor that nobody here knows', () => {
  const text = scenarioText().replace(
    'from: [orders]',
    'from: [orders], config: { partition.assignment.strategy: com.acme.Mine }',
  );
  expect(complaints(text)).toMatchInlineSnapshot(`
    "a.scenario.yaml:7:71 error SP1180: the assignor 'com.acme.Mine' is not available
      7 | ig: { partition.assignment.strategy: com.acme.Mine }, instances: 3 }
        |                                      ^^^^^^^^^^^^^
      Kafka's own: RangeAssignor, RoundRobinAssignor, StickyAssignor, CooperativeStickyAssignor"
  `);
});

test('an upgrade over too many releases, and a change that Kafka refuses while it runs', () => {
  const text = scenarioText(`kafka: "3.2"
coordination: kraft
operations:
- { at: 1m, upgrade: { to: "4.0" } }
- { at: 2m, alterConfig: { config: { num.partitions: 3 } } }`);
  expect(complaints(text)).toMatchInlineSnapshot(`
    "a.scenario.yaml:8:8 warning SP1207: KRaft of Kafka 3.2 was for tests only
      8 | kafka: "3.2"
        |        ^^^^^
      unclean.leader.election.enable has no effect; a fenced broker may join an ISR; coordination: zookeeper is what people ran then
    a.scenario.yaml:11:28 error SP1170: Kafka 3.2 cannot be rolled to 4.0
      11 | - { at: 1m, upgrade: { to: "4.0" } }
         |                            ^^^^^
      its nodes need a metadata.version of at least 3.3: go to an earlier release first
    a.scenario.yaml:12:38 warning SP1206: Kafka refuses this change of num.partitions
      12 | - { at: 2m, alterConfig: { config: { num.partitions: 3 } } }
         |                                      ^^^^^^^^^^^^^^
      INVALID_REQUEST: it is read from the static configuration when a node starts"
  `);
});

test('brokers that would not start', () => {
  const text = scenarioText('config: { replica.fetch.wait.max.ms: 40s }');
  expect(complaints(text)).toMatchInlineSnapshot(`
    "a.scenario.yaml:8:11 error SP1165: replica.socket.timeout.ms must be at least replica.fetch.wait.max.ms
      8 | config: { replica.fetch.wait.max.ms: 40s }
        |           ^^^^^^^^^^^^^^^^^^^^^^^^^
      replica.fetch.wait.max.ms is 40000, replica.socket.timeout.ms is 30000"
  `);
});

test('changes that brokers or the controller will refuse, and topics that will not be created', () => {
  const text = scenarioText(`operations:
  - { at: 1m, alterConfig: { broker: 1, config: { min.insync.replicas: 1 } } }
  - { at: 1m, alterConfig: { config: { min.insync.replicas: null, num.io.thread: null } } }
  - { at: 1m, createTopic: { topic: orders } }
  - { at: 1m, createTopic: { topic: new one, replicationFactor: 5 } }
  - { at: 1m, deleteTopic: { topic: nowhere } }`);
  expect(complaints(text)).toMatchInlineSnapshot(`
    "a.scenario.yaml:9:51 warning SP1206: Kafka refuses this change of min.insync.replicas
      9 |   - { at: 1m, alterConfig: { broker: 1, config: { min.insync.replicas: 1 }
        |                                                   ^^^^^^^^^^^^^^^^^^^
      INVALID_CONFIG: with eligible leader replicas brokers have no value of their own
    a.scenario.yaml:10:40 warning SP1206: Kafka refuses this change of min.insync.replicas
      10 |   - { at: 1m, alterConfig: { config: { min.insync.replicas: null, num.io.
         |                                        ^^^^^^^^^^^^^^^^^^^
      INVALID_CONFIG: with eligible leader replicas the cluster always has a value
    a.scenario.yaml:10:67 error SP1161: Kafka has no broker config 'num.io.thread'
      10 | onfig: { min.insync.replicas: null, num.io.thread: null } } }
         |                                     ^^^^^^^^^^^^^
      did you mean \`num.io.threads\`?
    a.scenario.yaml:11:37 warning SP1206: topic 'orders' is there from the start
      11 |   - { at: 1m, createTopic: { topic: orders } }
         |                                     ^^^^^^
      Kafka answers TOPIC_ALREADY_EXISTS unless it was deleted before
    a.scenario.yaml:12:37 error SP1105: 'new one' is no name for a topic
      12 |   - { at: 1m, createTopic: { topic: new one, replicationFactor: 5 } }
         |                                     ^^^^^^^
      up to 249 letters, digits, dots, underscores and dashes; not . or ..
    a.scenario.yaml:12:65 warning SP1206: 5 replicas, but the cluster has 3 brokers
      12 |  topic: new one, replicationFactor: 5 } }
         |                                     ^
      Kafka answers INVALID_REPLICATION_FACTOR
    a.scenario.yaml:13:37 error SP1141: unknown topic 'nowhere'
      13 |   - { at: 1m, deleteTopic: { topic: nowhere } }
         |                                     ^^^^^^^
      known: orders, new one"
  `);
});

test('a topic that clients bring about has nothing of its own', () => {
  const text = scenarioText().replace('partitions: 6, replicationFactor: 3', 'autoCreate: true, partitions: 6');
  expect(complaints(text)).toMatchInlineSnapshot(`
    "a.scenario.yaml:3:31 error SP1107: 'partitions' and 'autoCreate' exclude each other
      3 |   orders: { autoCreate: true, partitions: 6 }
        |                               ^^^^^^^^^^
      such a topic gets num.partitions, default.replication.factor and the configs of the brokers"
  `);
});

test('a topic that is deleted under its producer: what becomes of a new one of that name is said not to be modelled', () => {
  const { notModelled } = loadOne(
    scenarioText('operations: [{ name: away, at: 1m, deleteTopic: { topic: orders } }]'),
    {},
  );
  expect(notModelled).toContainEqual(
    expect.objectContaining({
      what: 'checkout writing to orders after it was deleted and created anew',
      where: 'operation away',
    }),
  );
});
