import { describe, expect, test } from 'vitest';
import { bound, claim, type ForgedTrace, forged } from '../../assertions/testing/forgedTrace.ts';
import type { Verdict } from '../../result/runResult.ts';
import { METRIC_ALIASES, METRICS, metricNamed } from '../metricNames.ts';
import { KAFKA_GAUGES, KAFKA_METRICS } from './names.ts';
import { METRICS_NOT_MODELLED } from './notModelled.ts';

/** What the metric says at 1 s, for whomever. */
function readAt1s(name: string, of: string | null, tell: (trace: ForgedTrace) => void): string {
  const params = { at: 1_000_000, [name]: of === null ? {} : { of } };
  const trace = forged([claim('at', params)]);
  tell(trace);
  trace.event(2000, { type: 'controller.none', cluster: 'main' });
  return trace.verdict(3000).observed;
}

function measured(
  name: string,
  params: Readonly<Record<string, unknown>>,
  tell: (trace: ForgedTrace) => void,
): Verdict {
  const trace = forged([claim('metric', { metric: name, ...params })]);
  tell(trace);
  return trace.verdict(10_000);
}

/** Three brokers that run and are registered, one controller, `orders` as its assignment says. */
function healthy(trace: ForgedTrace): void {
  trace.event(0, { type: 'controller.active', controller: 0, cluster: 'main', epoch: 7 });
  for (const broker of [0, 1, 2]) {
    trace.event(0, { type: 'broker.control', broker, from: 'FENCED', to: 'UNFENCED', reason: 'bootstrap' });
    trace.event(0, { type: 'broker.state', broker, from: 'NOT_RUNNING', to: 'RUNNING' });
  }
  for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, trace.cast.partitions[partition]!.replicas);
}

function changes(
  trace: ForgedTrace,
  atMs: number,
  partition: number,
  leader: number,
  isr: readonly number[],
  more: object = {},
): void {
  trace.event(atMs, {
    type: 'partition.changed',
    partition,
    leader,
    leaderEpoch: 1,
    isr,
    elr: [],
    partitionEpoch: 1,
    reason: 'isrShrink',
    unclean: false,
    ...more,
  });
}

