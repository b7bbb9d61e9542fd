import { describe, expect, test } from 'vitest';
import { complaints, loadOne, scenarioText } from '../testing/load.ts';

const zooKeeper = (more: string, kafka = '3.9'): string => scenarioText(`kafka: "${kafka}"\n${more}`);
const cluster = (text: string) => loadOne(text).clusters[0]!;

describe('a cluster that ZooKeeper coordinates', () => {
  test('has three servers when nothing is said, and its brokers as controllers', () => {
    const { zookeeper, controllers, brokers } = cluster(zooKeeper('coordination: zookeeper'));
    expect(zookeeper).toMatchObject({
      standAlone: false,
      tickTimeUs: 2_000_000,
      initLimitTicks: 10,
      syncLimitTicks: 5,
    });
    expect(zookeeper!.nodes.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(controllers.map(({ id, combined }) => [id, combined])).toEqual(brokers.map(({ id }) => [id, true]));
  });

  test('takes the ensemble, its zones and its timers as written', () => {
    const text = `regions: { eu: { zones: [a, b] } }\n${zooKeeper('coordination: { zookeeper: { ensemble: 5, zones: [a, b], tickTime: 3s, syncLimit: 2 } }')}`;
    const { zookeeper } = cluster(text);
    expect(zookeeper!.nodes.map(({ place }) => place.zone)).toEqual(['a', 'b', 'a', 'b', 'a']);
    expect(zookeeper).toMatchObject({ tickTimeUs: 3_000_000, syncLimitTicks: 2 });
  });

  test('says that initLimit has no effect when it is written', () => {
    const { notModelled } = loadOne(zooKeeper('coordination: { zookeeper: { ensemble: 3, initLimit: 5 } }'));
    expect(notModelled.map(({ what }) => what)).toEqual(['initLimit']);
    expect(loadOne(zooKeeper('coordination: zookeeper')).notModelled).toEqual([]);
  });

  test('runs every release from 2.8 to 3.9', () => {
    for (const kafka of ['2.8', '3.0', '3.2', '3.9'])
      expect(cluster(zooKeeper('coordination: zookeeper', kafka)).kafka).toBe(kafka);
  });

  test('has no eligible leader replicas', () => {
    expect(cluster(zooKeeper('coordination: zookeeper')).eligibleLeaderReplicas).toBe(false);
  });

  test('may have servers that do not know each other', () => {
    const { zookeeper } = cluster(zooKeeper('coordination: { zookeeper: { standAlone: 2, startsWithin: 200ms } }'));
    expect(zookeeper).toMatchObject({ standAlone: true, startsWithinUs: 200_000 });
    expect(zookeeper!.nodes).toHaveLength(2);
  });
});

test('KRaft is the default, and may be said', () => {
  expect(cluster(scenarioText()).zookeeper).toBeNull();
  expect(cluster(scenarioText('coordination: kraft')).zookeeper).toBeNull();
});

describe('is refused:', () => {
  test('ZooKeeper from 4.0 on', () => {
    expect(complaints(zooKeeper('coordination: zookeeper', '4.0'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:15 error SP1162: Kafka 4.0 has no ZooKeeper
        9 | coordination: zookeeper
          |               ^^^^^^^^^
        ZooKeeper exists until 3.9"
    `);
  });

  test('an ensemble of stand-alone servers', () => {
    expect(complaints(zooKeeper('coordination: { zookeeper: { standAlone: 2, ensemble: 3 } }'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:30 error SP1107: 'standAlone' and 'ensemble' exclude each other
        9 | coordination: { zookeeper: { standAlone: 2, ensemble: 3 } }
          |                              ^^^^^^^^^^
        servers of one ensemble know each other; stand-alone ones do not"
    `);
  });

  test('the controllers of a quorum beside ZooKeeper', () => {
    expect(complaints(zooKeeper('coordination: zookeeper\ncontrollers: 3'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:10:1 error SP1107: 'controllers' and ZooKeeper exclude each other
        10 | controllers: 3
           | ^^^^^^^^^^^
        a.scenario.yaml:9:15 ZooKeeper is here
        with ZooKeeper one of the brokers is the controller; controllers: are those of a KRaft quorum"
    `);
  });

  test('another coordinator', () => {
    expect(complaints(zooKeeper('coordination: etcd'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:15 error SP1103: expected kraft or zookeeper, not 'etcd'
        9 | coordination: etcd
          |               ^^^^"
    `);
  });

  test('eligible leader replicas', () => {
    expect(complaints(zooKeeper('coordination: zookeeper\neligibleLeaderReplicas: true'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:10:25 error SP1162: Kafka 3.9 has no eligible leader replicas
        10 | eligibleLeaderReplicas: true
           |                         ^^^^
        they exist from 4.0 on"
    `);
  });

  test('a failure of servers that are not there', () => {
    const failures = 'failures:\n  - { at: 1m, crash: zookeeper 4 }\n  - { at: 2m, loseZooKeeper: 4 }';
    expect(complaints(zooKeeper(`coordination: zookeeper\n${failures}`))).toMatchInlineSnapshot(`
      "a.scenario.yaml:11:22 error SP1145: cluster 'kafka' has no zookeeper 4
        11 |   - { at: 1m, crash: zookeeper 4 }
           |                      ^^^^^^^^^^^
        its zookeepers: 1, 2, 3
      a.scenario.yaml:12:30 error SP1145: cluster 'kafka' has only 3 ZooKeeper servers
        12 |   - { at: 2m, loseZooKeeper: 4 }
           |                              ^"
    `);
  });

  test('a failure of ZooKeeper in a cluster of KRaft', () => {
    const failures = 'failures:\n  - { at: 1m, crash: zookeeper leader }\n  - { at: 2m, loseZooKeeper: 1 }';
    expect(complaints(scenarioText(failures))).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:22 error SP1145: cluster 'kafka' has no ZooKeeper
        9 |   - { at: 1m, crash: zookeeper leader }
          |                      ^^^^^^^^^^^^^^^^
        add coordination: { zookeeper: { ensemble: 3 } }
      a.scenario.yaml:10:30 error SP1145: cluster 'kafka' has no ZooKeeper
        10 |   - { at: 2m, loseZooKeeper: 1 }
           |                              ^"
    `);
  });
});

test('ZooKeeper servers are targets by id, by role and all together, in words and as a map', () => {
  const failures = `failures:
  - { at: 1m, crash: zookeeper 2 }
  - { at: 2m, crash: { zookeeper: 3 } }
  - { at: 3m, freeze: zookeeper leader }
  - { at: 4m, partition: { between: [broker 1, zookeepers] } }
  - { at: 290s, loseZooKeeper: { count: 2 } }`;
  const actions = loadOne(zooKeeper(`coordination: zookeeper\n${failures}`)).failures.map(({ action }) => action);
  expect(actions).toMatchObject([
    { verb: 'crash', target: { kind: 'zooKeeperNode', id: 2 } },
    { verb: 'crash', target: { kind: 'zooKeeperNode', id: 3 } },
    { verb: 'freeze', target: { kind: 'zooKeeperLeader' } },
    { verb: 'partition', between: [{ kind: 'broker', id: 1 }, { kind: 'zooKeepersOf' }] },
    { verb: 'loseZooKeeper', count: 2 },
  ]);
});
