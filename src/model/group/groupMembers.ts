/**
 * Who is in a classic group: members, static members by instance id, ids that were given out and not yet used, the
 * leader, and the protocol that all of them know.
 *
 * Source: Apache Kafka `ClassicGroup`, `ClassicGroupMember`. Kafka keeps members in a hash map under random ids; where
 * it takes the first one of the map, the lowest member id is taken here.
 */
import type { GroupProtocol, JoinGroupRequest, JoinReply, SyncReply } from './classicProtocol.ts';

export interface GroupMember<M, A> {
  readonly client: number;
  readonly clientId: string;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  sessionTimeoutUs: number;
  rebalanceTimeoutUs: number;
  protocols: readonly GroupProtocol<M>[];
  assignment: A | null;
  /** It has not been in a generation yet. */
  isNew: boolean;
  /** A parked JoinGroup. */
  joinReply: JoinReply<M> | null;
  /** A parked SyncGroup. */
  syncReply: SyncReply<A> | null;
}

export function newMember<M, A>(
  memberId: string,
  request: JoinGroupRequest<M>,
  reply: JoinReply<M>,
): GroupMember<M, A> {
  const { client, clientId, groupInstanceId, sessionTimeoutUs, rebalanceTimeoutUs, protocols } = request;
  const identity = { client, clientId, memberId, groupInstanceId };
  const wishes = { sessionTimeoutUs, rebalanceTimeoutUs, protocols };
  return { ...identity, ...wishes, assignment: null, isNew: true, joinReply: reply, syncReply: null };
}

/** A JoinGroup may change everything but who the member is. */
export function rejoining<M, A>(member: GroupMember<M, A>, request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
  member.protocols = request.protocols;
  member.sessionTimeoutUs = request.sessionTimeoutUs;
  member.rebalanceTimeoutUs = request.rebalanceTimeoutUs;
  member.joinReply = reply;
}

export function hasSameProtocols<M, A>(
  member: GroupMember<M, A>,
  protocols: readonly GroupProtocol<M>[],
  sameMetadata: (left: M, right: M) => boolean,
): boolean {
  if (member.protocols.length !== protocols.length) return false;
  return member.protocols.every((mine, index) => {
    const other = protocols[index];
    return other?.name === mine.name && sameMetadata(mine.metadata, other.metadata);
  });
}

export function answerJoin<M, A>(member: GroupMember<M, A>, ...response: Parameters<JoinReply<M>>): void {
  const reply = member.joinReply;
  member.joinReply = null;
  reply?.(...response);
}

export function answerSync<M, A>(member: GroupMember<M, A>, ...response: Parameters<SyncReply<A>>): void {
  const reply = member.syncReply;
  member.syncReply = null;
  reply?.(...response);
}

export class GroupMembers<M, A> {
  leaderId: string | null = null;
  /** Ids handed out with MEMBER_ID_REQUIRED whose second JoinGroup has not come. */
  readonly pendingJoin = new Set<string>();
  /** Members of this generation whose SyncGroup has not come. */
  readonly pendingSync = new Set<string>();
  readonly #byId = new Map<string, GroupMember<M, A>>();
  readonly #idByInstance = new Map<string, string>();

  get size(): number {
    return this.#byId.size;
  }

  get(memberId: string): GroupMember<M, A> | undefined {
    return this.#byId.get(memberId);
  }

  instanceOwner(groupInstanceId: string): string | undefined {
    return this.#idByInstance.get(groupInstanceId);
  }

  /** By member id. */
  sorted(): GroupMember<M, A>[] {
    return [...this.#byId.values()].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
  }

  awaitingJoin(): GroupMember<M, A>[] {
    return this.sorted().filter((member) => member.joinReply !== null);
  }

  get haveAllJoined(): boolean {
    if (this.pendingJoin.size > 0) return false;
    for (const member of this.#byId.values()) if (member.joinReply === null) return false;
    return true;
  }

  add(member: GroupMember<M, A>): void {
    this.leaderId ??= member.memberId;
    this.#byId.set(member.memberId, member);
    this.pendingJoin.delete(member.memberId);
    if (member.groupInstanceId !== null) this.#idByInstance.set(member.groupInstanceId, member.memberId);
  }

  remove(memberId: string): void {
    const member = this.#byId.get(memberId);
    this.#byId.delete(memberId);
    this.pendingJoin.delete(memberId);
    this.pendingSync.delete(memberId);
    const instance = member?.groupInstanceId ?? null;
    if (instance !== null && this.#idByInstance.get(instance) === memberId) this.#idByInstance.delete(instance);
    if (this.leaderId === memberId) this.leaderId = this.sorted()[0]?.memberId ?? null;
  }

  /** A static member came back under a new id; it keeps what its instance had. */
  replace(oldMemberId: string, next: GroupMember<M, A>): void {
    const wasLeader = this.leaderId === oldMemberId;
    this.remove(oldMemberId);
    this.add(next);
    if (wasLeader) this.leaderId = next.memberId;
  }

  /**
   * Keeps the leader when it has rejoined, else takes one that has.
   *
   * @returns false when nobody has
   */
  electJoinedLeader(): boolean {
    if (this.leaderId !== null && this.get(this.leaderId)?.joinReply) return true;
    const next = this.awaitingJoin()[0];
    if (next === undefined) return false;
    this.leaderId = next.memberId;
    return true;
  }

  /** The largest one that any member asked for; 0 without members. */
  get rebalanceTimeoutUs(): number {
    let largest = 0;
    for (const member of this.#byId.values()) largest = Math.max(largest, member.rebalanceTimeoutUs);
    return largest;
  }

  /** Whether these protocols share one with every member; with no members, whether there is one at all. */
  supportsProtocols(protocols: JoinGroupRequest<M>['protocols']): boolean {
    return protocols.some(({ name }) => this.#isKnownToAll(name));
  }

  /**
   * Each member votes for the first protocol of its own list that all know; most votes win, the first counted on a tie.
   *
   * @returns null without members
   */
  selectProtocol(): string | null {
    const votes = new Map<string, number>();
    for (const member of this.sorted()) {
      const choice = member.protocols.find(({ name }) => this.#isKnownToAll(name))?.name;
      if (choice !== undefined) votes.set(choice, (votes.get(choice) ?? 0) + 1);
    }
    let selected: string | null = null;
    for (const [name, count] of votes) {
      if (selected === null || count > (votes.get(selected) ?? 0)) selected = name;
    }
    return selected;
  }

  #isKnownToAll(name: string): boolean {
    for (const member of this.#byId.values()) {
      if (!member.protocols.some((protocol) => protocol.name === name)) return false;
    }
    return true;
  }
}