describe('ReplicaManager', () => {
  test('UnderReplicatedPartitions counts partitions led here whose ISR is smaller than the assignment', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 500, 0, 0, [0, 1]);
    };
    expect(readAt1s('UnderReplicatedPartitions', null, tell)).toBe('UnderReplicatedPartitions is 1');
    expect(readAt1s('UnderReplicatedPartitions', 'broker 1', tell)).toBe('UnderReplicatedPartitions of broker 1 is 1');
    expect(readAt1s('UnderReplicatedPartitions', 'broker 2', tell)).toBe('UnderReplicatedPartitions of broker 2 is 0');
    expect(readAt1s('UnderReplicatedPartitions', 'orders-0', tell)).toBe('UnderReplicatedPartitions of orders-0 is 1');
    expect(readAt1s('UnderReplicatedPartitions', 'orders', tell)).toBe('UnderReplicatedPartitions of orders is 1');
  });

  test('replicas that a reassignment adds do not make a partition under-replicated', () => {
    const reassigning = { replicas: [0, 1, 2], adding: [2], removing: [] };
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 500, 0, 0, [0, 1], { reason: 'reassignment', ...reassigning });
    };
    expect(readAt1s('UnderReplicatedPartitions', null, tell)).toBe('UnderReplicatedPartitions is 0');
    expect(readAt1s('ReassigningPartitions', 'broker 1', tell)).toBe('ReassigningPartitions of broker 1 is 1');
  });

  test('a partition without a leader is under-replicated for nobody, and offline for the controller', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 500, 0, -1, [0], { reason: 'fenced' });
    };
    expect(readAt1s('UnderReplicatedPartitions', null, tell)).toBe('UnderReplicatedPartitions is 0');
    expect(readAt1s('OfflinePartitionsCount', null, tell)).toBe('OfflinePartitionsCount is 1');
    expect(readAt1s('PreferredReplicaImbalanceCount', null, tell)).toBe('PreferredReplicaImbalanceCount is 1');
    expect(readAt1s('LeaderCount', 'broker 1', tell)).toBe('LeaderCount of broker 1 is 0');
    expect(readAt1s('PartitionCount', 'broker 1', tell)).toBe('PartitionCount of broker 1 is 3');
  });

  test('a broker that is down or hangs reports nothing', () => {
    const dead = (trace: ForgedTrace) => {
      healthy(trace);
      trace.event(500, { type: 'broker.killed', broker: 0 });
    };
    const frozen = (trace: ForgedTrace) => {
      healthy(trace);
      trace.event(500, { type: 'broker.frozen', broker: 0 });
    };
    for (const tell of [dead, frozen]) {
      expect(readAt1s('LeaderCount', 'broker 1', tell)).toMatch(/nothing to look at/);
      expect(readAt1s('LeaderCount', null, tell)).toBe('LeaderCount is 2');
    }
  });

  test('min ISR follows alterConfig, and is at most the number of replicas', () => {
    const altered =
      (value: number | null, topic: string | null, broker = -1) =>
      (trace: ForgedTrace) => {
        healthy(trace);
        changes(trace, 300, 0, 0, [0, 1]);
        const change = { cluster: 'main', topic, broker, name: 'min.insync.replicas', value };
        trace.event(500, { type: 'config.altered', what: '', error: null, change });
      };
    const under = (tell: (trace: ForgedTrace) => void) => readAt1s('UnderMinIsrPartitionCount', null, tell);
    const at = (tell: (trace: ForgedTrace) => void) => readAt1s('AtMinIsrPartitionCount', null, tell);
    expect(under(altered(2, null))).toBe('UnderMinIsrPartitionCount is 0');
    expect(at(altered(2, null))).toBe('AtMinIsrPartitionCount is 1');
    expect(under(altered(3, 'orders'))).toBe('UnderMinIsrPartitionCount is 1');
    expect(at(altered(3, 'orders'))).toBe('AtMinIsrPartitionCount is 2');
    expect(at(altered(9, 'orders'))).toBe('AtMinIsrPartitionCount is 2');
    expect(under(altered(3, null, 1))).toBe('UnderMinIsrPartitionCount is 0');
    expect(under(altered(3, null, 0))).toBe('UnderMinIsrPartitionCount is 1');
  });

  test('a topic’s own min.insync.replicas goes before a change of the cluster’s default, and back to it when deleted', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 300, 0, 0, [0, 1]);
      const set = (atMs: number, topic: string | null, value: number | null) =>
        trace.event(atMs, {
          type: 'config.altered',
          what: '',
          error: null,
          change: { cluster: 'main', topic, broker: -1, name: 'min.insync.replicas', value },
        });
      set(400, 'orders', 1);
      set(500, null, 3);
      set(2500, 'orders', null);
    };
    expect(readAt1s('UnderMinIsrPartitionCount', null, tell)).toBe('UnderMinIsrPartitionCount is 0');
    const later = forged([claim('at', { at: 2_600_000, UnderMinIsrPartitionCount: {} })]);
    tell(later);
    expect(later.verdict(3000).observed).toBe('UnderMinIsrPartitionCount is 1');
  });

  test('IsrShrinksPerSec counts what leaders shrink and not what the controller takes out when it fences', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 100, 0, 0, [0, 1]);
      changes(trace, 200, 1, 1, [1, 2], { reason: 'fenced' });
      changes(trace, 300, 2, 2, [2, 0], { reason: 'controlledShutdown' });
      changes(trace, 400, 0, 0, [0, 1, 2], { reason: 'isrExpand' });
      // RECOVERED is reported with the ISR as it is.
      changes(trace, 500, 0, 0, [0, 1, 2], { reason: 'isrExpand' });
    };
    const is = (name: string, count: number, of = 'main') =>
      measured(name, { total: bound(`= ${count}`, count, count), of }, tell);
    expect(is('IsrShrinksPerSec', 1)).toMatchObject({ status: 'passed' });
    expect(is('IsrShrinksPerSec', 0, 'broker 2')).toMatchObject({ status: 'passed' });
    expect(is('IsrExpandsPerSec', 1)).toMatchObject({ status: 'passed' });
    expect(is('isr.shrinks', 3)).toMatchObject({ status: 'passed' });
    const none = is('IsrShrinksPerSec', 0);
    expect(none).toMatchObject({ status: 'failed', atUs: 100_000, observed: 'total 1' });
    expect(none.evidence[0]!.text).toMatch(/^the first: orders-0: leader broker 1 .* \(ISR shrink\)$/);
    expect(is('FailedIsrUpdatesPerSec', 0)).toMatchObject({ status: 'passed' });
  });

  test('FailedIsrUpdatesPerSec counts refusals of the controller', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      trace.event(500, { type: 'isr.updateFailed', partition: 0, broker: 0, error: 'INVALID_UPDATE_VERSION' });
    };
    const one = bound('= 1', 1, 1);
    expect(measured('FailedIsrUpdatesPerSec', { total: one, of: 'broker 1' }, tell)).toMatchObject({
      status: 'passed',
      observed: 'total 1',
    });
    expect(measured('FailedIsrUpdatesPerSec', { total: one, of: 'broker 2' }, tell)).toMatchObject({
      status: 'failed',
      observed: 'total 0',
    });
  });

  test('replicas in log directories that went offline count until the broker starts anew', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      const why = 'no space left on device';
      trace.event(500, { type: 'logDir.offline', broker: 0, disk: 2, replicas: 5, halts: false, why });
    };
    const restarted = (trace: ForgedTrace) => {
      tell(trace);
      trace.event(600, { type: 'broker.killed', broker: 0 });
      trace.event(700, { type: 'broker.state', broker: 0, from: 'NOT_RUNNING', to: 'STARTING' });
    };
    expect(readAt1s('OfflineReplicaCount', 'broker 1', tell)).toBe('OfflineReplicaCount of broker 1 is 5');
    expect(readAt1s('OfflineLogDirectoryCount', null, tell)).toBe('OfflineLogDirectoryCount is 1');
    expect(readAt1s('OfflineReplicaCount', null, restarted)).toBe('OfflineReplicaCount is 0');
  });

  test('MaxLag is the largest of the brokers’ latest samples', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      trace.recorder.brokerSampled(0, 1, 0, 0, 0, 12, 0, 900_000);
      trace.recorder.brokerSampled(1, 1, 0, 0, 0, 340, 0, 900_000);
    };
    expect(readAt1s('MaxLag', null, tell)).toBe('MaxLag is 340');
  });
});

