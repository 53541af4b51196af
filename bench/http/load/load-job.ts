/** An HTTP request; the body is JSON text. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What to send to a server. */
export interface LoadJob {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly HttpRequest[];
  /** The status that every response must have. */
  readonly status: number;
  readonly pace: Pace;
}

/**
 * When to stop: after `count` requests, or after `seconds`. Each connection sends its next request
 * as soon as it has a response, or at fixed times that make `perSecond` over all connections.
 */
export type Pace =
  | { readonly count: number }
  | { readonly seconds: number; readonly perSecond?: number };

/** What a load generator measured. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** Processor time of the generator itself. */
  readonly cpuSeconds: number;
}
