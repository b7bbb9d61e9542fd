import { describe, expect, test } from 'vitest';
import { Bed } from './testbed.ts';

const seeds = (count: number, name: string): string[] => Array.from({ length: count }, (_, i) => `${name} ${i}`);

describe('a broker is killed', () => {
  test('up to 3.9 the controller fences it exactly 9 s after its last heartbeat', () => {
    const delays = seeds(100, 'kill').map((seed) => {
      const bed = new Bed({ seed, kafka: '3.9' });
      bed.runTo(6);
      bed.kill(bed.brokers[0]!);
      bed.runTo(20);
      return bed.of('broker.control')[0]!.at - 6;
    });
    delays.sort((a, b) => a - b);
    expect(delays[0]).toBeGreaterThan(7);
    expect(delays[0]).toBeLessThan(7.2);
    expect(delays.at(-1)).toBeGreaterThan(8.8);
    expect(delays.at(-1)).toBeLessThan(9.05);
  });

  test('broker.session.timeout.ms decides when', () => {
    const bed = new Bed({ configs: { 'broker.session.timeout.ms': 20_000 } });
    bed.runTo(6);
    bed.kill(bed.brokers[0]!);
    bed.runTo(40);
    expect(bed.of('broker.control')[0]!.at - 6).toBeGreaterThan(18);
    expect(bed.of('broker.control')[0]!.at - 6).toBeLessThan(22.6);
  });
});

describe('a broker is frozen', () => {
  test('for 5 s: nothing happens', () => {
    for (const seed of seeds(50, 'freeze')) {
      const bed = new Bed({ seed });
      bed.runTo(6);
      bed.fail(bed.brokers[0]!, (p) => p.freeze());
      bed.runTo(11);
      bed.fail(bed.brokers[0]!, (p) => p.resume());
      bed.runTo(40);
      expect(bed.events.filter((e) => e.atUs > 0 && e.type !== 'failure.began')).toEqual([]);
    }
  });

  test('for 60 s: it is fenced, and unfenced with its next heartbeat, without a new registration', () => {
    const bed = new Bed();
    bed.runTo(6);
    const freeze = bed.fail(bed.brokers[0]!, (p) => p.freeze());
    bed.runTo(66);
    const resume = bed.fail(bed.brokers[0]!, (p) => p.resume());
    bed.runTo(70);
    expect(bed.of('broker.control')).toMatchObject([
      { broker: 0, from: 'UNFENCED', to: 'FENCED', cause: freeze },
      { broker: 0, from: 'FENCED', to: 'UNFENCED', cause: resume },
    ]);
    expect(bed.of('broker.control')[1]!.at).toBeLessThan(66.2);
    expect(bed.of('broker.state')).toEqual([]);
    const seen = bed.deltas[0]!.slice(1);
    expect(seen.every(({ atUs }) => atUs > 66e6)).toBe(true);
    expect(seen.flatMap(({ delta }) => delta.brokers.map((b) => b.fenced))).toEqual([true, false]);
    expect(bed.of('partition.changed').filter((e) => e.at > 66)).toEqual([]);
  });
});

describe('the way to the active controller is cut for 60 s', () => {
  test('the broker is fenced after 7 to 10.6 s, sees nothing of it, and is back within 9 s of the heal', () => {
    for (const seed of seeds(20, 'cut')) {
      const bed = new Bed({ seed, controllers: 1 });
      bed.runTo(4);
      const heal = bed.cut(bed.brokers[0]!, bed.active);
      bed.runTo(64);
      expect(bed.of('broker.control')[0]!.at - 4).toBeGreaterThan(7);
      expect(bed.of('broker.control')[0]!.at - 4).toBeLessThan(10.6);
      expect(bed.deltas[0]).toHaveLength(1);
      heal();
      bed.runTo(100);
      const back = bed.of('broker.control')[1]!;
      expect(back.to).toBe('UNFENCED');
      expect(back.at - 64).toBeLessThan(15);
      const offsets = bed.deltas[0]!.map(({ delta }) => delta.offset);
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      expect(offsets).toHaveLength(3);
    }
  });
});