describe('KafkaController', () => {
  test('says nothing while there is no active controller, except that there is none', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      trace.event(500, { type: 'controller.none', cluster: 'main' });
    };
    expect(readAt1s('ActiveControllerCount', null, tell)).toBe('ActiveControllerCount is 0');
    expect(readAt1s('OfflinePartitionsCount', null, tell)).toMatch(/nothing to look at/);
    expect(readAt1s('current-leader', null, tell)).toMatch(/nothing to look at/);
    expect(readAt1s('ActiveControllerCount', null, healthy)).toBe('ActiveControllerCount is 1');
    expect(readAt1s('current-leader', null, healthy)).toBe('current-leader is 101');
    expect(readAt1s('current-epoch', null, healthy)).toBe('current-epoch is 7');
  });

  test('counts registered brokers, fenced and active ones; in controlled shutdown they are still active', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      const moved = (broker: number, to: string) =>
        trace.event(500, { type: 'broker.control', broker, from: 'UNFENCED', to, reason: '' });
      moved(0, 'FENCED');
      moved(1, 'CONTROLLED_SHUTDOWN');
    };
    expect(readAt1s('FencedBrokerCount', null, tell)).toBe('FencedBrokerCount is 1');
    expect(readAt1s('ActiveBrokerCount', null, tell)).toBe('ActiveBrokerCount is 2');
    expect(readAt1s('GlobalTopicCount', null, tell)).toBe('GlobalTopicCount is 1');
    expect(readAt1s('GlobalPartitionCount', null, tell)).toBe('GlobalPartitionCount is 3');
  });

  test('tells elections outside the ISR, and those from the ELR', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 100, 0, -1, [], { reason: 'fenced', elr: [1] });
      changes(trace, 200, 0, 1, [1], { reason: 'unfenced' });
      changes(trace, 300, 2, 0, [0], { reason: 'uncleanElection', unclean: true });
    };
    const one = bound('= 1', 1, 1);
    for (const name of ['UncleanLeaderElectionsPerSec', 'ElectionFromEligibleLeaderReplicasPerSec'])
      expect(measured(name, { total: one }, tell)).toMatchObject({ status: 'passed' });
  });

  test('NewActiveControllersCount does not count the one of the beginning', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      trace.event(500, { type: 'controller.active', controller: 0, cluster: 'main', epoch: 8 });
    };
    expect(measured('NewActiveControllersCount', { total: bound('= 1', 1, 1) }, tell).status).toBe('passed');
  });
});

