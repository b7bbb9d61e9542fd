import type { CoordinatorFactory } from '../broker/brokerServer.ts';
import { together } from '../broker/coordinators.ts';
import { ConsumerProcess } from '../consumer/consumerProcess.ts';
import { GroupCoordinator } from '../coordinator/groupCoordinator.ts';
import { GroupTrace } from '../coordinator/groupTrace.ts';
import { OffsetsLog } from '../coordinator/offsetsLog.ts';
import type { Stage } from '../stage.ts';
import { BrokerTransactions } from '../transaction/brokerTransactions.ts';
import { TransactionLog } from '../transaction/transactionLog.ts';
import type { World } from '../world.ts';

export interface Groups {
  /** For every broker of the world. */
  readonly coordinators: CoordinatorFactory;
  /** Seats every member and starts each at its time. */
  start(world: World): void;
}

/** The consumer groups of a scenario: their coordinators and their members. */
export function joinGroups(stage: Stage): Groups {
  const log = new OffsetsLog();
  const transactions = new TransactionLog();
  const trace = new GroupTrace(
    stage.ctx,
    stage.seats.map((seat) => seat.process),
  );
  return {
    coordinators: together([
      (broker) =>
        new BrokerTransactions(broker, transactions, { offsetsPartitionOf: () => -1, markerWritten: () => {} }),
      (broker) => new GroupCoordinator(broker, log, trace),
    ]),
    start: (world) => seatMembers(stage, world, trace),
  };
}

function seatMembers(stage: Stage, world: World, trace: GroupTrace): void {
  const { ctx, brokerProcesses } = stage;
  stage.seats.forEach(({ kind, name, instance, process }, client) => {
    if (kind !== 'consumer') return;
    const group = ctx.cast.groups.findIndex((one) => one.name === name);
    const spec = ctx.scenario.consumers[group]!;
    const bootstrap = world
      .clientSide(spec.cluster, process)
      .side.layout.brokers.map((broker) => brokerProcesses[broker]!)
      .filter((node) => node.life !== 'dead');
    const member = new ConsumerProcess({
      ctx,
      spec,
      process,
      instance,
      client,
      group,
      bootstrap,
      brokerProcesses,
      groupCause: () => trace.causeOf(group),
    });
    world.addMember(process, member);
    const startsAtUs = spec.startsAtUs[instance];
    if (startsAtUs === undefined) return;
    if (startsAtUs === 0) member.start();
    else ctx.kernel.atControl(startsAtUs, () => process.run(() => member.start()));
  });
}