describe('a broker gets SIGTERM', () => {
  test('its leaderships move at once; it may exit with a later heartbeat, when all active brokers know', () => {
    const delays = seeds(100, 'term').map((seed) => {
      const bed = new Bed({ seed });
      bed.runTo(6);
      bed.plane.stopBroker(0, -1);
      bed.runTo(20);
      expect(bed.of('broker.control').map((e) => [e.from, e.to])).toEqual([
        ['UNFENCED', 'CONTROLLED_SHUTDOWN'],
        ['CONTROLLED_SHUTDOWN', 'SHUTDOWN_NOW'],
      ]);
      const moved = bed.of('partition.changed').slice(3);
      expect(moved.map((e) => [e.leader, e.isr, e.reason])).toEqual([
        [1, [1, 2], 'controlledShutdown'],
        [1, [1, 2], 'controlledShutdown'],
        [2, [2, 1], 'controlledShutdown'],
      ]);
      expect(moved[0]!.at - 6).toBeLessThan(0.1);
      const exit = bed.of('broker.exited')[0]!;
      expect(exit.clean).toBe(true);
      return exit.at - 6;
    });
    delays.sort((a, b) => a - b);
    expect(delays[0]).toBeGreaterThan(0.3);
    expect(delays[50]).toBeGreaterThan(2);
    expect(delays[50]).toBeLessThan(3);
    expect(delays.at(-1)).toBeLessThan(5);
  });

  test('a broker that leads nothing may exit at once', () => {
    const bed = new Bed({ assignment: [[1, 2, 3]] });
    bed.runTo(6);
    bed.plane.stopBroker(1, -1);
    bed.runTo(7);
    expect(bed.of('broker.control').map((e) => e.to)).toEqual(['SHUTDOWN_NOW']);
    expect(bed.image(0)).toMatchObject({ leader: 0, isr: [0, 2] });
  });

  test('its partitions with one replica go leaderless when the shutdown begins, and come back with it', () => {
    const bed = new Bed({ assignment: [[1], [2]], topicConfigs: {} });
    bed.runTo(6);
    bed.plane.stopBroker(0, -1);
    bed.runTo(6.2);
    expect(bed.image(0)).toMatchObject({ leader: -1, isr: [0] });
    bed.runTo(20);
    bed.restart(0);
    bed.runTo(40);
    expect(bed.image(0)).toMatchObject({ leader: 0, isr: [0], reason: 'unfenced' });
  });

  test('a combined node hands over its quorum leadership when it exits', () => {
    for (const seed of seeds(20, 'combined')) {
      const bed = new Bed({ seed, controllers: 0 });
      bed.runTo(6);
      const broker = bed.plane.activeController();
      bed.plane.stopBroker(broker, -1);
      bed.runTo(30);
      const exit = bed.of('broker.exited')[0]!;
      const [, next] = bed.of('controller.active');
      expect(exit).toMatchObject({ broker, clean: true });
      expect(next!.at - exit.at).toBeLessThan(1);
    }
  });

  test('controlled.shutdown.enable=false leaves its partitions to the fence', () => {
    const bed = new Bed({ configs: { 'controlled.shutdown.enable': false } });
    bed.runTo(6);
    bed.plane.stopBroker(0, -1);
    bed.runTo(30);
    expect(bed.of('broker.exited')[0]!.at).toBeLessThan(6.5);
    expect(bed.of('broker.control').map((e) => e.to)).toEqual(['FENCED']);
  });

  test('asked to start while it stops, it is started once it has exited; asked while it runs, it runs on', () => {
    const bed = new Bed();
    bed.runTo(6);
    bed.plane.startBroker(1, -1);
    bed.plane.stopBroker(0, -1);
    bed.runTo(6.5);
    bed.plane.startBroker(0, -1);
    bed.runTo(40);
    expect(bed.of('broker.state').map((e) => [e.broker, e.to])).toEqual(
      ['PENDING_CONTROLLED_SHUTDOWN', 'SHUTTING_DOWN', 'NOT_RUNNING', 'STARTING', 'RECOVERY', 'RUNNING'].map((to) => [
        0,
        to,
      ]),
    );
    expect(bed.loads).toEqual([{ broker: 0, clean: true }]);
  });

  test('without a controller it waits, and goes after five minutes', () => {
    const bed = new Bed({ controllers: 1 });
    bed.runTo(4);
    bed.kill(bed.active);
    bed.runTo(6);
    bed.plane.stopBroker(0, -1);
    bed.runTo(305);
    expect(bed.plane.brokerState(0)).toBe('PENDING_CONTROLLED_SHUTDOWN');
    bed.runTo(307);
    expect(bed.of('broker.exited')).toHaveLength(1);
  });
});

