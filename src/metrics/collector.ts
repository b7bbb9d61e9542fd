import type { Cast, EventId, Recorder, TraceBody } from '../model/trace.ts';
import { NO_CAUSE } from '../model/trace.ts';
import { Alarms } from './alarms.ts';
import { ClusterFacts } from './clusterFacts.ts';
import { EventLog } from './eventLog.ts';
import { Ledger } from './ledger.ts';
import { ListenerTable } from './listenerTable.ts';
import { TraceDigest } from './traceDigest.ts';
import type { TraceListener } from './traceListener.ts';

/** First word of each call in the digest. Never renumber: golden digests depend on it. */
const CALL = {
  event: 1,
  laneOpened: 2,
  offered: 3,
  neverSent: 4,
  appended: 5,
  duplicateRefused: 6,
  acknowledged: 7,
  failed: 8,
  retried: 9,
  errorSeen: 10,
  highWatermark: 11,
  removed: 12,
  expired: 13,
  fetched: 14,
  delivered: 15,
  committed: 16,
  requestDone: 17,
  stored: 18,
  unresolved: 19,
  end: 20,
  appendRefused: 21,
  sendBlocked: 22,
  brokerSampled: 23,
} as const;

/**
 * The one recorder of a run: hashes each call, keeps ledger, facts and events, then tells those who listen.
 *
 * The calls that come with every batch (appended, acknowledged, highWatermark, delivered) allocate nothing; with
 * no listener each costs 50 to 150 ns (`collector.test.ts` prints the figure of the machine at hand).
 *
 * Listeners are attached while `onBegin` runs. `callAt` wakes somebody once an instant is over, which is noticed
 * at the next call of a later time; `finish` (from `end`) wakes all who wait for an instant within the run.
 */
export class Collector implements Recorder {
  readonly digest = new TraceDigest();
  readonly events = new EventLog();
  readonly ledger = new Ledger();
  readonly #onBegin: (collector: Collector) => void;
  readonly #tell = new ListenerTable();
  readonly #alarms = new Alarms();
  #cast: Cast | null = null;
  #facts: ClusterFacts | null = null;
  #nowUs = 0;
  #callCount = 0;
  #changedAtUs = Infinity;
  #factsChanged = false;
  #levelsChanged = false;
  #wakeAfterUs = Infinity;

  constructor(onBegin: (collector: Collector) => void = () => {}) {
    this.#onBegin = onBegin;
  }

  /** Valid after `begin`. */
  get cast(): Cast {
    return this.#cast!;
  }

  /** Valid after `begin`. */
  get facts(): ClusterFacts {
    return this.#facts!;
  }

  get hasBegun(): boolean {
    return this.#cast !== null;
  }

  /** The latest instant that was told. */
  get nowUs(): number {
    return this.#nowUs;
  }

  get callCount(): number {
    return this.#callCount;
  }

  listen(listener: TraceListener): void {
    this.#tell.add(listener);
  }

  /** Runs `action` when everything of instant `atUs` and before has been told. */
  callAt(atUs: number, action: () => void): void {
    this.#alarms.add(atUs, action);
    this.#wakeAfterUs = Math.min(this.#changedAtUs, this.#alarms.nextUs);
  }

  /** Makes listeners look at the facts once instant `atUs` is over, as if one had changed. */
  touchFacts(atUs: number): void {
    this.#factsChanged = true;
    this.#markChanged(atUs);
  }

  begin(cast: Cast): void {
    this.#cast = cast;
    this.#facts = new ClusterFacts(cast);
    this.#onBegin(this);
  }

