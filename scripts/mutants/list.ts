/** One wrong rule: `find` stands exactly once in the file, and becomes `replace`. */
export interface Mutant {
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const R = 'src/model/replication';
const C = 'src/model/controller';
const A = 'src/model/algorithms';

/** Rules of brokers, controllers and replication, each planted wrongly on its own. */
export const MUTANTS: readonly Mutant[] = [
  // ── the in-sync replicas ────────────────────────────────────────────────────────────────────────
  {
    what: 'a follower leaves the ISR after half of replica.lag.time.max.ms',
    file: `${R}/isrMaintenance.ts`,
    find: 'return nowUs - follower.lastCaughtUpUs > this.#lagUs;',
    replace: 'return nowUs - follower.lastCaughtUpUs > this.#lagUs / 2;',
  },
  {
    what: 'a slow follower never leaves the ISR',
    file: `${R}/isrMaintenance.ts`,
    find: 'return nowUs - follower.lastCaughtUpUs > this.#lagUs;',
    replace: 'return false;',
  },
  {
    what: 'a silent follower of an idle partition leaves the ISR',
    file: `${R}/isrMaintenance.ts`,
    find: 'if (follower.logEndOffset === leader.replica.log.logEndOffset) return false;',
    replace: '',
  },
  {
    what: 'a shrink is asked for while another change is in flight',
    file: `${R}/isrMaintenance.ts`,
    find: 'if (leader.pending !== null) return;',
    replace: '',
  },
  {
    what: 'a follower joins the ISR before it has reached the start of the leader epoch',
    file: `${R}/isrMaintenance.ts`,
    find: 'if (logEndOffset < replica.highWatermark || logEndOffset < epochStartOffset) return false;',
    replace: 'if (logEndOffset < replica.highWatermark) return false;',
  },
  {
    what: 'a follower joins the ISR below the high watermark',
    file: `${R}/isrMaintenance.ts`,
    find: 'if (logEndOffset < replica.highWatermark || logEndOffset < epochStartOffset) return false;',
    replace: 'if (logEndOffset < epochStartOffset) return false;',
  },
  {
    what: 'a leader takes a fenced broker for a member that may join',
    file: 'src/model/broker/brokerView.ts',
    find: 'return this.isActive(broker) && (fetchedEpoch < 0 || fetchedEpoch === this.brokerEpoch(broker));',
    replace: 'return fetchedEpoch < 0 || fetchedEpoch === this.brokerEpoch(broker);',
  },
  {
    what: 'a leader adopts an ISR that was refused',
    file: `${R}/isrMaintenance.ts`,
    find: "const REVERT = new Set(['OPERATION_NOT_ATTEMPTED', 'INELIGIBLE_REPLICA']);",
    replace: "const REVERT = new Set(['OPERATION_NOT_ATTEMPTED']);",
  },
  {
    what: 'the second rule of catching up is forgotten: only who is at the very end has caught up',
    file: `${R}/leaderState.ts`,
    find: 'else if (offset >= this.lastFetchLeaderLogEndOffset)',
    replace: 'else if (offset < 0)',
  },
  {
    what: 'what a long poll told is forgotten when an append ends it',
    file: `${R}/followerFetchPath.ts`,
    find: 'if (session.parked !== null) session.lastFetchUs = contactUs(this.#env, session, nowUs);',
    replace: '',
  },
  // ── the high watermark ──────────────────────────────────────────────────────────────────────────
  {
    what: 'the high watermark does not wait for followers that are about to join',
    file: `${R}/highWatermarks.ts`,
    find: 'nowUs - follower.lastCaughtUpUs <= this.#lagUs &&',
    replace: 'nowUs < 0 &&',
  },
  {
    what: 'the high watermark moves below min.insync.replicas',
    file: `${R}/highWatermarks.ts`,
    find: 'this.#behaviour.highWatermarkNeedsMinIsr && leader.committedIsr.length',
    replace: 'false && leader.committedIsr.length',
  },
  {
    what: 'the high watermark ignores a member that was asked for and is not confirmed',
    file: `${R}/leaderState.ts`,
    find: "(this.pending?.reason === 'isrExpand' && this.pending.newIsr.includes(broker))",
    replace: 'false',
  },
  {
    what: 'the high watermark follows the leader alone',
    file: `${R}/highWatermarks.ts`,
    find: 'if (leader.isInMaximalIsr(follower.broker)) return true;',
    replace: 'if (leader.isInMaximalIsr(follower.broker)) return false;',
  },
  {
    what: 'a follower takes the high watermark of its leader beyond its own log',
    file: `${R}/fetcherThread.ts`,
    find: 'const highWatermark = Math.min(leaderHighWatermark, replica.log.logEndOffset);',
    replace: 'const highWatermark = leaderHighWatermark;',
  },
  {
    what: 'long polls of followers are answered before a leader alone in its ISR has moved the high watermark',
    file: `${R}/producePath.ts`,
    find: 'for (const leader of this.#appended) this.#highWatermarks.maybeAdvance(leader, servedUs);\n    for (const leader of this.#appended) this.#followers.answerParked(leader, servedUs);',
    replace:
      'for (const leader of this.#appended) this.#followers.answerParked(leader, servedUs);\n    for (const leader of this.#appended) this.#highWatermarks.maybeAdvance(leader, servedUs);',
  },
  // ── logs and truncation ─────────────────────────────────────────────────────────────────────────
  {
    what: 'a follower does not truncate',
    file: `${R}/fetcherThread.ts`,
    find: 'this.#truncate(replica, truncationOffset(replica.log, item.divergingEpoch, item.divergingEndOffset));',
    replace: 'this.#changed.add(replica);',
  },
  {
    what: 'a follower keeps one record too many when it truncates',
    file: `${R}/truncationOffset.ts`,
    find: 'Math.min(own.endOffset, divergingEndOffset)',
    replace: 'Math.min(own.endOffset, divergingEndOffset + 1)',
  },
  {
    what: 'a leader does not look at the epoch of the last record that a follower has',
    file: `${R}/followerFetchPath.ts`,
    find: 'const isOnTail = position.lastFetchedEpoch === log.lastEpoch && position.fetchOffset <= log.logEndOffset;',
    replace: 'const isOnTail = position.fetchOffset <= log.logEndOffset;',
  },
  {
    what: 'a leader serves followers of another leader epoch',
    file: `${R}/followerFetchPath.ts`,
    find: 'if (requested === current) return',
    replace: 'if (requested === current || requested >= 0) return',
  },
  {
    what: 'a log that is loaded keeps an epoch without records',
    file: `${R}/replicaManager.ts`,
    find: 'replica.log.truncateTo(replica.log.logEndOffset);',
    replace: '',
  },
  {
    what: 'retention deletes above the high watermark',
    file: `${A}/segments.ts`,
    find: 'if (isEmptyActive || highWatermark < (next?.baseOffset ?? log.logEndOffset)) break;',
    replace: 'if (isEmptyActive) break;',
  },
  // ── producing and reading ───────────────────────────────────────────────────────────────────────
  {
    what: 'acks=all is answered before the high watermark',
    file: `${R}/producePath.ts`,
    find: 'if (end >= 0 && end > leader!.replica.highWatermark) delayed.wait(i, leader!, end);',
    replace: 'if (end < -1) delayed.wait(i, leader!, end);',
  },
  {
    what: 'acks=all is taken below min.insync.replicas',
    file: `${R}/producePath.ts`,
    find: 'if (request.acks === -1 && leader.committedIsr.length < leader.effectiveMinIsr)',
    replace: 'if (request.acks === -1 && leader.committedIsr.length < 1)',
  },
  {
    what: 'a duplicate of an idempotent producer is appended',
    file: `${R}/producePath.ts`,
    find: "if (verdict === DUPLICATE) return 'DUPLICATE_SEQUENCE_NUMBER';",
    replace: "if (verdict === DUPLICATE) return 'NONE';",
  },
  {
    what: 'a duplicate waits for the batches after it',
    file: `${R}/delayedProduce.ts`,
    find: 'while (at > 0 && produces[at - 1]!.requiredOn(leader) > requiredOffset) at--;',
    replace: '',
  },
  {
    what: 'a gap in the sequence of an idempotent producer is appended',
    file: `${A}/producerState.ts`,
    find: 'return firstSequence === expected ? APPEND : OUT_OF_ORDER_SEQUENCE_NUMBER;',
    replace: 'return firstSequence >= expected ? APPEND : OUT_OF_ORDER_SEQUENCE_NUMBER;',
  },
  {
    what: 'a new leader forgets what idempotent producers wrote',
    file: `${R}/leaderState.ts`,
    find: 'if (producerId < 0) return true;',
    replace: 'if (producerId >= -1) return true;',
  },
  {
    what: 'a leader that lost its leadership leaves waiting acks=all requests alone',
    file: `${R}/replicaManager.ts`,
    find: 'this.produce.failWaiting(leader, error);',
    replace: '',
  },
  {
    what: 'consumers read beyond the high watermark',
    file: `${R}/fetchPath.ts`,
    find: 'const limit = readLimit(replica, request);',
    replace: 'const limit = log.logEndOffset;',
  },
  {
    what: 'keys go to other partitions: a wrong shift in murmur2',
    file: `${A}/murmur2.ts`,
    find: 'return hash ^ (hash >>> 15);',
    replace: 'return hash ^ (hash >>> 14);',
  },
  // ── AlterPartition at the controller ────────────────────────────────────────────────────────────
  {
    what: 'AlterPartition with an old partition epoch is accepted',
    file: `${C}/alterPartition.ts`,
    find: "if (item.partitionEpoch < partitionEpoch) return 'INVALID_UPDATE_VERSION';",
    replace: '',
  },
  {
    what: 'AlterPartition of a former leader epoch is accepted',
    file: `${C}/alterPartition.ts`,
    find: "if (item.leaderEpoch < leaderEpoch) return 'FENCED_LEADER_EPOCH';",
    replace: '',
  },
  {
    what: 'AlterPartition takes fenced and stopping brokers into the ISR',
    file: `${C}/alterPartition.ts`,
    find: 'if (behaviour.isrRefusesFencedBrokers && !current.isActive(replica)) return true;',
    replace: '',
  },
  {
    what: 'AlterPartition takes a former incarnation of a broker into the ISR (KIP-903)',
    file: `${C}/alterPartition.ts`,
    find: 'return behaviour.isrChecksBrokerEpoch && epoch >= 0 && epoch',
    replace: 'return behaviour.isrChecksBrokerEpoch && epoch < -1 && epoch',
  },
  // ── elections and the ELR ───────────────────────────────────────────────────────────────────────
  {
    what: 'a leader is elected from outside the ISR',
    file: `${A}/partitionElection.ts`,
    find: 'return isMember && isAcceptable(candidate);',
    replace: 'return (isMember || isAcceptable(candidate)) && isAcceptable(candidate);',
  },
  {
    what: 'a dead broker is elected',
    file: `${A}/partitionElection.ts`,
    find: 'return isMember && isAcceptable(candidate);',
    replace: 'return isMember;',
  },
  {
    what: 'every election may be unclean',
    file: `${C}/partitionChanges.ts`,
    find: "? 'UNCLEAN' : 'ONLINE',",
    replace: "? 'UNCLEAN' : 'UNCLEAN',",
  },
  {
    what: 'unclean.leader.election.enable has no effect',
    file: `${C}/partitionChanges.ts`,
    find: "? 'UNCLEAN' : 'ONLINE',",
    replace: "? 'ONLINE' : 'ONLINE',",
  },
  {
    what: 'the ISR keeps its old members after an unclean election',
    file: `${A}/partitionChange.ts`,
    find: 'record.isr = [election.leader];',
    replace: 'record.isr = [election.leader, ...before.isr.filter((id) => id !== election.leader)];',
  },
  {
    what: 'the leader epoch stays when the leader changes',
    file: `${A}/partitionRegistration.ts`,
    find: 'leaderEpoch: before.leaderEpoch + (record.leader === undefined ? 0 : 1),',
    replace: 'leaderEpoch: before.leaderEpoch + (record.leader === undefined || record.leader >= 0 ? 0 : 1),',
  },
  {
    what: 'the ELR is not cleared when the ISR is large enough again',
    file: `${A}/partitionChange.ts`,
    find: 'if (target.isr.length >= Math.min(request.minIsr ?? 1, target.replicas.length)) {',
    replace: 'if (target.isr.length > target.replicas.length) {',
  },
  {
    what: 'a broker that came back without a clean shutdown stays eligible',
    file: `${A}/partitionChange.ts`,
    find: 'target.elr = without(without(candidates, target.isr), request.uncleanShutdownReplicas ?? []);',
    replace: 'target.elr = without(candidates, target.isr);',
  },
  {
    what: 'the last member leaves the ISR although there are no eligible leader replicas',
    file: `${A}/partitionChange.ts`,
    find: 'const mayWrite = target.isr.length > 0 || elrEnabled;',
    replace: 'const mayWrite = true;',
  },
  {
    what: 'a preferred election keeps the present leader',
    file: `${A}/partitionElection.ts`,
    find: "const order = election === 'PREFERRED' ? [replicas[0]!, leader, ...replicas] : [leader, ...replicas];",
    replace: 'const order = [leader, ...replicas];',
  },
  // ── brokers at the controller ───────────────────────────────────────────────────────────────────
  {
    what: 'a broker whose session ended is not fenced',
    file: `${C}/controllerPlane.ts`,
    find: 'fence: (broker, cause) => this.#transitions.fence(broker, cause),',
    replace: 'fence: () => {},',
  },
  {
    what: 'a fenced broker stays in every ISR and keeps its leaderships',
    file: `${C}/brokerTransitions.ts`,
    find: 'this.#step(before, event, reason, this.#changes.withoutBroker(before.broker, partitionReason), cause, done);',
    replace: 'this.#step(before, event, reason, [], cause, done);',
  },
  {
    what: 'a broker in controlled shutdown stays in every ISR and keeps its leaderships',
    file: `${C}/brokerTransitions.ts`,
    find: "const partitions = this.#changes.withoutBroker(before.broker, 'controlledShutdown');",
    replace: 'const partitions: PartitionEntry[] = [];',
  },
  {
    what: 'an unfenced broker is not elected where there is no leader',
    file: `${C}/partitionChanges.ts`,
    find: 'if (!isOffline(entry)) continue;',
    replace: 'if (isOffline(entry)) continue;',
  },
  {
    what: 'a second incarnation registers while the session of the first lasts',
    file: `${C}/brokerTransitions.ts`,
    find: 'if (before !== undefined && this.#holdsSession(before)) {',
    replace: 'if (before !== undefined && this.#holdsSession(before) && incarnation < 0) {',
  },
  {
    what: 'sessions are not renewed when a controller takes over',
    file: `${C}/sessions.ts`,
    find: 'session.lastContactUs = isRenewed ? nowUs : Number.NEGATIVE_INFINITY;',
    replace: 'session.lastContactUs = Number.NEGATIVE_INFINITY;',
  },
  {
    what: 'a stopping broker exits before the others know who leads now',
    file: `${C}/brokerTransitions.ts`,
    find: 'if (this.#feed.appliedOffsetAt(other, this.#sessions.lastContactUs(other)) < offset) return false;',
    replace: '',
  },
  // ── the quorum ──────────────────────────────────────────────────────────────────────────────────
  {
    what: 'a voter votes twice in one epoch',
    file: 'src/model/raft/elections.ts',
    find: "if (votedFor >= 0 && state !== 'Leader' && state !== 'Resigned') return votedFor === candidate;",
    replace: "if (votedFor >= 0 && state !== 'Leader' && state !== 'Resigned') return isUpToDate;",
  },
  {
    what: 'a voter elects a candidate whose log lacks what it has',
    file: 'src/model/raft/elections.ts',
    find: 'return leader < 0 && isUpToDate;',
    replace: 'return leader < 0;',
  },
  {
    what: 'half of the voters commit',
    file: `${C}/quorum.ts`,
    find: 'this.majority = Math.floor(this.voters.length / 2) + 1;',
    replace: 'this.majority = Math.max(1, Math.floor(this.voters.length / 2));',
  },
  // ── moving partitions ───────────────────────────────────────────────────────────────────────────
  {
    what: 'a reassignment completes before its new replicas are in sync',
    file: `${A}/partitionReassignment.ts`,
    find: '|| !containsAll(remainingIsr, needed) || !containsAll(remainingIsr, added)',
    replace: '',
  },
  {
    what: 'removed replicas stay in the ISR when a reassignment completes',
    file: `${A}/partitionReassignment.ts`,
    find: 'return { replicas, isr: remainingIsr };',
    replace: 'return { replicas, isr };',
  },
  {
    what: 'the leader throttles followers that are in sync as well',
    file: `${R}/followerFetchPath.ts`,
    find: 'leader.replica.isLeaderThrottled && !leader.committedIsr.includes(broker)',
    replace: 'leader.replica.isLeaderThrottled && broker >= 0',
  },
  {
    what: 'consumers are sent to a follower that is not in sync',
    file: `${R}/fetchPath.ts`,
    find: 'if (holds && leading.committedIsr.includes(follower.broker))',
    replace: 'if (holds)',
  },
];
