/** What a generator is to send. */
export interface GeneratorJob {
  readonly port: number;
  readonly connections: number;
  /** A file of requests as they go over the wire, each followed by `requestEnd`. */
  readonly requestsFile: string;
  /** The status that every answer must have. */
  readonly status: number;
  readonly pace: Pace;
}

/** When a generator sends, and when it stops. */
export type Pace =
  /** As fast as the answers come, each request once. */
  | { readonly kind: 'once' }
  /** As fast as the answers come, the requests again and again. */
  | { readonly kind: 'for-seconds'; readonly seconds: number }
  /** The same, until that many were sent. */
  | { readonly kind: 'for-count'; readonly count: number }
  /** At fixed times, the requests again and again. */
  | { readonly kind: 'at-rate'; readonly perSecond: number; readonly seconds: number };

/** What a generator saw. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** The generator's own processor time. */
  readonly cpuSeconds: number;
}

/** Ends each request in a file of them: the record separator of ASCII, which JSON never has bare. */
export const requestEnd = '\x1e';
