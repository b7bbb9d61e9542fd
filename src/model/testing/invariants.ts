import type { Replica } from '../replication/replica.ts';
import type { EventId, Recorder, TraceBody } from '../trace.ts';
import { TraceRecorder } from './traceRecorder.ts';

/** A law that holds in every run was broken. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export interface InvariantOptions {
  /** One broker's copy of a partition, when there is one. */
  readonly replica: (broker: number, partition: number) => Replica | undefined;
}

interface PartitionLaws {
  /** Who led in which leader epoch. */
  readonly leaders: Map<number, number>;
  leaderEpoch: number;
  partitionEpoch: number;
  replicas: readonly number[];
  /** A reassignment does not take what it removes out of the ELR: PartitionChangeBuilder leaves it there. */
  readonly everReplicas: Set<number>;
  /** Identity of each record below the highest high watermark, by offset; the log start is the first known one. */
  committed: string[];
  committedFrom: number;
  highestMark: number;
  /** Its high watermark since a broker leads: by broker. */
  readonly marks: Map<number, number>;
  /** A leader was elected that may lack what was committed, or a disk lost it: then records may change. */
  isForgiven: boolean;
  everForgiven: boolean;
}

interface LaneLaws {
  offered: number;
  told: number;
}

type Call<K extends keyof Recorder> = Parameters<Recorder[K]>;

/**
 * Laws of every run, checked while it is told, after each event that could break them:
 *
 *   one leader per partition and leader epoch; leader epoch and partition epoch never fall
 *   the ISR lies within the replicas, the ELR among those that were ever replicas; they share nobody; a leader is in its ISR
 *   a leader's high watermark never falls and never passes its log end
 *   what is below the high watermark never changes: each new leader has it (log matching), unless it was elected
 *   uncleanly or a disk lost it
 *   nobody reads, and acks=all acknowledges nothing, above the highest high watermark
 *   every record is offered once and its fate is told at most once (conservation)
 *
 * Source: KIP-101, KIP-279, KIP-966, Partition, ReplicationControlManager.
 */
export class Invariants extends TraceRecorder {
  readonly #options: InvariantOptions;
  readonly #partitions = new Map<number, PartitionLaws>();
  readonly #lanes = new Map<number, LaneLaws>();
  #nowUs = 0;
  checks = 0;

  constructor(options: InvariantOptions) {
    super();
    this.#options = options;
  }

