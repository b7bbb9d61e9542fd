import { describe, expect, test } from 'vitest';
import type { ClusterLayout } from '../context.ts';
import type { BrokerImage, MetadataDelta } from '../metadata.ts';
import { BrokerView } from './brokerView.ts';

function view(): BrokerView {
  const spec = { topics: [], brokerConfigs: new Map(), kafka: '4.1' };
  return new BrokerView({ spec, versions: { ofBroker: () => ({}) } } as unknown as ClusterLayout, 0);
}

function delta(change: Partial<MetadataDelta>): MetadataDelta {
  return { offset: 1, topics: [], partitions: [], brokers: [], configs: [], cause: -1, ...change };
}

function broker(change: Partial<BrokerImage>): MetadataDelta {
  return delta({
    brokers: [{ broker: 2, brokerEpoch: 7, fenced: false, inControlledShutdown: false, isRegistered: true, ...change }],
  });
}

describe('what a broker knows of another one', () => {
  test('is that it may be in ISRs unless it is fenced or stops', () => {
    const one = view();
    one.apply(broker({}));
    expect(one.isActive(2)).toBe(true);
    one.apply(broker({ fenced: true }));
    expect(one.isActive(2)).toBe(false);
    one.apply(broker({ inControlledShutdown: true }));
    expect(one.isActive(2)).toBe(false);
    one.apply(broker({}));
    expect(one.isActive(2)).toBe(true);
  });

  test('is the epoch of its latest registration, which fetches must name if they name one (KIP-903)', () => {
    const one = view();
    expect(one.brokerEpoch(2)).toBe(-1);
    one.apply(broker({ brokerEpoch: 7 }));
    expect([6, 7, 8, -1].map((epoch) => one.isIsrEligible(2, epoch))).toEqual([false, true, false, true]);
    one.apply(broker({ brokerEpoch: 12 }));
    expect(one.isIsrEligible(2, 7)).toBe(false);
    one.apply(broker({ brokerEpoch: 12, fenced: true }));
    expect(one.isIsrEligible(2, 12)).toBe(false);
  });
});

test('a topic and its partitions are known once a batch told of them', () => {
  const one = view();
  expect(one.topic('orders')).toBeUndefined();
  one.apply(delta({ topics: [{ name: 'orders', partitions: [4, 5], internal: false }] }));
  expect(one.topic('orders')!.partitions).toEqual([4, 5]);
  expect(one.topicOf(5)).toBe('orders');
  expect(one.partition(5)).toBeUndefined();
});
