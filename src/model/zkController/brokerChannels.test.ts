import { expect, test } from 'vitest';
import type { Scenario } from '../../scenario/scenario.ts';
import { Kernel } from '../../sim/index.ts';
import type { MetadataDelta, PartitionImage } from '../metadata.ts';
import { Links } from '../network/links.ts';
import { Network } from '../network/network.ts';
import { Process } from '../network/process.ts';
import { BrokerChannels } from './brokerChannels.ts';

const near = { latencyUs: 200, jitter: 0, bandwidthBytesPerSec: 1e9, loss: 0 };
const far = { ...near, latencyUs: 20_000 };

interface Got {
  readonly broker: number;
  readonly atUs: number;
  readonly epoch: number;
  readonly delta: MetadataDelta;
}

/** A controller on broker 0, broker 1 beside it, broker 2 in another zone. */
function bed() {
  const kernel = new Kernel('channels');
  const places = ['a', 'a', 'b'].map((zone) => ({ region: 'eu', zone }));
  const processes = places.map((place, i) => new Process(i, `broker ${i + 1}`, 'broker', place));
  const regions = [{ name: 'eu', zones: ['a', 'b'], withinZone: near, betweenZones: far }];
  const scenario = { regions, links: [] } as unknown as Scenario;
  const links = new Links(scenario, processes, [1e9, 1e9, 1e9], kernel.random);
  const got: Got[] = [];
  const byBroker = new Map(processes.map((process, broker) => [broker, process]));
  const channels = new BrokerChannels(
    new Network(kernel, links, processes),
    processes[0]!,
    7,
    byBroker,
    (broker, epoch, delta) => got.push({ broker, atUs: kernel.nowUs, epoch, delta }),
  );
  const alive = (...brokers: number[]) => channels.setLive(new Set(brokers), []);
  return { kernel, processes, links, channels, got, alive };
}

function image(partition: number, replicas: readonly number[]): PartitionImage {
  return {
    partition,
    replicas,
    adding: [],
    removing: [],
    isr: replicas,
    elr: [],
    leader: replicas[0]!,
    leaderEpoch: 1,
    partitionEpoch: 1,
    recovering: false,
    reason: 'brokerFailure',
    event: -1,
  };
}

test('replicas get LeaderAndIsr and then UpdateMetadata, the others UpdateMetadata only', () => {
  const { kernel, channels, got, alive } = bed();
  alive(0, 1, 2);
  channels.send({ partitions: [image(0, [0, 1])], cause: -1 });
  kernel.run(1e6);
  expect([0, 1, 2].map((broker) => got.filter((one) => one.broker === broker).length)).toEqual([2, 2, 1]);
  expect(new Set(got.map(({ epoch }) => epoch))).toEqual(new Set([7]));
});

test('brokers learn of a change at different times, each in the order of the controller', () => {
  const { kernel, channels, got, alive } = bed();
  alive(0, 1, 2);
  for (let partition = 0; partition < 3; partition++) channels.send({ partitions: [image(partition, [0])], cause: -1 });
  kernel.run(1e6);
  const times = (broker: number) => got.filter((one) => one.broker === broker).map(({ atUs }) => atUs);
  expect(times(2)[0]!).toBeGreaterThan(times(1).at(-1)!);
  // The next request goes when the one before is answered.
  expect(times(2)[1]! - times(2)[0]!).toBeGreaterThanOrEqual(40_000);
  const order = got.filter(({ broker }) => broker === 2).map(({ delta }) => delta.partitions[0]!.partition);
  expect(order).toEqual([0, 1, 2]);
});

test('what waits for a broker that is not live any more is dropped', () => {
  const { kernel, channels, got, alive } = bed();
  alive(0, 1, 2);
  channels.send({ partitions: [image(0, [0])], cause: -1 });
  channels.send({ partitions: [image(1, [0])], cause: -1 });
  alive(0, 1);
  kernel.run(1e6);
  expect(got.filter(({ broker }) => broker === 2)).toEqual([]);
  expect(got.filter(({ broker }) => broker === 1)).toHaveLength(2);
});

test('a broker that hangs gets it when it resumes; the others do not wait', () => {
  const { kernel, processes, channels, got, alive } = bed();
  alive(0, 1, 2);
  processes[1]!.freeze();
  channels.send({ partitions: [image(0, [0])], cause: -1 });
  kernel.run(1e6);
  expect(got.map(({ broker }) => broker).sort()).toEqual([0, 0, 2]);
  processes[1]!.resume();
  expect(got.filter(({ broker }) => broker === 1)).toHaveLength(1);
});

test('a partition that is stopped on a broker reaches it without a leader, and the rest of the cluster with one', () => {
  const { kernel, channels, got, alive } = bed();
  alive(0, 1, 2);
  channels.send({ partitions: [image(0, [1, 2])], cause: -1 }, new Map([[1, new Set([0])]]));
  kernel.run(1e6);
  const leaders = (broker: number) =>
    got.filter((one) => one.broker === broker).map(({ delta }) => delta.partitions[0]!.leader);
  expect(leaders(1)).toEqual([-1, 1]);
  expect(leaders(2)).toEqual([1, 1]);
});

test('nothing is sent after the controller resigned', () => {
  const { kernel, channels, got, alive } = bed();
  alive(0, 1, 2);
  channels.send({ partitions: [image(0, [0])], cause: -1 });
  channels.close();
  channels.send({ partitions: [image(1, [0])], cause: -1 });
  kernel.run(1e6);
  expect(got).toEqual([]);
});
