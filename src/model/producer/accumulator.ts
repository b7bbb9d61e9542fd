import type { RandomStream } from '../../sim/index.ts';
import {
  countProduced,
  newStickyPartition,
  nextPartition,
  partitionLoad,
  stickTo,
} from '../algorithms/stickyPartitioner.ts';
import { PLAIN, TRANSACTIONAL } from '../log/batchKind.ts';
import type { Recorder } from '../trace.ts';
import type { RecordSource } from './arrivals.ts';
import type { Lane, ProducerBatch } from './lane.ts';
import type { ProducerSettings } from './producerSettings.ts';

/**
 * The sender sleeps whole milliseconds and wakes a little late, so batches hold a little more than linger.ms alone would
 * give (requests a second in evidence/lab/batches.json).
 */
const WAKE_UP_LAG_US = 200;

export interface AccumulatorPorts {
  readonly recorder: Recorder;
  readonly random: RandomStream;
  numberLane(lane: Lane): void;
  /** Records of the shared stream, from number `index` on, were appended to the lane. */
  dealt?(lane: Lane, firstRecord: number, index: number, count: number): void;
  /** The partition has a leader as far as the client knows. */
  isAvailable(lane: Lane): boolean;
}

/**
 * The record accumulator: turns arrivals into batches when somebody looks, as if every record had been appended when
 * it came. Source: RecordAccumulator, BufferPool, BuiltInPartitioner.
 *
 * The pool is shared by all partitions. When it is used up, send() blocks, and with it the application: no record of any
 * partition is appended until memory is free; a send() that waits longer than max.block.ms fails its record, which is
 * then never sent, and the next record begins to wait.
 */
export class Accumulator {
  readonly lanes: readonly Lane[];
  readonly #settings: ProducerSettings;
  readonly #ports: AccumulatorPorts;
  readonly #capacity: number;
  readonly #stream: RecordSource | null;
  readonly #sticky = newStickyPartition();
  readonly #laneIndex = new Map<number, number>();
  #streamAdmitted = 0;
  #knownPlace = -1;
  #usedBytes = 0;
  /** The application has been blocked in send() since then; -1: it is not. */
  blockedSinceUs = -1;
  #blockedLane: Lane | null = null;
  /** The application could not send before: what came until then it hands over at this instant. */
  #resumedUs = 0;
  /** close() was called then; -1: the producer is open. */
  #closedAtUs = -1;
  /** The application is inside initTransactions(), commitTransaction() or abortTransaction() since then; -1: it is not. */
  #heldSinceUs = -1;

