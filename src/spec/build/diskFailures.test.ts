import { describe, expect, test } from 'vitest';
import { loadOne } from '../testing/load.ts';

function actionOf(failure: string) {
  const text = `cluster: { brokers: { count: 2, hardware: { disks: [{ size: 1TB }, { size: 2TB }] } } }
failures: [{ at: 1m, ${failure} }]
`;
  return loadOne(text).failures[0]!.action;
}

describe('failures of machines and disks', () => {
  const target = { kind: 'broker', cluster: 'kafka', id: 2 };

  test('name a broker, and a disk where it has several', () => {
    expect(actionOf('powerLoss: broker 2')).toEqual({ verb: 'powerLoss', target });
    expect(actionOf('failDisk: broker 2')).toEqual({ verb: 'failDisk', target, disk: null });
    expect(actionOf('failDisk: { broker: 2, disk: 2 }')).toEqual({ verb: 'failDisk', target, disk: 2 });
  });

  test('fill a disk to a share of its size, by default to the last byte', () => {
    expect(actionOf('fillDisk: { broker: 2, disk: 1 }')).toEqual({ verb: 'fillDisk', target, disk: 1, share: 1 });
    expect(actionOf('fillDisk: { broker: 2, to: 95% }')).toEqual({ verb: 'fillDisk', target, disk: null, share: 0.95 });
  });

  test('make disks slower by a factor, or stall them', () => {
    expect(actionOf('slow: { broker: 2, disk: stall }')).toEqual({ verb: 'stallDisk', target });
    expect(actionOf('slow: { broker: 2, disk: 10x }')).toEqual({ verb: 'slow', target, resource: 'disk', factor: 10 });
  });

  test('refuse a disk that no broker has, and a stall of anything else', () => {
    expect(() => actionOf('failDisk: { broker: 2, disk: 3 }')).toThrow(/SP1149.*have 2 disks/s);
    expect(() => actionOf('fillDisk: { anyOf: brokers of kafka, disk: 3 }')).toThrow(/SP1149/);
    expect(() => actionOf('slow: { broker: 2, cpu: stall }')).toThrow(/SP1124/);
  });

  test('refuse to break a disk of what is no broker', () => {
    expect(() => actionOf('failDisk: { controller: 101 }')).toThrow(/SP1126.*a controller that is no broker/s);
    expect(() => actionOf('fillDisk: { anyOf: [broker 1, controllers of kafka] }')).toThrow(/SP1126/);
    expect(() =>
      loadOne(`cluster: { kafka: "3.9", coordination: zookeeper, brokers: 3 }
failures: [{ at: 1m, failDisk: { zookeeper: 1 } }]
`),
    ).toThrow(/SP1126.*means ZooKeeper/s);
    const combined = loadOne(`cluster: { brokers: 3, controllers: { combined: true } }
failures: [{ at: 1m, failDisk: controller }]
`);
    expect(combined.failures[0]!.action).toMatchObject({ verb: 'failDisk' });
  });
});
