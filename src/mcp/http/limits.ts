/** What one process spends on HTTP at most. */
export interface HttpLimits {
  /** A request with a longer body gets 413. */
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
  /** Connections beyond it are closed as they come. */
  readonly maxConnections: number;
  /** Calls under way beside the streams; one more gets 503. A connection is no bound: requests may be pipelined on one. */
  readonly maxCalls: number;
  /** Open `subscriptions/listen` streams; each holds a connection, so it stays well below `maxConnections`. */
  readonly maxStreams: number;
  /** The headers of a request must be there after it, */
  readonly headersTimeoutMs: number;
  /** and its body after it; else it gets 408 and the connection is closed. */
  readonly requestTimeoutMs: number;
  /** How often overdue requests are looked for. */
  readonly checkEveryMs: number;
  /** A connection on which nothing moves is closed after it, such as that of a client that has stopped to read. */
  readonly idleTimeoutMs: number;
  /** A comment on each open stream, for proxies that close silent ones. Below `idleTimeoutMs`. */
  readonly streamAliveMs: number;
  /** At the end calls under way have this long; those left are aborted. */
  readonly drainMs: number;
}

export const HTTP_LIMITS: HttpLimits = {
  maxBodyBytes: 4 * 1_024 * 1_024,
  maxHeaderBytes: 16 * 1_024,
  maxConnections: 256,
  maxCalls: 128,
  maxStreams: 64,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkEveryMs: 1_000,
  idleTimeoutMs: 120_000,
  streamAliveMs: 15_000,
  drainMs: 1_500,
};
