/** Payload of an Ethernet packet. */
const SEGMENT_BYTES = 1460;
/** Mathis, Semke, Mahdavi, Ott (1997): a TCP flow with loss share p keeps about 1.22 / sqrt(p) segments on the way. */
const MATHIS = 1.22;
/** What Linux lets a socket buffer grow to when nobody set its size (net.ipv4.tcp_wmem). */
const AUTOTUNED_BYTES = 4_194_304;

/**
 * What one way of a TCP connection may have in flight: no more than the smaller of the sender's send buffer and the
 * receiver's receive buffer, so at most that much per round trip, whatever the bandwidth.
 *
 * Bytes in flight are a level that drains by one window per round trip; what does not fit waits until it has drained.
 *
 * Approximations: no slow start (a connection is taken to be warm), one mean loss instead of single losses.
 * Source: RFC 9293 (window), SO_SNDBUF and SO_RCVBUF as Kafka sets them (Selector, SocketServer, BrokerBlockingSender).
 */
export class TcpWindow {
  readonly #windowBytes: number;
  /** When everything sent so far will have been acknowledged at one window per round trip. */
  #drainedUs = 0;

  constructor(sendBufferBytes: number, receiveBufferBytes: number) {
    this.#windowBytes = Math.min(bufferBytes(sendBufferBytes), bufferBytes(receiveBufferBytes));
  }

  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** Something was sent within the last round trip. */
  isInUse(nowUs: number): boolean {
    return this.#drainedUs > nowUs;
  }

  /**
   * Microseconds that the last of `bytes` waits for acknowledgements before it can be sent.
   *
   * @param loss  share of packets lost on this way, 0..1
   */
  waitUs(nowUs: number, bytes: number, roundTripUs: number, loss: number): number {
    const windowBytes = loss > 0 ? Math.min(this.#windowBytes, windowUnderLoss(loss)) : this.#windowBytes;
    this.#drainedUs = Math.max(this.#drainedUs, nowUs) + (bytes * roundTripUs) / windowBytes;
    return Math.max(0, Math.round(this.#drainedUs - roundTripUs - nowUs));
  }
}

/** A socket buffer's size; Kafka's -1 leaves it to the operating system. */
export function bufferBytes(configured: number): number {
  return configured < 0 ? AUTOTUNED_BYTES : Math.max(SEGMENT_BYTES, configured);
}

function windowUnderLoss(loss: number): number {
  return Math.max(SEGMENT_BYTES, (SEGMENT_BYTES * MATHIS) / Math.sqrt(loss));
}