  /** @param stream  the unkeyed records, dealt by the sticky partitioner; null when every lane has its own arrivals */
  constructor(
    settings: ProducerSettings,
    lanes: readonly Lane[],
    stream: RecordSource | null,
    ports: AccumulatorPorts,
  ) {
    this.#settings = settings;
    this.lanes = lanes;
    this.#stream = stream;
    this.#ports = ports;
    this.#capacity = settings.batchCapacity;
    for (const [index, lane] of lanes.entries()) this.#laneIndex.set(lane.partition, index);
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Appends everything that came until `nowUs` to this lane (and, without keys, to whichever partitions were chosen). */
  admit(lane: Lane, nowUs: number): void {
    if (this.#stream !== null) this.#admitStream(this.#stream, nowUs);
    else this.#admitLane(lane, lane.arrivals!, nowUs);
  }

  admitAll(nowUs: number): void {
    if (this.#stream !== null) this.#admitStream(this.#stream, nowUs);
    else for (const lane of this.lanes) this.#admitLane(lane, lane.arrivals!, nowUs);
  }

  /** Takes in all that came. @returns until when: a blocked application has handed over nothing since */
  settle(nowUs: number): number {
    this.admitAll(nowUs);
    return this.#horizonUs(nowUs);
  }

  /** Lanes that were added to `lanes` at its end. */
  added(fresh: readonly Lane[]): void {
    for (const lane of fresh) this.#laneIndex.set(lane.partition, this.#laneIndex.size);
  }

  /** Skips what would have come until `nowUs`: the application was not running. */
  skipUntil(nowUs: number): void {
    if (this.#stream !== null) this.#streamAdmitted = Math.max(this.#streamAdmitted, this.#stream.countBy(nowUs));
    else for (const lane of this.lanes) lane.admitted = Math.max(lane.admitted, lane.arrivals!.countBy(nowUs));
    this.blockedSinceUs = -1;
    this.#closedAtUs = -1;
    this.#heldSinceUs = -1;
    this.#usedBytes = 0;
  }

  /** When the lane's first batch may be drained, if nothing else happens; Infinity: nothing to come. */
  readyUs(lane: Lane): number {
    const head = lane.head;
    if (head !== undefined && head.attempts > 0) return head.notBeforeUs;
    if (
      head !== undefined &&
      (head.isClosed || lane.queue.length > 1 || this.#isFull(head) || this.blockedSinceUs >= 0)
    )
      return 0;
    const createdUs = head === undefined ? this.#nextArrivalUs(lane, 0) : head.createdUs;
    const { lingerUs } = this.#settings;
    const lingered = createdUs + lingerUs + (lingerUs > 0 ? WAKE_UP_LAG_US : 0);
    const room = head === undefined ? this.#capacity : this.#capacity - head.count;
    return Math.min(lingered, this.#nextArrivalUs(lane, room));
  }

  /** The next instant at which the sticky partitioner may move on; the queues of unavailable partitions grow until then. */
  nextSwitchUs(): number {
    if (this.#stream === null || this.#isStill) return Number.POSITIVE_INFINITY;
    const open = this.#sticky.partition < 0 ? undefined : this.#currentLane().openBatch;
    const room = open === undefined ? this.#capacity : this.#capacity - open.count;
    return this.#stream.timeOf(this.#streamAdmitted + (this.#isLeaving() ? 0 : room));
  }

  /** Whether the sticky partitioner moved on, or will with the next record, since this was last asked. */
  hasMoved(): boolean {
    const place = this.#isLeaving() ? -1 : this.#sticky.partition;
    const moved = this.#stream !== null && place !== this.#knownPlace;
    this.#knownPlace = place;
    return moved;
  }

  /** When the pool will be used up if nothing is freed; now when the application is blocked already. */
  exhaustedUs(nowUs: number): number {
    if (this.#isStill) return Number.POSITIVE_INFINITY;
    let perUs = this.#stream?.rateAt(nowUs) ?? 0;
    if (this.#stream === null) for (const lane of this.lanes) perUs += lane.arrivals!.rateAt(nowUs);
    const bytesPerUs = perUs * (this.#settings.sizeBytes(2) - this.#settings.sizeBytes(1));
    if (bytesPerUs <= 0) return Number.POSITIVE_INFINITY;
    const free = this.#settings.bufferMemoryBytes - this.#usedBytes;
    return nowUs + Math.max(10_000, Math.floor(Math.max(0, free) / bytesPerUs));
  }

  /** Memory returns when a batch completes, not when it is sent. */
  release(batch: ProducerBatch): void {
    this.#usedBytes -= batch.poolBytes;
    batch.poolBytes = 0;
  }

  /** close(): the application hands over nothing more, and whatever is there goes without waiting for linger.ms. */
  close(nowUs: number): void {
    this.admitAll(nowUs);
    if (this.blockedSinceUs >= 0) this.#tellBlocked(nowUs);
    this.#closedAtUs = nowUs;
    this.blockedSinceUs = -1;
    this.#blockedLane = null;
    for (const lane of this.lanes) closeIfOpen(lane);
  }

  /** The application waits for its producer and hands over nothing; what is there goes without waiting for linger.ms. */
  hold(nowUs: number): void {
    this.admitAll(nowUs);
    this.#heldSinceUs = nowUs;
    for (const lane of this.lanes) closeIfOpen(lane);
  }

  /** It goes on, with what came meanwhile. */
  goOn(nowUs: number): void {
    if (this.#heldSinceUs < 0) return;
    this.#heldSinceUs = -1;
    this.#resumedUs = nowUs;
  }

  /** What came while the application was held is not handed over: it will be made again. */
  dropHeld(nowUs: number): void {
    if (this.#stream !== null) this.#streamAdmitted = Math.max(this.#streamAdmitted, this.#stream.countBy(nowUs));
  }

  /** Batches that were never sent, taken out: their transaction is aborted (RecordAccumulator.abortUndrainedBatches). */
  dropUndrained(): ProducerBatch[] {
    const dropped: ProducerBatch[] = [];
    for (const { queue } of this.lanes)
      for (let i = queue.length - 1; i >= 0; i--) if (queue[i]!.baseSequence < 0) dropped.push(...queue.splice(i, 1));
    for (const batch of dropped) {
      batch.isDone = true;
      this.release(batch);
    }
    return dropped;
  }

  /** The application hands over nothing for now. */
  get #isStill(): boolean {
    return this.blockedSinceUs >= 0 || this.#closedAtUs >= 0 || this.#heldSinceUs >= 0;
  }

  /** The application goes on after a pause of its own (its process was frozen). */
  resumed(nowUs: number): void {
    this.#resumedUs = nowUs;
  }

  /** The pool has room again for whoever waits. */
  unblock(nowUs: number): void {
    if (this.blockedSinceUs < 0 || !this.#hasRoom()) return;
    this.#tellBlocked(nowUs);
    this.#resumedUs = nowUs;
    this.blockedSinceUs = -1;
    this.#blockedLane = null;
    this.admitAll(nowUs);
  }

  /** max.block.ms is over: the waiting record fails, the next one begins to wait. */
  failBlocked(nowUs: number): void {
    const lane = this.#blockedLane;
    if (lane === null) return;
    const createdUs = this.blockedSinceUs;
    this.#take(lane, 1);
    this.#number(lane);
    const record = lane.nextRecord++;
    this.#ports.recorder.offered(lane.number, record, 1, this.#settings.sizeBytes(1), createdUs, createdUs);
    this.#ports.recorder.neverSent(lane.number, record, 1, nowUs);
    this.#tellBlocked(nowUs);
    this.#resumedUs = nowUs;
    const nextUs = this.#stream?.timeOf(this.#streamAdmitted) ?? lane.arrivals!.timeOf(lane.admitted);
    const isLast = nextUs === Number.POSITIVE_INFINITY;
    this.blockedSinceUs = isLast ? -1 : Math.max(nowUs, nextUs);
    if (isLast) this.#blockedLane = null;
  }

  /** The run ends while a send() waits. */
  finish(nowUs: number): void {
    if (this.blockedSinceUs >= 0) this.#tellBlocked(nowUs);
  }

  #tellBlocked(nowUs: number): void {
    const lane = this.#blockedLane;
    if (lane === null || nowUs <= this.blockedSinceUs) return;
    this.#number(lane);
    this.#ports.recorder.sendBlocked(lane.number, this.blockedSinceUs, nowUs);
  }

  #horizonUs(nowUs: number): number {
    const closedUs = this.#closedAtUs >= 0 ? Math.min(nowUs, this.#closedAtUs) : nowUs;
    const openUs = this.#heldSinceUs >= 0 ? Math.min(closedUs, this.#heldSinceUs) : closedUs;
    return this.blockedSinceUs >= 0 ? Math.min(openUs, this.blockedSinceUs) : openUs;
  }

  /** When the application hands over a record that came at `atUs`. */
  #sentUs(atUs: number): number {
    return Math.max(atUs, this.#resumedUs);
  }

  #admitLane(lane: Lane, arrivals: RecordSource, nowUs: number): void {
    let waiting = arrivals.countBy(this.#horizonUs(nowUs)) - lane.admitted;
    while (waiting > 0) {
      const atUs = this.#sentUs(arrivals.timeOf(lane.admitted));
      const batch = this.#batchFor(lane, atUs);
      if (batch === null) return;
      const count = Math.min(waiting, this.#capacity - batch.count);
      this.#extend(lane, batch, count, atUs, this.#sentUs(arrivals.timeOf(lane.admitted + count - 1)));
      lane.admitted += count;
      waiting -= count;
      if (waiting > 0) batch.isClosed = true;
    }
  }

  #admitStream(stream: RecordSource, nowUs: number): void {
    let waiting = stream.countBy(this.#horizonUs(nowUs)) - this.#streamAdmitted;
    while (waiting > 0) {
      const lane = this.#stickyLane();
      const atUs = this.#sentUs(stream.timeOf(this.#streamAdmitted));
      const batch = this.#batchFor(lane, atUs);
      if (batch === null) return;
      const before = batch.count === 0 ? 0 : this.#settings.sizeBytes(batch.count);
      const count = Math.min(waiting, this.#capacity - batch.count, this.#untilSwitch(batch, before));
      const firstRecord = lane.nextRecord;
      this.#extend(lane, batch, count, atUs, this.#sentUs(stream.timeOf(this.#streamAdmitted + count - 1)));
      this.#ports.dealt?.(lane, firstRecord, this.#streamAdmitted, count);
      this.#streamAdmitted += count;
      waiting -= count;
      const appended = this.#settings.sizeBytes(batch.count) - before;
      if (countProduced(this.#sticky, appended, this.#settings.batchSizeBytes, this.#isFull(batch)))
        this.#sticky.partition = -1;
    }
  }

  /** A batch is full by its size; one that merely has no room for the next record is closed when that record comes. */
  #isFull(batch: ProducerBatch): boolean {
    return batch.bytes >= this.#settings.batchSizeBytes;
  }

  /**
   * The next record goes to another partition: batch.size is produced to this one, and no open batch would be left half
   * filled, because it was sent or the record does not fit (RecordAccumulator.partitionChanged).
   */
  #isLeaving(): boolean {
    if (this.#sticky.partition < 0) return true;
    const open = this.#currentLane().openBatch;
    const hasRoom = open !== undefined && open.count < this.#capacity;
    return !hasRoom && this.#sticky.producedBytes >= Math.max(1, this.#settings.batchSizeBytes);
  }

  #currentLane(): Lane {
    return this.lanes[this.#laneIndex.get(this.#sticky.partition)!]!;
  }

  /** Records until twice batch.size is produced to the partition: the sticky partitioner leaves then whatever happens. */
  #untilSwitch(batch: ProducerBatch, before: number): number {
    const each = Math.max(1, this.#settings.sizeBytes(batch.count + 2) - this.#settings.sizeBytes(batch.count + 1));
    const left =
      2 * this.#settings.batchSizeBytes -
      this.#sticky.producedBytes -
      (before === 0 ? this.#settings.sizeBytes(1) - each : 0);
    return Math.max(1, Math.ceil(left / each));
  }

  #stickyLane(): Lane {
    if (this.#isLeaving()) {
      if (this.#sticky.partition >= 0) closeIfOpen(this.#currentLane());
      const available = this.lanes.filter((lane) => this.#ports.isAvailable(lane));
      const candidates = available.length > 0 ? available : this.lanes;
      const everQueued = this.lanes.every((lane) => lane.number >= 0);
      const load = everQueued
        ? partitionLoad(
            candidates.map((lane) => lane.queue.length),
            candidates.map((lane) => lane.partition),
            this.lanes.length,
          )
        : undefined;
      stickTo(
        this.#sticky,
        nextPartition(
          load,
          candidates.map((lane) => lane.partition),
          this.lanes.length,
          (bound) => this.#ports.random.uniformInt(0, bound),
        ),
      );
    }
    return this.#currentLane();
  }

  /** The open batch with room, or a new one; null when the pool is used up (the application blocks from `atUs` on). */
  #batchFor(lane: Lane, atUs: number): ProducerBatch | null {
    const open = lane.openBatch;
    if (open !== undefined && open.count < this.#capacity && open.attempts === 0) return open;
    if (open !== undefined) open.isClosed = true;
    if (!this.#hasRoom()) {
      if (this.blockedSinceUs < 0) {
        this.blockedSinceUs = atUs;
        this.#blockedLane = lane;
      }
      return null;
    }
    return this.#newBatch(lane, atUs);
  }

  #hasRoom(): boolean {
    return this.#usedBytes + this.#allocation() <= this.#settings.bufferMemoryBytes;
  }

  #allocation(): number {
    return Math.max(this.#settings.batchSizeBytes, this.#settings.sizeBytes(1));
  }

  #newBatch(lane: Lane, atUs: number): ProducerBatch {
    this.#number(lane);
    const poolBytes = this.#allocation();
    this.#usedBytes += poolBytes;
    const batch: ProducerBatch = {
      owner: lane,
      partition: lane.partition,
      lane: lane.number,
      first: lane.nextRecord,
      count: 0,
      bytes: 0,
      createdFromUs: atUs,
      createdToUs: atUs,
      producerId: -1,
      producerEpoch: -1,
      baseSequence: -1,
      kind: this.#settings.transaction === null ? PLAIN : TRANSACTIONAL,
      createdUs: atUs,
      isClosed: false,
      wasSent: false,
      attempts: 0,
      notBeforeUs: 0,
      sentLeaderEpoch: -1,
      isDone: false,
      poolBytes,
    };
    lane.queue.push(batch);
    return batch;
  }

  #extend(lane: Lane, batch: ProducerBatch, count: number, fromUs: number, toUs: number): void {
    const before = batch.count === 0 ? 0 : batch.bytes;
    batch.count += count;
    batch.bytes = this.#settings.sizeBytes(batch.count);
    batch.createdToUs = toUs;
    this.#ports.recorder.offered(lane.number, lane.nextRecord, count, batch.bytes - before, fromUs, toUs);
    lane.nextRecord += count;
  }

  #take(lane: Lane, count: number): void {
    if (this.#stream !== null) this.#streamAdmitted += count;
    else lane.admitted += count;
  }

  #number(lane: Lane): void {
    if (lane.number < 0) this.#ports.numberLane(lane);
  }

  /** When the lane's `ahead`-th next record comes (0: the next one). */
  #nextArrivalUs(lane: Lane, ahead: number): number {
    if (this.#isStill) return Number.POSITIVE_INFINITY;
    if (this.#stream === null) return lane.arrivals!.timeOf(lane.admitted + ahead);
    return lane.partition === this.#sticky.partition || this.#isLeaving()
      ? this.#stream.timeOf(this.#streamAdmitted + ahead)
      : Number.POSITIVE_INFINITY;
  }
}

function closeIfOpen(lane: Lane): void {
  if (lane.openBatch !== undefined) lane.openBatch.isClosed = true;
}