  #require(holds: boolean, law: () => string): void {
    this.checks++;
    if (!holds) throw new Violation(`at ${(this.#nowUs / 1e6).toFixed(6)} s: ${law()}`);
  }

  #laws(partition: number): PartitionLaws {
    let laws = this.#partitions.get(partition);
    if (laws === undefined) {
      laws = {
        leaders: new Map(),
        leaderEpoch: -1,
        partitionEpoch: -1,
        replicas: this.cast.partitions[partition]!.replicas,
        everReplicas: new Set(),
        committed: [],
        committedFrom: 0,
        highestMark: 0,
        marks: new Map(),
        isForgiven: false,
        everForgiven: false,
      };
      this.#partitions.set(partition, laws);
    }
    return laws;
  }

  override event(atUs: number, cause: EventId, body: TraceBody): EventId {
    this.#nowUs = atUs;
    if (body.type === 'partition.changed') this.#partitionChanged(body);
    else if (body.type === 'replica.leading') this.#led(body);
    else if (body.type === 'replica.truncated') this.#truncated(body);
    else if (body.type === 'log.lost') this.#forgive(this.#laws(body.partition));
    return super.event(atUs, cause, body);
  }

  #partitionChanged(body: Extract<TraceBody, { type: 'partition.changed' }>): void {
    const { partition, leader, leaderEpoch, partitionEpoch, isr, elr } = body;
    const laws = this.#laws(partition);
    const of = `partition ${partition}`;
    this.#require(leaderEpoch >= laws.leaderEpoch, () => `the leader epoch of ${of} falls to ${leaderEpoch}`);
    this.#require(
      partitionEpoch >= laws.partitionEpoch,
      () => `the partition epoch of ${of} falls to ${partitionEpoch}`,
    );
    const replicas = body.replicas ?? laws.replicas;
    this.#require(
      isr.every((id) => replicas.includes(id)),
      () => `the ISR ${isr} of ${of} is not within ${replicas}`,
    );
    for (const id of replicas) laws.everReplicas.add(id);
    this.#require(
      elr.every((id) => laws.everReplicas.has(id)),
      () => `the ELR ${elr} of ${of} names a broker that never was a replica`,
    );
    this.#require(!elr.some((id) => isr.includes(id)), () => `${of} has ${elr} both eligible and in sync`);
    this.#require(new Set(isr).size === isr.length, () => `the ISR ${isr} of ${of} names a broker twice`);
    this.#require(leader < 0 || isr.includes(leader), () => `${of} is led by ${leader} from outside its ISR ${isr}`);
    if (body.unclean) this.#forgive(laws);
    laws.leaderEpoch = leaderEpoch;
    laws.partitionEpoch = partitionEpoch;
    laws.replicas = replicas;
  }

  #led(body: Extract<TraceBody, { type: 'replica.leading' }>): void {
    const { partition, broker, leaderEpoch, logEndOffset, highWatermark } = body;
    const laws = this.#laws(partition);
    const before = laws.leaders.get(leaderEpoch) ?? broker;
    this.#require(
      before === broker,
      () => `${before} and ${broker} both lead partition ${partition} in ${leaderEpoch}`,
    );
    this.#require(highWatermark <= logEndOffset, () => `partition ${partition} is committed beyond its end`);
    laws.leaders.set(leaderEpoch, broker);
    laws.marks.set(broker, highWatermark);
    // A broker that slept may learn late that it led in an epoch that is over.
    if ([...laws.leaders.keys()].every((epoch) => epoch <= leaderEpoch))
      this.#requireCommitted(laws, partition, broker);
  }

  /** A new leader has everything that was ever below a high watermark. */
  #requireCommitted(laws: PartitionLaws, partition: number, broker: number): void {
    const replica = this.#options.replica(broker, partition);
    if (replica === undefined) return;
    if (laws.isForgiven) {
      // From here on its history is the true one.
      laws.isForgiven = false;
      laws.highestMark = Math.min(laws.highestMark, replica.log.logEndOffset);
      laws.committedFrom = replica.log.logStartOffset;
      laws.committed = identities(replica, laws.committedFrom, laws.highestMark);
      return;
    }
    const from = Math.max(laws.committedFrom, replica.log.logStartOffset);
    const end = replica.log.logEndOffset;
    this.#require(
      end >= laws.highestMark,
      () => `broker ${broker} leads partition ${partition} with ${end} of ${laws.highestMark} committed records`,
    );
    identities(replica, from, laws.highestMark).forEach((identity, i) => {
      this.#require(
        identity === laws.committed[from - laws.committedFrom + i],
        () => `broker ${broker} leads partition ${partition} with another record at ${from + i}`,
      );
    });
  }

  #truncated(body: Extract<TraceBody, { type: 'replica.truncated' }>): void {
    const { partition, broker, toOffset, highWatermark } = body;
    const laws = this.#laws(partition);
    this.#require(
      toOffset >= highWatermark || laws.everForgiven,
      () => `broker ${broker} cuts partition ${partition} at ${toOffset}, below its high watermark ${highWatermark}`,
    );
  }

  #forgive(laws: PartitionLaws): void {
    laws.isForgiven = true;
    laws.everForgiven = true;
  }

  override highWatermark(...call: Call<'highWatermark'>): void {
    const [partition, broker, offset, atUs] = call;
    this.#nowUs = atUs;
    const laws = this.#laws(partition);
    const before = laws.marks.get(broker) ?? 0;
    this.#require(offset > before, () => `the high watermark of ${partition} falls from ${before} to ${offset}`);
    laws.marks.set(broker, offset);
    const replica = this.#options.replica(broker, partition);
    if (replica !== undefined) {
      const { logEndOffset } = replica.log;
      this.#require(
        offset <= logEndOffset,
        () => `partition ${partition} is committed to ${offset} of ${logEndOffset}`,
      );
      if (offset > laws.highestMark)
        laws.committed.push(...identities(replica, laws.committedFrom + laws.committed.length, offset));
    }
    laws.highestMark = Math.max(laws.highestMark, offset);
    super.highWatermark(...call);
  }

  override delivered(...call: Call<'delivered'>): void {
    const [, client, partition, offset, count] = call;
    const { highestMark, everForgiven } = this.#laws(partition);
    this.#require(
      offset + count <= highestMark || everForgiven,
      () => `client ${client} reads partition ${partition} up to ${offset + count}, committed is ${highestMark}`,
    );
    super.delivered(...call);
  }

  #lane(lane: number): LaneLaws {
    let laws = this.#lanes.get(lane);
    if (laws === undefined) {
      laws = { offered: 0, told: 0 };
      this.#lanes.set(lane, laws);
    }
    return laws;
  }

  override offered(...call: Call<'offered'>): void {
    const [lane, first, count] = call;
    const laws = this.#lane(lane);
    this.#require(first === laws.offered, () => `lane ${lane} offers record ${first} after ${laws.offered}`);
    laws.offered += count;
    super.offered(...call);
  }

  #told(lane: number, first: number, count: number): void {
    const laws = this.#lane(lane);
    laws.told += count;
    this.#require(
      first + count <= laws.offered,
      () => `lane ${lane}: the fate of a record that nobody offered is told`,
    );
    this.#require(laws.told <= laws.offered, () => `lane ${lane}: more fates than records`);
  }

  override neverSent(...call: Call<'neverSent'>): void {
    this.#told(call[0], call[1], call[2]);
    super.neverSent(...call);
  }

  override acknowledged(...call: Call<'acknowledged'>): void {
    this.#told(call[0], call[1], call[2]);
    super.acknowledged(...call);
  }

  override failed(...call: Call<'failed'>): void {
    this.#told(call[0], call[1], call[2]);
    super.failed(...call);
  }
}

/** What tells two records apart: who wrote them, and under which leader. */
function identities({ log }: Replica, from: number, to: number): string[] {
  const found: string[] = [];
  if (from >= to) return found;
  for (const { lane, first, count, leaderEpoch } of log.ranges(from, to))
    for (let i = 0; i < count; i++) found.push(`${leaderEpoch}/${lane}/${lane < 0 ? 0 : first + i}`);
  return found;
}
