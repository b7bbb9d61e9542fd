import type { EventId, Recorder, TraceEvent } from '../model/trace.ts';

/**
 * What somebody who watches a run may want to be told; each call comes after ledger and facts were brought up to date.
 *
 * `factsChanged` comes once for each instant at which control-plane facts changed, after the last change of that
 * instant, so that a state which lasted no time is not seen; `latest` is the last of these events.
 * `levelsChanged` is the same for offsets, high watermarks and lags, which change with every batch.
 */
export interface TraceListener extends Partial<Omit<Recorder, 'begin' | 'event' | 'laneOpened'>> {
  event?(event: TraceEvent): void;
  laneOpened?(lane: number, client: number, partition: number): void;
  factsChanged?(atUs: number, latest: EventId): void;
  levelsChanged?(atUs: number): void;
}
