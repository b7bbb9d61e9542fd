import type { TraceListener } from './traceListener.ts';

const METHODS = [
  'event',
  'laneOpened',
  'factsChanged',
  'levelsChanged',
  'offered',
  'neverSent',
  'appended',
  'duplicateRefused',
  'acknowledged',
  'aborted',
  'failed',
  'retried',
  'errorSeen',
  'highWatermark',
  'removed',
  'expired',
  'appendRefused',
  'sendBlocked',
  'brokerSampled',
  'fetched',
  'delivered',
  'transformed',
  'committed',
  'requestDone',
  'stored',
  'storedUncommitted',
  'unresolved',
  'end',
] as const satisfies (keyof TraceListener)[];

type Table = { readonly [method in (typeof METHODS)[number]]: TraceListener[] };

/** For each call, those who want to hear of it, in the order in which they came. */
export class ListenerTable implements Table {
  readonly event: TraceListener[] = [];
  readonly laneOpened: TraceListener[] = [];
  readonly factsChanged: TraceListener[] = [];
  readonly levelsChanged: TraceListener[] = [];
  readonly offered: TraceListener[] = [];
  readonly neverSent: TraceListener[] = [];
  readonly appended: TraceListener[] = [];
  readonly duplicateRefused: TraceListener[] = [];
  readonly acknowledged: TraceListener[] = [];
  readonly aborted: TraceListener[] = [];
  readonly failed: TraceListener[] = [];
  readonly retried: TraceListener[] = [];
  readonly errorSeen: TraceListener[] = [];
  readonly highWatermark: TraceListener[] = [];
  readonly removed: TraceListener[] = [];
  readonly expired: TraceListener[] = [];
  readonly appendRefused: TraceListener[] = [];
  readonly sendBlocked: TraceListener[] = [];
  readonly brokerSampled: TraceListener[] = [];
  readonly fetched: TraceListener[] = [];
  readonly delivered: TraceListener[] = [];
  readonly transformed: TraceListener[] = [];
  readonly committed: TraceListener[] = [];
  readonly requestDone: TraceListener[] = [];
  readonly storedUncommitted: TraceListener[] = [];
  readonly stored: TraceListener[] = [];
  readonly unresolved: TraceListener[] = [];
  readonly end: TraceListener[] = [];

  add(listener: TraceListener): void {
    for (const method of METHODS) if (listener[method] !== undefined) this[method].push(listener);
  }
}
