import type { TraceListener } from '../traceListener.ts';
import { HistogramMeter } from './histogramMeter.ts';
import { hasRecords } from './meter.ts';

abstract class LatencyMeter extends HistogramMeter {
  protected take(fromValue: number, toValue: number, count: number, atUs: number): void {
    this.histogram.recordRamp(fromValue, toValue, count);
    this.keepLargest(fromValue, atUs, 'the largest sample');
  }
}

/**
 * `produce.latency`: from the application's send until it learned the outcome, per record. Records that failed
 * count with the time until their failure, so that a stall cannot hide behind the records it killed.
 */
export class ProduceLatencyMeter extends LatencyMeter implements TraceListener {
  acknowledged(
    lane: number,
    _first: number,
    count: number,
    _baseOffset: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    if (this.context.window.isOpen && this.context.scope.lane(lane)) {
      this.take(atUs - createdFromUs, atUs - createdToUs, count, atUs);
    }
  }

  failed(
    lane: number,
    _first: number,
    count: number,
    _error: string,
    _unknown: boolean,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    if (this.context.window.isOpen && this.context.scope.lane(lane)) {
      this.take(atUs - createdFromUs, atUs - createdToUs, count, atUs);
    }
  }
}

/** `endToEnd.latency`: from the producing application's send until the record went through the consuming one. */
export class EndToEndLatencyMeter extends LatencyMeter implements TraceListener {
  delivered(
    group: number,
    client: number,
    partition: number,
    _offset: number,
    count: number,
    _lane: number,
    _first: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void {
    const { scope, window } = this.context;
    if (!window.isOpen || !scope.group(group) || !scope.partition(partition) || !scope.client(client)) return;
    this.take(atUs - createdFromUs, atUs - createdToUs, count, atUs);
  }
}

/**
 * `produce.blocked`: how long a send() waited for room in `buffer.memory`, until there was some or `max.block.ms` was
 * over. While records were sent and none had to wait, it is 0.
 */
export class SendBlockedMeter extends LatencyMeter implements TraceListener {
  override sampleCount(): number {
    return this.histogram.count > 0 || hasRecords(this.context) ? 1 : 0;
  }

  sendBlocked(lane: number, fromUs: number, atUs: number): void {
    const { scope, window } = this.context;
    if (window.isOpen && scope.lane(lane)) this.take(atUs - fromUs, atUs - fromUs, 1, atUs);
  }
}

/** `fetch.latency`: a consumer's fetch with records, request to response. */
export class FetchLatencyMeter extends LatencyMeter implements TraceListener {
  fetched(
    kind: 'consumer' | 'follower',
    partition: number,
    fromBroker: number,
    _crossesZone: boolean,
    _bytes: number,
    latencyUs: number,
    atUs: number,
  ): void {
    const { scope, window } = this.context;
    if (kind !== 'consumer' || !window.isOpen || !scope.partition(partition) || !scope.broker(fromBroker)) return;
    this.take(latencyUs, latencyUs, 1, atUs);
  }
}

/** `request.latency`: any request of a client, as the client saw it. */
export class RequestLatencyMeter extends LatencyMeter implements TraceListener {
  requestDone(client: number, _api: string, broker: number, latencyUs: number, atUs: number): void {
    const { scope, window } = this.context;
    if (window.isOpen && scope.client(client) && scope.broker(broker)) this.take(latencyUs, latencyUs, 1, atUs);
  }
}
