/** The state of a product: the number that its last write stored, or absent. */
export type Value = number | 'absent';

/** The process of a request and its times, in milliseconds on the monotonic clock of the tests. */
interface Exchange {
  /** The name of the API process. */
  readonly process: string;
  readonly begin: number;
  readonly end: number;
}

/** An error response, and whether it has the header `Retry-After`. */
export interface Failed {
  readonly kind: 'failed';
  readonly status: number;
  readonly saysRetryAfter: boolean;
}

/** No response: the connection broke, or the client's time ran out. */
export interface Lost {
  readonly kind: 'lost';
  readonly reason: string;
}

/** A read of one product. */
export interface Read extends Exchange {
  readonly kind: 'read';
  readonly id: string;
  readonly outcome: Found | Failed | Lost;
}

/** The value that a read returned (`absent` for 404), and its X-Cache header, if any. */
export interface Found {
  readonly kind: 'found';
  readonly value: Value;
  readonly cache: string | undefined;
}

/** A create, update or delete of one product; `value` is the state after it. */
export interface Write extends Exchange {
  readonly kind: 'write';
  /** Undefined for a create without a response, because then the id is unknown. */
  readonly id: string | undefined;
  readonly value: Value;
  readonly outcome: Acknowledged | NotFound | Failed | Lost;
}

/** 200, 201 or 204: the write has happened. */
export interface Acknowledged {
  readonly kind: 'acknowledged';
}

/** 404: the write has not happened, because the product was already deleted. */
export interface NotFound {
  readonly kind: 'not-found';
}

/** One request of a client, with its outcome. */
export type Operation = Read | Write;
