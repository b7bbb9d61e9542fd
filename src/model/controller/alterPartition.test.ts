import { describe, expect, test } from 'vitest';
import type { AlterPartitionItem } from '../metadata.ts';
import { Bed, type BedOptions } from './testbed.ts';

/** Partition 0: replicas and ISR [0, 1, 2], led by broker 0. */
function steady(options: BedOptions = {}): Bed {
  const bed = new Bed(options);
  bed.runTo(6);
  return bed;
}

function ask(bed: Bed, change: Partial<AlterPartitionItem>): string {
  const { leaderEpoch, partitionEpoch } = bed.image(0);
  const item: AlterPartitionItem = {
    partition: 0,
    leaderEpoch,
    partitionEpoch,
    newIsr: [0, 1, 2],
    recovered: true,
    reason: 'isrExpand',
    cause: -1,
    ...change,
  };
  let answer = '';
  bed.plane.alterPartition(0, [item], ([result]) => {
    answer = result!.error;
  });
  bed.runTo(bed.kernel.nowUs / 1e6 + 1);
  return answer;
}

/** As the brokers' metadata says. */
function brokerEpochs(bed: Bed): number[] {
  const epochs: number[] = [];
  for (const { delta } of bed.deltas[0]!)
    for (const { broker, brokerEpoch } of delta.brokers) epochs[broker] = brokerEpoch;
  return epochs;
}

describe('AlterPartition with broker epochs (KIP-903)', () => {
  test('is refused with INELIGIBLE_REPLICA when a proposed member registered later than the leader knows', () => {
    const bed = steady();
    ask(bed, { newIsr: [0, 1], reason: 'isrShrink' });
    const epochs = brokerEpochs(bed);
    expect(epochs).toHaveLength(3);
    const newIsrEpochs = [epochs[0]!, epochs[1]!, epochs[2]! - 1];
    expect(ask(bed, { newIsrEpochs })).toBe('INELIGIBLE_REPLICA');
    expect(bed.image(0).isr).toEqual([0, 1]);
  });

  test('is taken when every epoch is that of the registration, or -1', () => {
    const bed = steady();
    ask(bed, { newIsr: [0, 1], reason: 'isrShrink' });
    const [first, , third] = brokerEpochs(bed);
    expect(ask(bed, { newIsrEpochs: [first!, -1, third!] })).toBe('NONE');
    expect(bed.image(0).isr).toEqual([0, 1, 2]);
  });

  test('is not compared up to 3.4', () => {
    const bed = steady({ kafka: '3.4' });
    ask(bed, { newIsr: [0, 1], reason: 'isrShrink' });
    expect(ask(bed, { newIsrEpochs: [99, 99, 99] })).toBe('NONE');
  });
});

describe('AlterPartition of a leader that has not recovered', () => {
  test('is INVALID_REQUEST, since the partition is RECOVERED', () => {
    expect(ask(steady(), { newIsr: [0], recovered: false })).toBe('INVALID_REQUEST');
  });
});
