import type { Change, ChangeKind } from '@product-api/contract';

/** A change in the log of the database. */
export interface LoggedChange {
  readonly productId: string;
  readonly version: number | undefined;
  readonly kind: ChangeKind;
}

/** A change as a follower got it. */
export type ReceivedChange = Pick<Change, 'cursor' | 'product_id' | 'version' | 'kind'>;

/** A response with changes: a page, or a stream until it broke. */
export interface FeedConnection {
  /** The name of the API process. */
  readonly process: string;
  /** The cursor behind which the changes were requested. */
  readonly after: string;
  readonly changes: readonly ReceivedChange[];
}

/** Everything that a follower got, in order. */
export interface FollowerHistory {
  readonly name: string;
  readonly connections: readonly FeedConnection[];
  /** Statuses of error responses that a follower must not get. */
  readonly refusals: readonly number[];
  /** The products of its copy at the end: lines of JSON, in the order of the ids. */
  readonly copy: readonly string[];
}

/** Everything that happened to the feed during a run. */
export interface FeedHistory {
  /** The cursor before the first change of the log. */
  readonly start: string;
  /** The changes that the database has logged since then, in order. */
  readonly log: readonly LoggedChange[];
  readonly followers: readonly FollowerHistory[];
  /** The export of the service at the end: lines of JSON, in the order of the ids. */
  readonly exported: readonly string[];
}
