import { afterEach, describe, expect, test, vi } from 'vitest';
import { findingOf, shrink } from '../../src/model/testing/fuzzing.ts';
import { Oracle } from '../../src/model/testing/oracle/oracle.ts';
import { PlainBrokers } from '../../src/model/testing/oracle/plainBrokers.ts';
import { PlainController } from '../../src/model/testing/oracle/plainController.ts';
import { PlainLeader } from '../../src/model/testing/oracle/plainLeader.ts';
import { PlainReplica } from '../../src/model/testing/oracle/plainReplica.ts';
import { playCompared } from '../../src/model/testing/oracle/play.ts';
import { orders, ROTATED } from '../../src/model/testing/orders.ts';
import { play, seconds } from '../../src/model/testing/play.ts';
import {
  type ClusterPlan,
  keepsPromise,
  planOf,
  yamlOf,
  zooKeeperPlanOf,
} from '../../src/model/testing/randomCluster.ts';

/** `ORACLE_PLANS=20` for a quick look. */
const PLANS = Number(process.env.ORACLE_PLANS ?? 200);

afterEach(() => {
  vi.restoreAllMocks();
});

function explained(plan: ClusterPlan, finding: string): string {
  const small = shrink(plan);
  return `${finding}\nThe smallest scenario found (npm run fuzz -- --seed ${plan.seed} plays the whole one):\n${yamlOf(small)}`;
}

describe('an oracle of plain arrays that follows random clusters through random faults', () => {
  for (let part = 0; part < 4; part++) {
    test(`agrees on every log, high watermark, ISR and leader after every input, and all laws hold (part ${part + 1})`, () => {
      for (let i = part; i < PLANS; i += 4) {
        const plan = planOf(`s${i}`);
        const finding = findingOf(plan);
        if (finding !== null) expect.fail(explained(plan, finding));
      }
    });
  }

  test('sees clusters that keep to the promise of acks=all, and clusters that do not', () => {
    const kept = Array.from({ length: 200 }, (_, i) => keepsPromise(planOf(`s${i}`))).filter(Boolean).length;
    expect(kept).toBeGreaterThan(60);
    expect(kept).toBeLessThan(160);
  });
});

test('the oracle agrees too while a follower catches up through responses of replica.fetch.max.bytes', () => {
  const yaml = orders({
    duration: '60s',
    replicas: ROTATED.slice(0, 2),
    rate: '100/s',
    failures: ['name: f, at: 10s, for: 20s, crash: { broker: 2 }', 'name: g, at: 32s, for: 8s, crash: { broker: 3 }'],
  }).replace('size: 200B', 'size: 20kB');
  const { ask } = playCompared(yaml);
  expect(ask.at('orders-0', seconds(60)).isr).toHaveLength(3);
});

test('the same laws hold in clusters that ZooKeeper coordinates', () => {
  for (let i = 0; i < PLANS / 5; i++) {
    const plan = zooKeeperPlanOf(`z${i}`);
    const finding = findingOf(plan);
    if (finding !== null) expect.fail(explained(plan, finding));
  }
});

describe('the comparison is worth something, because it notices when the oracle', () => {
  const wrong: Readonly<Record<string, () => void>> = {
    'never shrinks an ISR': () => {
      vi.spyOn(PlainLeader.prototype, 'laggards').mockReturnValue([]);
    },
    'never expands an ISR': () => {
      vi.spyOn(PlainLeader.prototype, 'mayExpandWith').mockReturnValue(false);
    },
    'lets the high watermark follow the log end': () => {
      vi.spyOn(PlainLeader.prototype, 'advance').mockImplementation(function (this: PlainLeader) {
        this.replica.highWatermark = this.replica.end;
        return true;
      });
    },
    'never truncates': () => {
      vi.spyOn(PlainReplica.prototype, 'truncateTo').mockReturnValue(undefined);
    },
    'leaves a fenced broker in every ISR': () => {
      vi.spyOn(PlainController.prototype, 'withoutBroker').mockReturnValue([]);
    },
    'accepts every AlterPartition': () => {
      vi.spyOn(PlainController.prototype, 'isActive').mockReturnValue(true);
    },
    'appends duplicates': () => {
      vi.spyOn(PlainReplica.prototype, 'lastBatchesOf').mockReturnValue([]);
    },
    'does not hear what followers fetch': () => {
      vi.spyOn(PlainBrokers.prototype, 'fetch').mockReturnValue([]);
    },
    'forgets that brokers die': () => {
      vi.spyOn(Oracle.prototype, 'died').mockReturnValue(undefined);
    },
  };
  test.for(Object.keys(wrong))('%s', (name) => {
    wrong[name]!();
    const plans = Array.from({ length: 30 }, (_, i) => planOf(`s${i}`));
    expect(plans.some((plan) => findingOf(plan) !== null)).toBe(true);
  });
});

describe('a finding', () => {
  test('is made smaller by leaving out what does not matter, and is still one', () => {
    vi.spyOn(PlainController.prototype, 'withoutBroker').mockReturnValue([]);
    const plan = Array.from({ length: 30 }, (_, i) => planOf(`s${i}`)).find((one) => findingOf(one) !== null)!;
    const small = shrink(plan);
    expect(findingOf(small)).not.toBeNull();
    expect(small.failures.length + small.operations.length).toBe(1);
    expect(yamlOf(small).length).toBeLessThan(yamlOf(plan).length);
  });
});

test('a run that is watched tells the same story as one that is not', () => {
  const plan = planOf('s5');
  const watched = playCompared(yamlOf(plan), { seed: plan.seed });
  expect(play(yamlOf(plan), { seed: plan.seed }).trace.digest).toBe(watched.trace.digest);
  expect(watched.oracle.inputs).toBeGreaterThan(1000);
  expect(watched.trace.checks).toBeGreaterThan(1000);
});
