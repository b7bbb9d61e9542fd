import type { LifecycleHost } from '../broker/lifecycle/brokerLifecycle.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import type { BrokerPort } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { Boots } from './boots.ts';
import type { BrokerTransitions } from './brokerTransitions.ts';
import type { ClusterSettings } from './clusterSettings.ts';
import { type ControllerChannel, REQUEST_BYTES } from './controllerChannel.ts';
import type { ControllerCore } from './controllerCore.ts';
import type { MetadataFeed } from './metadataFeed.ts';
import type { Quorum } from './quorum.ts';
import { RegistrationRetry } from './registrationRetry.ts';
import type { Sessions } from './sessions.ts';

/** The parts of a control plane that a starting or stopping broker talks to. */
export interface LifecyclePeers {
  readonly ctx: ModelContext;
  readonly layout: ClusterLayout;
  readonly settings: ClusterSettings;
  readonly port: BrokerPort;
  readonly boots: Boots;
  readonly core: ControllerCore;
  readonly quorum: Quorum;
  readonly channel: ControllerChannel;
  readonly feed: MetadataFeed;
  readonly sessions: Sessions;
  readonly transitions: BrokerTransitions;
}

/** What surrounds a broker's lifecycle under KRaft: the active controller over the network, its metadata, its own parts. */
export function kraftLifecycleHost(peers: LifecyclePeers): LifecycleHost {
  const { ctx, layout, settings, port, boots, core, quorum, channel, feed, sessions, transitions } = peers;
  const processOf = (broker: number): Process => layout.brokerProcesses[broker]!;
  return {
    kernel: ctx.kernel,
    recorder: ctx.recorder,
    heartbeatIntervalUs: settings.heartbeatIntervalUs,
    registrationRetry: new RegistrationRetry((broker) => layout.versions.ofBroker(broker), settings, ctx.kernel.random),
    registrationTimeoutUs: settings.registrationTimeoutUs,
    controlledShutdown: settings.controlledShutdown,
    bootUs: (broker) => boots.durationUs(processOf(broker)),
    register: (broker, incarnation, clean, cause, done) =>
      channel.call(processOf(broker), REQUEST_BYTES, (reply) =>
        transitions.register(
          broker,
          incarnation,
          clean,
          cause,
          (error) => reply(() => done(error)),
          port.offlinePartitions?.(broker),
        ),
      ),
    catchUpUs: (broker) => feed.delayUs(broker),
    loadLogs: (broker, clean, done) => port.loadLogs(broker, clean, done),
    loadMetadata: (broker) => feed.start(broker, core.committed.image(core.committedOffset, processOf(broker).cause)),
    unfence: (broker, cause, done) =>
      channel.call(processOf(broker), REQUEST_BYTES, (reply) =>
        transitions.unfence(broker, 'caught up', cause, () => reply(done)),
      ),
    startServing: (broker) => port.startServing(broker),
    requestShutdown: (broker, cause, done) =>
      channel.call(processOf(broker), REQUEST_BYTES, (reply) =>
        transitions.requestShutdown(broker, cause, (granted) => reply(() => done(granted))),
      ),
    shutDown: (broker, done) => port.shutDown(broker, done),
    heartbeatsChanged: () => sessions.refresh(),
    exiting: (broker, done) => leaveQuorum(quorum, processOf(broker), done),
    stopped: (broker) => feed.stop(broker),
  };
}

/** A combined node that exits in order hands its quorum leadership over first. */
function leaveQuorum(quorum: Quorum, process: Process, done: () => void): void {
  const voter = quorum.voters.find((one) => one.process === process);
  if (voter === undefined) done();
  else quorum.shutDown(voter, process.cause, done);
}
