import { ProducerClient } from '../producer/producerClient.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';

/** Seats every producer instance and starts those that the scenario starts with. */
export function startProducers(stage: Stage, world: World): void {
  const { ctx } = stage;
  const laneOf = laneNumbers(stage);
  stage.seats.forEach((seat, client) => {
    if (seat.kind !== 'producer') return;
    const spec = ctx.scenario.producers.find((one) => one.name === seat.name)!;
    const { side, stray } = world.clientSide(spec.cluster, seat.process);
    const partitions = ctx.cast.partitions.flatMap((one, index) =>
      one.cluster === spec.cluster && one.topic === spec.topic && isOn(side.layout.brokers, one.replicas)
        ? [index]
        : [],
    );
    const bootstrap = side.layout.brokers
      .map((broker) => stage.brokerProcesses[broker]!)
      .filter((node) => node.life !== 'dead');
    const producer = new ProducerClient(
      ctx,
      spec,
      seat.instance,
      client,
      seat.process,
      bootstrap,
      stage.brokerProcesses,
      partitions,
      laneOf,
      stray,
      () => side.layout.behaviour.transactionsV2Default,
    );
    world.addClient(seat.process, producer);
    // The application that feeds it starts it.
    if (spec.fedBy !== undefined || seat.instance >= spec.instances.length) return;
    // A transactional.id belongs to whoever called initTransactions() last, so it matters when an application starts.
    if (spec.transaction === null || spec.fromUs === 0) producer.start();
    else ctx.kernel.atControl(spec.fromUs, () => seat.process.run(() => producer.start()));
  });
}

/** A topic that does not exist yet has no replicas anywhere. */
function isOn(brokers: readonly number[], replicas: readonly number[]): boolean {
  return replicas.every((broker) => brokers.includes(broker));
}

/** Lanes are numbered in the order of their first record. */
function laneNumbers(stage: Stage): (client: number, partition: number) => number {
  const { cast, recorder } = stage.ctx;
  return (client, partition) => {
    const lane = cast.lanes.length;
    cast.lanes.push({ client, partition });
    recorder.laneOpened(lane, client, partition);
    return lane;
  };
}