describe('a broker starts again', () => {
  test('4.x refuses it for 9 s after its last heartbeat, however clean it left; 3.9 only while it is not fenced', () => {
    const refusals = (kafka: '3.9' | '4.3', stop: (bed: Bed) => void): [number, number][] =>
      seeds(20, 'again').map((seed) => {
        const bed = new Bed({ seed, kafka });
        bed.runTo(6);
        stop(bed);
        bed.runTo(11);
        if (bed.brokers[0]!.life !== 'dead') bed.runTo(12);
        bed.restart(0);
        bed.runTo(60);
        expect(bed.plane.brokerState(0)).toBe('RUNNING');
        expect(bed.serving).toEqual([0]);
        const running = bed.of('broker.state').find((e) => e.to === 'RUNNING')!;
        return [bed.of('broker.registrationRefused').length, running.at];
      });
    const term = (bed: Bed): void => bed.plane.stopBroker(0, -1);
    const kill = (bed: Bed): void => void bed.kill(bed.brokers[0]!);
    const sum = (results: [number, number][]): number => results.reduce((total, [count]) => total + count, 0);
    expect(sum(refusals('3.9', term))).toBe(0);
    expect(sum(refusals('4.3', term))).toBeGreaterThan(5);
    expect(sum(refusals('3.9', kill))).toBeGreaterThan(0);
  });

  test('after a controller change 4.0 counts every broker as just heard of, 4.1 only those that are not fenced', () => {
    const refusals = (kafka: '4.0' | '4.1'): number => {
      const bed = new Bed({ kafka });
      bed.runTo(6);
      bed.plane.stopBroker(0, -1);
      bed.runTo(30);
      bed.restart(0);
      bed.kill(bed.active);
      bed.runTo(60);
      expect(bed.plane.brokerState(0)).toBe('RUNNING');
      return bed.of('broker.registrationRefused').length;
    };
    expect(refusals('4.0')).toBeGreaterThan(0);
    expect(refusals('4.1')).toBe(0);
  });

  test('killed and started after 1 s, it registers as soon as its old session ends, as an unclean one', () => {
    const bed = new Bed();
    bed.runTo(6);
    bed.kill(bed.brokers[0]!);
    bed.runTo(7);
    bed.restart(0);
    bed.runTo(30);
    expect(bed.of('broker.registrationRefused').every((e) => e.error === 'DUPLICATE_BROKER_REGISTRATION')).toBe(true);
    expect(bed.of('broker.registrationRefused').length).toBeGreaterThan(0);
    expect(bed.loads).toEqual([{ broker: 0, clean: false }]);
    expect(bed.of('broker.state').map((e) => e.to)).toEqual(['NOT_RUNNING', 'STARTING', 'RECOVERY', 'RUNNING']);
    const running = bed.of('broker.state').at(-1)!;
    expect(running.at).toBeGreaterThan(13);
    expect(running.at).toBeLessThan(19);
  });

  test('after a clean exit its logs are loaded without recovery', () => {
    const bed = new Bed();
    bed.runTo(6);
    bed.plane.stopBroker(0, -1);
    bed.runTo(15);
    bed.restart(0);
    bed.runTo(40);
    expect(bed.loads).toEqual([{ broker: 0, clean: true }]);
    expect(bed.image(0)).toMatchObject({ leader: 1, isr: [1, 2] });
  });
});

describe('all brokers are killed', () => {
  test('they are fenced one by one; the last one fenced stays the only ISR member and revives the partition alone', () => {
    const lasts = new Set<number>();
    for (const seed of seeds(30, 'all')) {
      const bed = new Bed({ seed });
      bed.runTo(6);
      for (const broker of bed.brokers) bed.kill(broker);
      bed.runTo(30);
      const fences = bed.of('broker.control');
      expect(fences.map((e) => e.to)).toEqual(['FENCED', 'FENCED', 'FENCED']);
      const last = fences[2]!.broker;
      lasts.add(last);
      for (let partition = 0; partition < 3; partition++)
        expect(bed.image(partition)).toMatchObject({ leader: -1, isr: [last] });
      for (const other of [0, 1, 2]) if (other !== last) bed.restart(other);
      bed.runTo(60);
      expect(bed.image(0).leader).toBe(-1);
      bed.restart(last);
      bed.runTo(90);
      for (let partition = 0; partition < 3; partition++) expect(bed.image(partition).leader).toBe(last);
    }
    expect(lasts.size).toBe(3);
  });
});

