import type { FailureVerb, Selector } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import type { World } from '../world.ts';
import { resolveTargets } from './targets.ts';
import type { Strike } from './verbs.ts';

type Verb<Name extends FailureVerb['verb']> = Extract<FailureVerb, { readonly verb: Name }>;

/** The machines of the targets lose power; undone, it comes back, and what ran starts again. */
export function powerLoss(world: World, target: Selector, random: RandomStream): Strike | null {
  const { storage } = world;
  const processes = resolveTargets(world, target, random).filter((process) => !storage.power.isOff(process));
  return strike(
    processes.map((process) => ({ process, disk: -1 })),
    (process) => world.describe(process),
    (process, _disk, cause) => storage.losePower(process, cause),
    (process, _disk, cause) => storage.regainPower(process, cause),
  );
}

/** A disk breaks for good; undone, an empty one takes its place and the broker is restarted. */
export function failDisk(world: World, verb: Verb<'failDisk'>, random: RandomStream): Strike | null {
  const { storage } = world;
  return strike(
    chosenDisks(world, verb.target, verb.disk, random),
    (process, disk) => `disk ${disk + 1} of ${world.describe(process)}`,
    (process, disk, cause) => storage.failDisk(process, disk, cause),
    (process, disk, cause) => storage.replaceDisk(process, disk, cause),
  );
}

/** Something else fills a disk; undone, its room is free again. */
export function fillDisk(world: World, verb: Verb<'fillDisk'>, random: RandomStream): Strike | null {
  const { storage } = world;
  return strike(
    chosenDisks(world, verb.target, verb.disk, random),
    (process, disk) => `disk ${disk + 1} of ${world.describe(process)}`,
    (process, disk, cause) => storage.fillDisk(process, disk, verb.share, cause),
    (process, disk, cause) => storage.freeDisk(process, disk, cause),
  );
}

/** No write to the disks of the targets returns for `forUs`; the processes run on. */
export function stallDisk(world: World, target: Selector, random: RandomStream, forUs: number | null): Strike | null {
  const { kernel, scenario } = world.ctx;
  const untilUs = forUs === null ? scenario.durationUs : kernel.nowUs + forUs;
  const processes = brokers(world, target, random).filter((process) => process.life === 'running');
  return strike(
    processes.map((process) => ({ process, disk: -1 })),
    (process) => world.describe(process),
    (process) => world.machine(process)!.disks.stall(untilUs),
    () => {},
  );
}

interface Target {
  readonly process: Process;
  readonly disk: number;
}

function strike(
  targets: readonly Target[],
  describe: (process: Process, disk: number) => string,
  act: (process: Process, disk: number, cause: EventId) => void,
  undo: (process: Process, disk: number, cause: EventId) => void,
): Strike | null {
  if (targets.length === 0) return null;
  const each = (work: typeof act, cause: EventId): void => {
    for (const { process } of targets) process.cause = cause;
    for (const { process, disk } of targets) work(process, disk, cause);
  };
  return {
    touched: targets.map(({ process, disk }) => describe(process, disk)),
    act: (cause) => each(act, cause),
    undo: (cause) => each(undo, cause),
  };
}

function brokers(world: World, target: Selector, random: RandomStream): Process[] {
  return resolveTargets(world, target, random).filter((process) => world.machine(process) !== undefined);
}

/** The disk of that number where the broker has it, or one by a seeded choice; not one that has failed already. */
function chosenDisks(world: World, target: Selector, disk: number | null, random: RandomStream): Target[] {
  return brokers(world, target, random).flatMap((process) => {
    const { dirs } = world.machine(process)!.disks;
    const index = disk === null ? random.uniformInt(0, dirs.length) : disk - 1;
    const dir = dirs[index];
    return dir === undefined || dir.isFailed ? [] : [{ process, disk: index }];
  });
}
