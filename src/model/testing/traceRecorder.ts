import type { Cast, EventId, Recorder, TraceBody, TraceEvent } from '../trace.ts';
import { Digest } from './digest.ts';

/** A run of records of one lane with the instant of what happened to them. */
export interface LaneRange {
  readonly lane: number;
  readonly first: number;
  readonly count: number;
  readonly atUs: number;
}

export interface Acknowledged extends LaneRange {
  readonly baseOffset: number;
  readonly createdFromUs: number;
  readonly createdToUs: number;
}

export interface Failed extends LaneRange {
  readonly error: string;
  readonly unknown: boolean;
}

export interface Appended extends LaneRange {
  readonly partition: number;
  readonly broker: number;
  readonly leaderEpoch: number;
  readonly baseOffset: number;
  readonly bytes: number;
}

export interface Removed extends LaneRange {
  readonly partition: number;
  readonly broker: number;
  readonly offset: number;
}

export interface HighWatermark {
  readonly partition: number;
  readonly broker: number;
  readonly offset: number;
  readonly atUs: number;
}

export interface ErrorSeen {
  readonly client: number;
  readonly partition: number;
  readonly error: string;
  readonly atUs: number;
}

export interface Stored {
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly offset: number;
  readonly count: number;
  readonly lane: number;
  readonly first: number;
}

export interface Delivered extends LaneRange {
  readonly group: number;
  readonly client: number;
  readonly partition: number;
  readonly offset: number;
  readonly createdFromUs: number;
  readonly createdToUs: number;
}

export interface Committed {
  readonly group: number;
  readonly client: number;
  readonly partition: number;
  readonly offset: number;
  readonly atUs: number;
}

export interface BrokerSample {
  readonly broker: number;
  readonly idleShare: number;
  readonly queued: number;
  readonly produces: number;
  readonly fetches: number;
  readonly maxLag: number;
  readonly logBytes: number;
  readonly atUs: number;
}

export interface Fetched {
  readonly kind: 'consumer' | 'follower';
  readonly partition: number;
  readonly broker: number;
  readonly crossesZone: boolean;
  readonly bytes: number;
  /** A client under a consumer's fetch, a broker under a follower's. */
  readonly to: number;
  readonly atUs: number;
}

export interface RequestDone {
  readonly client: number;
  readonly api: string;
  readonly broker: number;
  readonly latencyUs: number;
  readonly atUs: number;
}

/** Keeps all that a run of the model tells, in the order in which it was told. For tests: nothing is summed up or thrown away. */
export class TraceRecorder implements Recorder {
  cast!: Cast;
  readonly events: TraceEvent[] = [];
  readonly offers: (LaneRange & { readonly bytes: number })[] = [];
  readonly neverSents: LaneRange[] = [];
  readonly appends: Appended[] = [];
  readonly refusedDuplicates: LaneRange[] = [];
  readonly acknowledgements: Acknowledged[] = [];
  readonly aborts: LaneRange[] = [];
  readonly failures: Failed[] = [];
  readonly retries: { readonly lane: number; readonly count: number; readonly error: string; readonly atUs: number }[] =
    [];
  readonly errors: ErrorSeen[] = [];
  readonly highWatermarks: HighWatermark[] = [];
  readonly removals: Removed[] = [];
  readonly expirations: { readonly partition: number; readonly toOffset: number; readonly atUs: number }[] = [];
  readonly deliveries: Delivered[] = [];
  readonly commits: Committed[] = [];
  readonly transformations: {
    readonly group: number;
    readonly inLane: number;
    readonly inFirst: number;
    readonly lane: number;
    readonly first: number;
    readonly count: number;
  }[] = [];
  readonly requests: RequestDone[] = [];
  readonly fetches: Fetched[] = [];
  readonly blockedSends: { readonly lane: number; readonly fromUs: number; readonly atUs: number }[] = [];
  readonly brokerSamples: BrokerSample[] = [];
  readonly survivors: Stored[] = [];
  readonly uncommitted: {
    readonly partition: number;
    readonly lane: number;
    readonly first: number;
    readonly count: number;
    readonly isOpen: boolean;
  }[] = [];
  readonly leftOpen: (LaneRange & { readonly everSent: boolean })[] = [];
  endedAtUs = -1;
  readonly #digest = new Digest();

  /** A number over every call so far: equal for equal runs. */
  get digest(): number {
    return this.#digest.value;
  }

  begin(cast: Cast): void {
    this.cast = cast;
  }

  event(atUs: number, cause: EventId, body: TraceBody): EventId {
    const id = this.events.length;
    this.events.push({ ...body, id, atUs, cause });
    this.#digest.add('event', [atUs, cause, JSON.stringify(body)]);
    return id;
  }

  laneOpened(...call: Parameters<Recorder['laneOpened']>): void {
    this.#digest.add('laneOpened', call);
  }

  offered(...call: Parameters<Recorder['offered']>): void {
    this.#digest.add('offered', call);
    const [lane, first, count, bytes, , toUs] = call;
    this.offers.push({ lane, first, count, bytes, atUs: toUs });
  }

  neverSent(...call: Parameters<Recorder['neverSent']>): void {
    this.#digest.add('neverSent', call);
    const [lane, first, count, atUs] = call;
    this.neverSents.push({ lane, first, count, atUs });
  }

