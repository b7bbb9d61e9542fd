/** Tells the recorder what happens to consumer groups, whichever broker coordinates them. */
import type { ModelContext } from '../context.ts';
import type { ConsumerAssignment } from '../group/consumerSubscription.ts';
import type { GroupListener, RemovalReason } from '../group/groupPorts.ts';
import type { ConsumerGroupListener } from '../group/modern/consumerGroupPorts.ts';
import type { Process } from '../network/process.ts';
import { type EventId, NO_CAUSE } from '../trace.ts';

const CHANGES = {
  LeaveGroup: 'left',
  'session.expired': 'expired',
  'rebalance.timeout': 'removed',
  'pending sync': 'removed',
  fenced: 'fenced',
} as const satisfies Record<RemovalReason, string>;

export class GroupTrace {
  readonly #ctx: ModelContext;
  readonly #clientProcesses: readonly Process[];
  /** As last told; a group that no broker coordinates keeps its state. */
  readonly #states: string[] = [];
  readonly #causes: EventId[] = [];

  /** @param clientProcesses  by client index */
  constructor(ctx: ModelContext, clientProcesses: readonly Process[]) {
    this.#ctx = ctx;
    this.#clientProcesses = clientProcesses;
  }

  coordinatorLoaded(group: number, broker: number, state: string, generation: number, cause: EventId): void {
    const event = this.#event(cause, { type: 'group.coordinator', group, broker });
    this.#causes[group] = event;
    this.#state(group, state, generation, 'the new coordinator loaded the group');
  }

  /** @param generation  of the group at the time of the call */
  listener(group: number, generation: () => number): GroupListener<ConsumerAssignment> {
    return {
      onState: (_from, to, reason) => {
        if (to !== 'Dead') this.#state(group, to, generation(), reason);
      },
      onRebalance: () => {},
      onMemberJoined: ({ client }) => this.#member(group, client, 'joined', 'JoinGroup'),
      onMemberRemoved: ({ client }, reason) => this.#member(group, client, CHANGES[reason], reason),
      onAssignment: (generation, members) => this.#assigned(group, generation, members),
    };
  }

  /** @param groupEpoch  of the group at the time of the call */
  consumerListener(group: number, groupEpoch: () => number): ConsumerGroupListener {
    return {
      onState: (_from, to, reason) => {
        if (to !== 'Dead') this.#state(group, to, groupEpoch(), reason);
      },
      onMemberJoined: ({ client }) => this.#member(group, client, 'joined', 'ConsumerGroupHeartbeat'),
      onMemberRemoved: ({ client }, reason) => this.#member(group, client, CHANGES[reason], reason),
      onTarget: (epoch, members) => this.#assigned(group, epoch, members),
    };
  }

  #assigned(
    group: number,
    generation: number,
    members: readonly { readonly client: number; readonly assignment: ConsumerAssignment | null }[],
  ): void {
    this.#causes[group] = this.#event(this.causeOf(group), {
      type: 'group.assigned',
      group,
      generation,
      members: members.map(({ client, assignment }) => ({ client, partitions: assignment ?? [] })),
    });
  }

  #state(group: number, to: string, generation: number, reason: string): void {
    const from = this.#states[group] ?? 'Empty';
    this.#states[group] = to;
    if (from === to) return;
    this.#causes[group] = this.#event(this.causeOf(group), {
      type: 'group.state',
      group,
      from,
      to,
      generation,
      reason,
    });
  }

  #member(
    group: number,
    client: number,
    change: 'joined' | 'left' | 'expired' | 'fenced' | 'removed',
    reason: string,
  ): void {
    const cause = this.#clientProcesses[client]?.cause ?? NO_CAUSE;
    this.#causes[group] = this.#event(cause, { type: 'group.member', group, client, change, reason });
  }

  /** What last happened to the group, or -1: the cause of what its members do about it. */
  causeOf(group: number): EventId {
    return this.#causes[group] ?? NO_CAUSE;
  }

  #event(cause: EventId, body: Parameters<ModelContext['recorder']['event']>[2]): EventId {
    return this.#ctx.recorder.event(this.#ctx.kernel.nowUs, cause, body);
  }
}
