import type { FollowerSession } from './followerSession.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

/**
 * When a follower whose long poll is parked was last heard of: it polls again every `replica.fetch.wait.max.ms` as long
 * as it runs and the way is open. The polls themselves are not events.
 */
export function contactUs(env: BrokerEnvironment, session: FollowerSession, nowUs: number): number {
  const waitUs = env.view.configs.number('replica.fetch.wait.max.ms') * 1000;
  const silentUs = env.ctx.network.silence.sinceUs(env.process, env.brokerProcesses[session.follower]!);
  const heardUs = silentUs < 0 ? nowUs : Math.min(nowUs, silentUs);
  return session.parkedUs + Math.max(0, Math.floor((heardUs - session.parkedUs) / waitUs)) * waitUs;
}