  event(atUs: number, cause: EventId, body: TraceBody): EventId {
    this.#enter(CALL.event, atUs);
    this.digest.number(cause);
    this.digest.data(body);
    const event = this.events.add(atUs, cause, body);
    if (body.type === 'topic.deleted') {
      // Its leader may be dead just now, and then nobody else says that the records are gone on purpose.
      for (const partition of body.partitions) this.ledger.expired(partition, Number.MAX_SAFE_INTEGER);
    }
    if (body.type === 'replica.leading') {
      this.ledger.leading(body.partition, body.leaderEpoch, body.logEndOffset, event.id, atUs);
    }
    if (this.facts.apply(event)) this.touchFacts(atUs);
    for (const listener of this.#tell.event) listener.event!(event);
    return event.id;
  }

  laneOpened(lane: number, client: number, partition: number): void {
    this.#hash4(CALL.laneOpened, lane, client, partition);
    this.ledger.laneOpened(lane, client, partition);
    for (const listener of this.#tell.laneOpened) listener.laneOpened!(lane, client, partition);
  }

  offered(lane: number, first: number, count: number, bytes: number, fromUs: number, toUs: number): void {
    this.#enter(CALL.offered, fromUs);
    this.#hash4(lane, first, count, bytes);
    this.digest.number(toUs);
    this.ledger.offered(lane, first, count);
    const told = this.#tell.offered;
    for (let i = 0; i < told.length; i++) told[i]!.offered!(lane, first, count, bytes, fromUs, toUs);
  }

  neverSent(lane: number, first: number, count: number, atUs: number): void {
    this.#enter(CALL.neverSent, atUs);
    this.#hash4(lane, first, count, 0);
    this.ledger.neverSent(lane, first, count);
    for (const listener of this.#tell.neverSent) listener.neverSent!(lane, first, count, atUs);
  }

  appended(
    partition: number,
    broker: number,
    leaderEpoch: number,
    baseOffset: number,
    count: number,
    bytes: number,
    lane: number,
    first: number,
    atUs: number,
  ): void {
    this.#enter(CALL.appended, atUs);
    this.#hash4(partition, broker, leaderEpoch, baseOffset);
    this.#hash4(count, bytes, lane, first);
    const facts = this.facts;
    const leadership = facts.partitionEvent[partition] ?? NO_CAUSE;
    this.ledger.appended(partition, broker, leaderEpoch, baseOffset, count, lane, first, leadership, atUs);
    facts.appended(partition, leaderEpoch, baseOffset + count);
    if (this.#tell.levelsChanged.length > 0) this.#touchLevels(atUs);
    const told = this.#tell.appended;
    for (let i = 0; i < told.length; i++) {
      told[i]!.appended!(partition, broker, leaderEpoch, baseOffset, count, bytes, lane, first, atUs);
    }
  }

  duplicateRefused(partition: number, lane: number, first: number, count: number, atUs: number): void {
    this.#enter(CALL.duplicateRefused, atUs);
    this.#hash4(partition, lane, first, count);
    for (const listener of this.#tell.duplicateRefused) listener.duplicateRefused!(partition, lane, first, count, atUs);
  }

  acknowledged(
    lane: number,
    first: number,
    count: number,
    baseOffset: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    this.#enter(CALL.acknowledged, atUs);
    this.#hash4(lane, first, count, baseOffset);
    this.digest.number(createdFromUs);
    this.digest.number(createdToUs);
    this.ledger.acknowledged(lane, first, count);
    const told = this.#tell.acknowledged;
    for (let i = 0; i < told.length; i++) {
      told[i]!.acknowledged!(lane, first, count, baseOffset, createdFromUs, createdToUs, atUs);
    }
  }

  failed(
    lane: number,
    first: number,
    count: number,
    error: string,
    unknown: boolean,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    this.#enter(CALL.failed, atUs);
    this.#hash4(lane, first, count, unknown ? 1 : 0);
    this.#hash4(createdFromUs, createdToUs, 0, 0);
    this.digest.text(error);
    this.ledger.failed(lane, first, count, unknown);
    for (const listener of this.#tell.failed) {
      listener.failed!(lane, first, count, error, unknown, createdFromUs, createdToUs, atUs);
    }
  }

  retried(lane: number, count: number, error: string, atUs: number): void {
    this.#enter(CALL.retried, atUs);
    this.digest.number(lane);
    this.digest.number(count);
    this.digest.text(error);
    for (const listener of this.#tell.retried) listener.retried!(lane, count, error, atUs);
  }

  errorSeen(client: number, partition: number, error: string, atUs: number): void {
    this.#enter(CALL.errorSeen, atUs);
    this.digest.number(client);
    this.digest.number(partition);
    this.digest.text(error);
    for (const listener of this.#tell.errorSeen) listener.errorSeen!(client, partition, error, atUs);
  }

  /** Only the current leader's counts as the partition's high watermark. */
  highWatermark(partition: number, broker: number, offset: number, atUs: number): void {
    this.#enter(CALL.highWatermark, atUs);
    this.digest.number(partition);
    this.digest.number(broker);
    this.digest.number(offset);
    const leader = this.facts.leader[partition]!;
    if (leader === broker || leader < 0) this.facts.highWatermarkAt(partition, offset);
    if (this.#tell.levelsChanged.length > 0) this.#touchLevels(atUs);
    const told = this.#tell.highWatermark;
    for (let i = 0; i < told.length; i++) told[i]!.highWatermark!(partition, broker, offset, atUs);
  }

  removed(
    partition: number,
    broker: number,
    leaderEpoch: number,
    offset: number,
    count: number,
    lane: number,
    first: number,
    cause: EventId,
    atUs: number,
  ): void {
    this.#enter(CALL.removed, atUs);
    this.#hash4(partition, broker, leaderEpoch, offset);
    this.#hash4(count, lane, first, cause);
    this.ledger.removed(partition, broker, offset, count, lane, first, cause, atUs);
    for (const listener of this.#tell.removed) {
      listener.removed!(partition, broker, leaderEpoch, offset, count, lane, first, cause, atUs);
    }
  }

  expired(partition: number, fromOffset: number, toOffset: number, atUs: number): void {
    this.#enter(CALL.expired, atUs);
    this.#hash4(partition, fromOffset, toOffset, 0);
    this.ledger.expired(partition, toOffset);
    this.facts.startOffset[partition] = toOffset;
    if (this.#tell.levelsChanged.length > 0) this.#touchLevels(atUs);
    for (const listener of this.#tell.expired) listener.expired!(partition, fromOffset, toOffset, atUs);
  }

  appendRefused(partition: number, broker: number, error: string, atUs: number): void {
    this.#enter(CALL.appendRefused, atUs);
    this.digest.number(partition);
    this.digest.number(broker);
    this.digest.text(error);
    for (const listener of this.#tell.appendRefused) listener.appendRefused!(partition, broker, error, atUs);
  }

  sendBlocked(lane: number, fromUs: number, atUs: number): void {
    this.#enter(CALL.sendBlocked, atUs);
    this.digest.number(lane);
    this.digest.number(fromUs);
    for (const listener of this.#tell.sendBlocked) listener.sendBlocked!(lane, fromUs, atUs);
  }

  brokerSampled(
    broker: number,
    idleShare: number,
    queued: number,
    produces: number,
    fetches: number,
    maxLag: number,
    logBytes: number,
    atUs: number,
  ): void {
    this.#enter(CALL.brokerSampled, atUs);
    this.#hash4(broker, idleShare, queued, produces);
    this.digest.number(fetches);
    this.digest.number(maxLag);
    this.digest.number(logBytes);
    this.facts.samples.take(broker, idleShare, queued, produces, fetches, maxLag, logBytes);
    if (this.#tell.levelsChanged.length > 0) this.#touchLevels(atUs);
    for (const listener of this.#tell.brokerSampled) {
      listener.brokerSampled!(broker, idleShare, queued, produces, fetches, maxLag, logBytes, atUs);
    }
  }

  fetched(
    kind: 'consumer' | 'follower',
    partition: number,
    fromBroker: number,
    toPlaceCrossesZone: boolean,
    bytes: number,
    latencyUs: number,
    atUs: number,
    to: number,
  ): void {
    this.#enter(CALL.fetched, atUs);
    this.#hash4(kind === 'consumer' ? 1 : 0, partition, fromBroker, toPlaceCrossesZone ? 1 : 0);
    this.digest.number(bytes);
    this.digest.number(latencyUs);
    this.digest.number(to);
    const told = this.#tell.fetched;
    for (let i = 0; i < told.length; i++) {
      told[i]!.fetched!(kind, partition, fromBroker, toPlaceCrossesZone, bytes, latencyUs, atUs, to);
    }
  }

  delivered(
    group: number,
    client: number,
    partition: number,
    offset: number,
    count: number,
    lane: number,
    first: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    this.#enter(CALL.delivered, atUs);
    this.#hash4(group, client, partition, offset);
    this.#hash4(count, lane, first, createdFromUs);
    this.digest.number(createdToUs);
    this.ledger.delivered(group, lane, first, count);
    this.facts.lags.positionMoved(group, partition, offset + count);
    if (this.#tell.levelsChanged.length > 0) this.#touchLevels(atUs);
    const told = this.#tell.delivered;
    for (let i = 0; i < told.length; i++) {
      told[i]!.delivered!(group, client, partition, offset, count, lane, first, createdFromUs, createdToUs, atUs);
    }
  }

  committed(group: number, client: number, partition: number, offset: number, atUs: number): void {
    this.#enter(CALL.committed, atUs);
    this.#hash4(group, client, partition, offset);
    this.facts.lags.committedMoved(group, partition, offset);
    if (this.#tell.levelsChanged.length > 0) this.#touchLevels(atUs);
    for (const listener of this.#tell.committed) listener.committed!(group, client, partition, offset, atUs);
  }

  requestDone(client: number, api: string, broker: number, latencyUs: number, atUs: number): void {
    this.#enter(CALL.requestDone, atUs);
    this.digest.text(api);
    this.#hash4(client, broker, latencyUs, 0);
    const told = this.#tell.requestDone;
    for (let i = 0; i < told.length; i++) told[i]!.requestDone!(client, api, broker, latencyUs, atUs);
  }

  stored(partition: number, leaderEpoch: number, offset: number, count: number, lane: number, first: number): void {
    this.#hash4(CALL.stored, partition, leaderEpoch, offset);
    this.#hash4(count, lane, first, 0);
    this.ledger.stored(partition, offset, count, lane, first);
    for (const listener of this.#tell.stored) listener.stored!(partition, leaderEpoch, offset, count, lane, first);
  }

  unresolved(lane: number, first: number, count: number, everSent: boolean): void {
    this.#hash4(CALL.unresolved, lane, first, count);
    this.digest.number(everSent ? 1 : 0);
    this.ledger.unresolved(lane, first, count);
    for (const listener of this.#tell.unresolved) listener.unresolved!(lane, first, count, everSent);
  }

  end(atUs: number): void {
    this.#enter(CALL.end, atUs);
    this.#wake(atUs + 1);
    for (const listener of this.#tell.end) listener.end!(atUs);
  }

  #enter(call: number, atUs: number): void {
    if (atUs > this.#wakeAfterUs) this.#wake(atUs);
    if (atUs > this.#nowUs) this.#nowUs = atUs;
    this.#callCount++;
    this.digest.number(call);
    this.digest.number(atUs);
  }

  #hash4(a: number, b: number, c: number, d: number): void {
    const digest = this.digest;
    digest.number(a);
    digest.number(b);
    digest.number(c);
    digest.number(d);
  }

  #touchLevels(atUs: number): void {
    this.#levelsChanged = true;
    if (this.#changedAtUs === Infinity) this.#markChanged(atUs);
  }

  #markChanged(atUs: number): void {
    this.#changedAtUs = Math.min(this.#changedAtUs, atUs);
    this.#wakeAfterUs = Math.min(this.#wakeAfterUs, atUs);
  }

  /** Tells, in order of time, all that was over before `nowUs`. */
  #wake(nowUs: number): void {
    for (;;) {
      const alarmUs = this.#alarms.nextUs;
      this.#wakeAfterUs = Math.min(this.#changedAtUs, alarmUs);
      if (this.#wakeAfterUs >= nowUs) return;
      if (this.#changedAtUs <= alarmUs) this.#tellChanges();
      else this.#alarms.runNext();
    }
  }

  #tellChanges(): void {
    const atUs = this.#changedAtUs;
    const facts = this.#factsChanged;
    const levels = this.#levelsChanged;
    this.#changedAtUs = Infinity;
    this.#factsChanged = false;
    this.#levelsChanged = false;
    if (facts) for (const listener of this.#tell.factsChanged) listener.factsChanged!(atUs, this.events.length - 1);
    if (levels || facts) for (const listener of this.#tell.levelsChanged) listener.levelsChanged!(atUs);
  }
}