describe('request handling', () => {
  const sampled = (trace: ForgedTrace) => {
    healthy(trace);
    for (const atMs of [500, 900]) {
      trace.recorder.brokerSampled(0, 0.25, 30, 4, 5, 0, 1000, atMs * 1000);
      trace.recorder.brokerSampled(1, 0.9, 0, 1, 2, 0, 2000, atMs * 1000);
    }
  };

  test('the busiest broker counts for idle percent and queue, the sum for purgatories and logs', () => {
    expect(readAt1s('RequestHandlerAvgIdlePercent', null, sampled)).toBe('RequestHandlerAvgIdlePercent is 0.25');
    expect(readAt1s('RequestHandlerAvgIdlePercent', 'broker 2', sampled)).toMatch(/is 0.9$/);
    expect(readAt1s('RequestQueueSize', null, sampled)).toBe('RequestQueueSize is 30');
    expect(readAt1s('PurgatorySize.Produce', null, sampled)).toBe('PurgatorySize.Produce is 5');
    expect(readAt1s('PurgatorySize.Fetch', null, sampled)).toBe('PurgatorySize.Fetch is 7');
    expect(readAt1s('Size', null, sampled)).toBe('Size is 3kB');
  });

  test('a fraction keeps its digits over time', () => {
    const half = measured('RequestHandlerAvgIdlePercent', { min: bound('0.2..0.3', 0.2, 0.3) }, sampled);
    expect(half).toMatchObject({ status: 'passed', observed: 'min 0.25' });
  });

  test('a broker that is gone takes its samples with it', () => {
    const tell = (trace: ForgedTrace) => {
      sampled(trace);
      trace.event(950, { type: 'broker.killed', broker: 0 });
      trace.event(960, { type: 'broker.state', broker: 0, from: 'NOT_RUNNING', to: 'STARTING' });
    };
    expect(readAt1s('RequestQueueSize', 'broker 1', tell)).toMatch(/nothing to look at/);
    expect(readAt1s('RequestQueueSize', null, tell)).toBe('RequestQueueSize is 0');
  });
});

