/** What a product is at one moment: the number that its last write gave it, or not there. */
export type Value = number | 'absent';

/** Who was asked and when, in milliseconds on the one monotonic clock of the tests. */
interface Exchange {
  /** The name of the API process. */
  readonly process: string;
  readonly begin: number;
  readonly end: number;
}

/** The service's answer that something is wrong with it, or with the request. */
export interface Failed {
  readonly kind: 'failed';
  readonly status: number;
}

/** No answer: the connection broke, or time ran out. */
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

/** The value that a read answered (404 is `absent`), and what X-Cache said, if anything. */
export interface Found {
  readonly kind: 'found';
  readonly value: Value;
  readonly cache: string | undefined;
}

/** A create, update or delete of one product, which leaves `value` behind if it happens. */
export interface Write extends Exchange {
  readonly kind: 'write';
  /** Undefined where a create was not answered, so that nobody knows the id. */
  readonly id: string | undefined;
  readonly value: Value;
  readonly outcome: Acknowledged | NotThere | Failed | Lost;
}

/** 200, 201 or 204: it has happened. */
export interface Acknowledged {
  readonly kind: 'acknowledged';
}

/** 404: it has not happened, as somebody had deleted the product. */
export interface NotThere {
  readonly kind: 'not-there';
}

/** One thing that a client did. */
export type Operation = Read | Write;