describe('eligible leader replicas', () => {
  test('of the last min.insync.replicas members any may lead after a clean return', () => {
    const bed = new Bed({ elr: true, assignment: [[1, 2, 3]] });
    bed.runTo(6);
    for (const broker of [2, 1]) {
      bed.plane.stopBroker(broker, -1);
      bed.runTo(bed.kernel.nowUs / 1e6 + 15);
    }
    expect(bed.image(0)).toMatchObject({ leader: 0, isr: [0], elr: [1] });
    bed.kill(bed.brokers[0]!);
    bed.runTo(50);
    expect(bed.image(0)).toMatchObject({ leader: -1, isr: [], elr: [0, 1] });
    bed.restart(1);
    bed.runTo(80);
    expect(bed.image(0)).toMatchObject({ leader: 1, isr: [1], elr: [0], reason: 'unfenced' });
  });

  test('an unclean return leaves ISR and ELR; with nobody left the last known leader is recovered', () => {
    const bed = new Bed({ elr: true, assignment: [[1, 2, 3]] });
    bed.runTo(6);
    for (const broker of [2, 1, 0]) {
      bed.kill(bed.brokers[broker]!);
      bed.runTo(bed.kernel.nowUs / 1e6 + 15);
    }
    expect(bed.image(0)).toMatchObject({ leader: -1, isr: [], elr: [0, 1] });
    bed.restart(1);
    bed.runTo(80);
    expect(bed.image(0)).toMatchObject({ leader: -1, isr: [], elr: [0] });
    bed.restart(0);
    bed.runTo(120);
    expect(bed.image(0)).toMatchObject({ leader: 0, isr: [0], elr: [], recovering: true });
    expect(bed.of('partition.changed').at(-1)).toMatchObject({ unclean: true });
  });
});

describe('committed metadata', () => {
  test('reaches brokers within a fetch cadence up to 4.0, and within a round trip from 4.1 on', () => {
    const delays = (kafka: '4.0' | '4.3'): number[] =>
      seeds(60, 'feed').flatMap((seed) => {
        const bed = new Bed({ seed, kafka });
        bed.runTo(6);
        bed.plane.stopBroker(0, -1);
        bed.runTo(6.9);
        const commit = bed.of('broker.control')[0]!.atUs;
        return bed.deltas.map((seen) => seen[1]!.atUs - commit);
      });
    const old = delays('4.0').sort((a, b) => a - b);
    expect(old.at(-1)).toBeGreaterThan(400_000);
    expect(old.at(-1)).toBeLessThan(502_000);
    expect(old[0]).toBeLessThan(50_000);
    for (const delay of delays('4.3')) expect(delay).toBe(600);
  });

  test('of several batches arrives in order at every broker', () => {
    const bed = new Bed({ kafka: '4.0' });
    bed.runTo(6);
    bed.plane.stopBroker(0, -1);
    bed.plane.stopBroker(1, -1);
    bed.runTo(40);
    for (const seen of bed.deltas) {
      const offsets = seen.map(({ delta }) => delta.offset);
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    }
    expect(bed.deltas[2]!.length).toBeGreaterThan(4);
  });
});

describe('leaderships return to preferred replicas', () => {
  test.each([['4.3'], ['3.9']] as const)('%s: when they are in the ISR again, with the next balance pass', (kafka) => {
    const configs = { 'leader.imbalance.check.interval.seconds': 20 };
    for (const seed of seeds(20, 'balance')) {
      const bed = new Bed({ seed, kafka, configs });
      bed.runTo(4);
      bed.kill(bed.brokers[0]!);
      bed.runTo(24);
      bed.restart(0);
      bed.runTo(44);
      const back = bed.kernel.nowUs / 1e6;
      expect(bed.image(0)).toMatchObject({ leader: 1, isr: [1, 2] });
      const { leaderEpoch, partitionEpoch } = bed.image(0);
      const item = { partition: 0, leaderEpoch, partitionEpoch, newIsr: [1, 2, 0], recovered: true } as const;
      bed.plane.alterPartition(1, [{ ...item, reason: 'isrExpand', cause: -1 }], () => {});
      bed.runTo(back + 21);
      expect(bed.image(0)).toMatchObject({ leader: 0, isr: [1, 2, 0], reason: 'preferredElection' });
      expect(bed.image(1).leader).toBe(1);
      const [expanded, moved] = bed
        .of('partition.changed')
        .filter((e) => e.partition === 0)
        .slice(-2);
      expect(moved!.cause).toBe(expanded!.id);
    }
  });
});