  appended(...call: Parameters<Recorder['appended']>): void {
    this.#digest.add('appended', call);
    const [partition, broker, leaderEpoch, baseOffset, count, bytes, lane, first, atUs] = call;
    this.appends.push({ partition, broker, leaderEpoch, baseOffset, count, bytes, lane, first, atUs });
  }

  duplicateRefused(...call: Parameters<Recorder['duplicateRefused']>): void {
    this.#digest.add('duplicateRefused', call);
    const [, lane, first, count, atUs] = call;
    this.refusedDuplicates.push({ lane, first, count, atUs });
  }

  acknowledged(...call: Parameters<Recorder['acknowledged']>): void {
    this.#digest.add('acknowledged', call);
    const [lane, first, count, baseOffset, createdFromUs, createdToUs, atUs] = call;
    this.acknowledgements.push({ lane, first, count, baseOffset, createdFromUs, createdToUs, atUs });
  }

  aborted(...call: Parameters<Recorder['aborted']>): void {
    this.#digest.add('aborted', call);
    const [lane, first, count, atUs] = call;
    this.aborts.push({ lane, first, count, atUs });
  }

  failed(...call: Parameters<Recorder['failed']>): void {
    this.#digest.add('failed', call);
    const [lane, first, count, error, unknown, , , atUs] = call;
    this.failures.push({ lane, first, count, error, unknown, atUs });
  }

  retried(...call: Parameters<Recorder['retried']>): void {
    this.#digest.add('retried', call);
    const [lane, count, error, atUs] = call;
    this.retries.push({ lane, count, error, atUs });
  }

  errorSeen(...call: Parameters<Recorder['errorSeen']>): void {
    this.#digest.add('errorSeen', call);
    const [client, partition, error, atUs] = call;
    this.errors.push({ client, partition, error, atUs });
  }

  highWatermark(...call: Parameters<Recorder['highWatermark']>): void {
    this.#digest.add('highWatermark', call);
    const [partition, broker, offset, atUs] = call;
    this.highWatermarks.push({ partition, broker, offset, atUs });
  }

  removed(...call: Parameters<Recorder['removed']>): void {
    this.#digest.add('removed', call);
    const [partition, broker, , offset, count, lane, first, , atUs] = call;
    this.removals.push({ partition, broker, offset, count, lane, first, atUs });
  }

  expired(...call: Parameters<Recorder['expired']>): void {
    this.#digest.add('expired', call);
    const [partition, , toOffset, atUs] = call;
    this.expirations.push({ partition, toOffset, atUs });
  }

  appendRefused(...call: Parameters<Recorder['appendRefused']>): void {
    this.#digest.add('appendRefused', call);
  }

  sendBlocked(...call: Parameters<Recorder['sendBlocked']>): void {
    this.#digest.add('sendBlocked', call);
    const [lane, fromUs, atUs] = call;
    this.blockedSends.push({ lane, fromUs, atUs });
  }

  brokerSampled(...call: Parameters<Recorder['brokerSampled']>): void {
    this.#digest.add('brokerSampled', call);
    const [broker, idleShare, queued, produces, fetches, maxLag, logBytes, atUs] = call;
    this.brokerSamples.push({ broker, idleShare, queued, produces, fetches, maxLag, logBytes, atUs });
  }

  fetched(...call: Parameters<Recorder['fetched']>): void {
    this.#digest.add('fetched', call);
    const [kind, partition, broker, crossesZone, bytes, , atUs, to] = call;
    this.fetches.push({ kind, partition, broker, crossesZone, bytes, to, atUs });
  }

  delivered(...call: Parameters<Recorder['delivered']>): void {
    this.#digest.add('delivered', call);
    const [group, client, partition, offset, count, lane, first, createdFromUs, createdToUs, atUs] = call;
    this.deliveries.push({ group, client, partition, offset, count, lane, first, createdFromUs, createdToUs, atUs });
  }

  transformed(...call: Parameters<Recorder['transformed']>): void {
    this.#digest.add('transformed', call);
    const [group, inLane, inFirst, lane, first, count] = call;
    this.transformations.push({ group, inLane, inFirst, lane, first, count });
  }

  committed(...call: Parameters<Recorder['committed']>): void {
    this.#digest.add('committed', call);
    const [group, client, partition, offset, atUs] = call;
    this.commits.push({ group, client, partition, offset, atUs });
  }

  requestDone(...call: Parameters<Recorder['requestDone']>): void {
    this.#digest.add('requestDone', call);
    const [client, api, broker, latencyUs, atUs] = call;
    this.requests.push({ client, api, broker, latencyUs, atUs });
  }

  stored(...call: Parameters<Recorder['stored']>): void {
    this.#digest.add('stored', call);
    const [partition, leaderEpoch, offset, count, lane, first] = call;
    this.survivors.push({ partition, leaderEpoch, offset, count, lane, first });
  }

  storedUncommitted(...call: Parameters<Recorder['storedUncommitted']>): void {
    this.#digest.add('storedUncommitted', call);
    const [partition, lane, first, count, isOpen] = call;
    this.uncommitted.push({ partition, lane, first, count, isOpen });
  }

  unresolved(...call: Parameters<Recorder['unresolved']>): void {
    this.#digest.add('unresolved', call);
    const [lane, first, count, everSent] = call;
    this.leftOpen.push({ lane, first, count, everSent, atUs: -1 });
  }

  end(atUs: number): void {
    this.endedAtUs = atUs;
  }
}
