/** The requests of the classic group protocol and of committed offsets, as one group answers them. */
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  LeaveGroupRequest,
  SyncGroupRequest,
} from '../group/classicProtocol.ts';
import type { ConsumerAssignment, ConsumerSubscription } from '../group/consumerSubscription.ts';
import { refusedJoin } from '../group/groupAnswers.ts';
import { type ConsumerHeartbeatRequest, refusedHeartbeat } from '../group/modern/consumerProtocol.ts';
import type { Exchange } from '../network/exchange.ts';
import type { ErrorName } from '../protocol.ts';
import type { TxnOffsetCommitBody } from '../transaction/transactionProtocol.ts';
import type { InGroup, OffsetCommitBody, OffsetFetchBody } from './groupRequests.ts';
import type { HostedGroup } from './hostedGroup.ts';

type Respond = (response: unknown, bytes: number) => void;

const HEADER_BYTES = 60;
const MEMBER_BYTES = 150;
const PARTITION_BYTES = 20;

/** Leads to exactly one `respond`, now or later, unless the broker's process dies first. */
export function answerGroupRequest(exchange: Exchange<unknown, unknown>, group: HostedGroup, respond: Respond): void {
  const { body } = exchange.request as InGroup<unknown>;
  const { classic } = group;
  switch (exchange.api) {
    case 'JoinGroup':
      classic.join(body as JoinGroupRequest<ConsumerSubscription>, (response) =>
        respond(response, HEADER_BYTES + MEMBER_BYTES * response.members.length),
      );
      break;
    case 'SyncGroup':
      classic.sync(body as SyncGroupRequest<ConsumerAssignment>, (response) =>
        respond(response, HEADER_BYTES + PARTITION_BYTES * (response.assignment?.length ?? 0)),
      );
      break;
    case 'ConsumerGroupHeartbeat':
      group.consumerHeartbeat(body as ConsumerHeartbeatRequest, (response) =>
        respond(response, HEADER_BYTES + PARTITION_BYTES * (response.assignment?.length ?? 0)),
      );
      break;
    case 'Heartbeat':
      respond({ error: classic.heartbeat(body as HeartbeatRequest) }, HEADER_BYTES);
      break;
    case 'LeaveGroup':
      respond({ error: classic.leave(body as LeaveGroupRequest) }, HEADER_BYTES);
      break;
    case 'OffsetCommit':
      group.commit(body as OffsetCommitBody, (error) => respond({ error }, HEADER_BYTES));
      break;
    case 'TxnOffsetCommit':
      group.commitInTransaction(body as TxnOffsetCommitBody, (error) => respond({ error }, HEADER_BYTES));
      break;
    case 'OffsetFetch': {
      const answer = group.fetchOffsets(body as OffsetFetchBody);
      respond(answer, HEADER_BYTES + PARTITION_BYTES * answer.offsets.length);
      break;
    }
  }
}

/** The answer of a broker that does not, or not yet, coordinate the group. */
export function refuseGroupRequest(exchange: Exchange<unknown, unknown>, error: ErrorName): unknown {
  const { body } = exchange.request as InGroup<unknown>;
  switch (exchange.api) {
    case 'JoinGroup':
      return refusedJoin(error, (body as JoinGroupRequest<ConsumerSubscription>).memberId);
    case 'SyncGroup':
      return { error, assignment: null };
    case 'ConsumerGroupHeartbeat':
      return refusedHeartbeat(error);
    case 'OffsetFetch':
      return { error, offsets: [] };
    default:
      return { error };
  }
}