describe('BrokerTopicMetrics', () => {
  const total = (count: number) => ({ total: bound(`= ${count}`, count, count) });

  test('messages and bytes in are what leaders append, committed offsets included', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      trace.produces(100, 0, 0, 10);
      trace.recorder.appended(1, 1, 0, 0, 1, 70, -1, 0, 200_000);
    };
    expect(measured('MessagesInPerSec', total(11), tell).status).toBe('passed');
    expect(measured('MessagesInPerSec', { ...total(1), of: 'broker 2' }, tell).status).toBe('passed');
    expect(measured('BytesInPerSec', total(1070), tell).status).toBe('passed');
    expect(measured('TotalProduceRequestsPerSec', total(2), tell).status).toBe('passed');
  });

  test('refusals that Kafka expects are no failed produce requests', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      for (const error of ['NOT_LEADER_OR_FOLLOWER', 'NOT_ENOUGH_REPLICAS', 'MESSAGE_TOO_LARGE'])
        trace.recorder.appendRefused(0, 0, error, 100_000);
      trace.recorder.duplicateRefused(0, 0, 0, 5, 200_000);
    };
    expect(measured('FailedProduceRequestsPerSec', total(1), tell).status).toBe('passed');
    expect(measured('TotalProduceRequestsPerSec', total(4), tell).status).toBe('passed');
  });

  test('replication has two ends, and a reassignment’s share of it', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      changes(trace, 50, 0, 0, [0, 1], { reason: 'reassignment', replicas: [0, 1, 2], adding: [2], removing: [] });
      trace.recorder.fetched('follower', 0, 0, false, 500, 0, 100_000, 1);
      trace.recorder.fetched('follower', 0, 0, true, 300, 0, 100_000, 2);
      trace.recorder.fetched('consumer', 0, 0, true, 999, 0, 100_000, 1);
    };
    expect(measured('ReplicationBytesOutPerSec', { ...total(800), of: 'broker 1' }, tell).status).toBe('passed');
    expect(measured('ReplicationBytesInPerSec', { ...total(500), of: 'broker 2' }, tell).status).toBe('passed');
    expect(measured('ReassignmentBytesInPerSec', { ...total(300), of: 'broker 3' }, tell).status).toBe('passed');
    expect(measured('ReassignmentBytesOutPerSec', { ...total(300), of: 'broker 1' }, tell).status).toBe('passed');
    expect(measured('BytesOutPerSec', total(999), tell).status).toBe('passed');
  });
});

describe('logs and consumers', () => {
  test('LogEndOffset grows with appends, LogStartOffset with retention', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      trace.produces(100, 0, 0, 10);
      trace.produces(100, 1, 0, 4);
      trace.recorder.expired(0, 0, 3, 500_000);
    };
    expect(readAt1s('LogEndOffset', 'orders', tell)).toBe('LogEndOffset of orders is 14');
    expect(readAt1s('LogEndOffset', 'orders-0', tell)).toBe('LogEndOffset of orders-0 is 10');
    expect(readAt1s('LogStartOffset', 'orders', tell)).toBe('LogStartOffset of orders is 3');
  });

  test('records-lag-max is the lag of the partition that is furthest behind', () => {
    const tell = (trace: ForgedTrace) => {
      healthy(trace);
      for (const lane of [0, 1]) {
        trace.produces(100, lane, 0, 10);
        trace.recorder.highWatermark(lane, lane, 10, 200_000);
      }
      trace.delivers(300, 0, 0, 0, 8);
      trace.delivers(300, 1, 1, 0, 3);
    };
    expect(readAt1s('records-lag-max', 'billing', tell)).toBe('records-lag-max of billing is 7');
    expect(readAt1s('records-lag-max', 'orders-0', tell)).toBe('records-lag-max of orders-0 is 2');
  });
});

test('always holds an alert’s condition at every instant at which somebody reports', () => {
  const trace = forged([claim('always', { UnderReplicatedPartitions: { equals: 0 } })]);
  healthy(trace);
  const crash = trace.fails(1000);
  const change = trace.leads(2000, 0, 1, [1, 2], crash);
  const verdict = trace.verdict(5000);
  expect(verdict).toMatchObject({ status: 'failed', atUs: 2_000_000 });
  expect(verdict.observed).toMatch(/^UnderReplicatedPartitions is 1 at 2s/);
  expect(verdict.causes.map(({ eventId }) => eventId)).toEqual([change, crash]);
});

test('every metric of Kafka can be asked for by its MBean, and none is both there and not modelled', () => {
  expect(Object.keys(METRIC_ALIASES)).toHaveLength(KAFKA_METRICS.length);
  for (const { name, kafka } of KAFKA_METRICS) {
    expect(kafka!.mbean).toMatch(/^kafka\.[a-z.]+:type=[\w-]+,name=[\w.-]+(,delayedOperation=\w+)?$/);
    expect(metricNamed(kafka!.mbean)).toBe(metricNamed(name));
    expect(METRICS_NOT_MODELLED[name]).toBeUndefined();
  }
  expect(KAFKA_GAUGES.length).toBeGreaterThan(15);
  expect(METRICS.filter(({ name }) => Object.hasOwn(METRICS_NOT_MODELLED, name))).toEqual([]);
});
