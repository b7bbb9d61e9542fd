import { describe, expect, test } from 'vitest';
import { complaints, scenarioText } from './testing/load.ts';

describe('what Kafka refuses about group protocols', () => {
  test('the consumer protocol before 4.0', () => {
    const text = scenarioText('kafka: "3.9"').replace('instances: 3', 'config: { group.protocol: consumer }');
    expect(complaints(text)).toMatchInlineSnapshot(`
      "a.scenario.yaml:7:56 error SP1180: group.protocol: consumer is not available yet with Kafka 3.9
        7 |  [orders], config: { group.protocol: consumer } }
          |                                      ^^^^^^^^
        brokers offer the protocol of KIP-848 from 4.0 on; before that it was early access, with other rules"
    `);
  });

  test('what the consumer protocol leaves to the brokers', () => {
    const config =
      'config: { group.protocol: consumer, session.timeout.ms: 30s, heartbeat.interval.ms: 3s, group.remote.assignor: sticky }';
    expect(complaints(scenarioText().replace('instances: 3', config))).toMatchInlineSnapshot(`
      "a.scenario.yaml:7:66 error SP1165: session.timeout.ms cannot be set when group.protocol=consumer
        7 |  config: { group.protocol: consumer, session.timeout.ms: 30s, heartbeat.in
          |                                      ^^^^^^^^^^^^^^^^^^
        a.scenario.yaml:7:40 group.protocol is set here
        the brokers decide; see group.consumer.session.timeout.ms, group.consumer.heartbeat.interval.ms and group.remote.assignor
      a.scenario.yaml:7:91 error SP1165: heartbeat.interval.ms cannot be set when group.protocol=consumer
        7 | : consumer, session.timeout.ms: 30s, heartbeat.interval.ms: 3s, group.remo
          |                                      ^^^^^^^^^^^^^^^^^^^^^
        a.scenario.yaml:7:40 group.protocol is set here
        the brokers decide; see group.consumer.session.timeout.ms, group.consumer.heartbeat.interval.ms and group.remote.assignor
      a.scenario.yaml:7:141 error SP1165: the brokers do not have the assignor 'sticky' (UNSUPPORTED_ASSIGNOR)
        7 | erval.ms: 3s, group.remote.assignor: sticky } }
          |                                      ^^^^^^
        group.consumer.assignors: uniform, range"
    `);
  });

  test('an assignor of the brokers for a classic consumer', () => {
    const config = 'config: { group.remote.assignor: range }';
    expect(complaints(scenarioText().replace('instances: 3', config))).toMatchInlineSnapshot(`
      "a.scenario.yaml:7:40 error SP1165: group.remote.assignor cannot be set when group.protocol=classic
        7 |   billing: { from: [orders], config: { group.remote.assignor: range } }
          |                                        ^^^^^^^^^^^^^^^^^^^^^"
    `);
  });

  test('sessions of the consumer protocol outside of what the brokers allow', () => {
    expect(complaints(scenarioText('config: { group.consumer.session.timeout.ms: 30s }'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:11 error SP1165: group.consumer.session.timeout.ms must lie between group.consumer.min.session.timeout.ms and group.consumer.max.session.timeout.ms
        8 | config: { group.consumer.session.timeout.ms: 30s }
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        group.consumer.session.timeout.ms is 30000, group.consumer.min.session.timeout.ms is 45000, group.consumer.max.session.timeout.ms is 60000"
    `);
  });
});
