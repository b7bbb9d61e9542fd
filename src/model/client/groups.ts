import type { CoordinatorFactory } from '../broker/brokerServer.ts';
import { together } from '../broker/coordinators.ts';
import { ConsumerProcess } from '../consumer/consumerProcess.ts';
import { TransformLink } from '../consumer/transformLink.ts';
import { GroupCoordinator } from '../coordinator/groupCoordinator.ts';
import { GroupTrace } from '../coordinator/groupTrace.ts';
import { OffsetsLog } from '../coordinator/offsetsLog.ts';
import { ProducerClient } from '../producer/producerClient.ts';
import type { Stage } from '../stage.ts';
import { BrokerTransactions } from '../transaction/brokerTransactions.ts';
import { TransactionLog } from '../transaction/transactionLog.ts';
import type { World } from '../world.ts';
import { TransformProcess } from './transformProcess.ts';

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
    coordinators: (broker) => {
      const groups = new GroupCoordinator(broker, log, trace);
      const hooks = {
        offsetsPartitionOf: (group: number) => groups.partitionOf(group),
        markerWritten: (partition: number, producerId: number, isCommit: boolean, offset: number) =>
          groups.transactionEnded(partition, producerId, isCommit, offset),
      };
      return together([new BrokerTransactions(broker, transactions, hooks), groups]);
    },
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
    const writer = producerOf(stage, world, name, instance);
    const transform = writer === undefined ? undefined : new TransformLink((...records) => writer.feed(...records));
    const consumer = new ConsumerProcess({
      ctx,
      spec,
      process,
      instance,
      client,
      group,
      bootstrap,
      brokerProcesses,
      groupCause: () => trace.causeOf(group),
      ...(transform === undefined ? {} : { transform }),
    });
    if (writer !== undefined && transform !== undefined) {
      writer.feeder = transform;
      transform.onRevoked = () => writer.inputRevoked();
    }
    const member = writer === undefined ? consumer : new TransformProcess(consumer, writer);
    world.addMember(process, member);
    const startsAtUs = spec.startsAtUs[instance];
    if (startsAtUs === undefined) return;
    if (startsAtUs === 0) member.start();
    else ctx.kernel.atControl(startsAtUs, () => process.run(() => member.start()));
  });
}

/** The producer in the same process as the group's instance. */
function producerOf(stage: Stage, world: World, group: string, instance: number): ProducerClient | undefined {
  const { scenario } = stage.ctx;
  const writer = scenario.consumers.find(({ name }) => name === group)?.transform?.producer;
  if (writer === undefined) return undefined;
  const client = stage.seats.findIndex((seat) => seat.name === writer && seat.instance === instance);
  const found = world.clients[client];
  return found instanceof ProducerClient ? found : undefined;
}
