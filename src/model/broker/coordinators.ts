import type { CoordinatorServer } from './brokerServer.ts';

/** Several coordinators on one broker, asked in order: whoever knows the request answers it. */
export function together(parts: readonly CoordinatorServer[]): CoordinatorServer {
  return {
    handle: (exchange) => parts.some((part) => part.handle(exchange)),
    leadershipChanged: (partition, leads) => {
      for (const part of parts) part.leadershipChanged(partition, leads);
    },
    stop: () => {
      for (const part of parts) part.stop();
    },
  };
}
