import type {
  FeedConnection,
  FeedHistory,
  FollowerHistory,
  LoggedChange,
  ReceivedChange,
} from '../history/feed-history.js';

/** A broken promise of the feed, with its evidence. */
export type FeedViolation = { readonly follower: string } & (
  | { readonly kind: 'not-in-log'; readonly change: ReceivedChange }
  /** A cursor stood for two places, or for none that a follower has seen. */
  | { readonly kind: 'wrong-cursor'; readonly cursor: string }
  /** The next change of a connection is not the next one of the log. */
  | {
      readonly kind: 'out-of-order';
      readonly process: string;
      readonly change: ReceivedChange;
      readonly expected: LoggedChange | undefined;
    }
  | { readonly kind: 'missing'; readonly change: LoggedChange }
  | { readonly kind: 'refused'; readonly status: number }
  /** The lines that only the copy or only the service has. */
  | { readonly kind: 'different-copy'; readonly copy: string[]; readonly service: string[] }
);

/**
 * Checks that the feed keeps its promises:
 *
 * - The changes of a connection are those of the log behind its cursor: in order, none left out.
 * - Each follower gets every change of the log behind the cursor with which it began.
 * - At the end, each copy has the same bytes as the service.
 * - No follower is refused.
 */
export function checkFeed(history: FeedHistory): FeedViolation[] {
  const log = new LogIndex(history);
  return history.followers.flatMap((follower) => [
    ...wrongCursors(follower, log),
    ...follower.connections.flatMap((connection) => wrongOrder(follower, connection, log)),
    ...missingChanges(follower, log),
    ...follower.refusals.map(
      (status): FeedViolation => ({ follower: follower.name, kind: 'refused', status }),
    ),
    ...differentCopy(follower, history.exported),
  ]);
}

/** Where changes and cursors are in the log. A place is the number of changes up to it. */
class LogIndex {
  readonly changes: readonly LoggedChange[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #cursors = new Map<string, number>();

  constructor({ start, log, followers }: FeedHistory) {
    this.changes = log;
    this.#places = new Map(
      log.map(({ productId, version, kind }, index) => [
        `${productId} ${version} ${kind}`,
        index + 1,
      ]),
    );
    this.#cursors.set(start, 0);
    const connections = followers.flatMap((follower) => follower.connections);
    for (const change of connections.flatMap((connection) => connection.changes)) {
      const place = this.placeOf(change);
      if (place !== undefined && !this.#cursors.has(change.cursor)) {
        this.#cursors.set(change.cursor, place);
      }
    }
  }

  /** Returns the place behind a change; undefined if it is not in the log. */
  placeOf({ product_id, version, kind }: ReceivedChange): number | undefined {
    return this.#places.get(`${product_id} ${version} ${kind}`);
  }

  /** Returns the place of a cursor; undefined if no change had it. */
  placeOfCursor(cursor: string): number | undefined {
    return this.#cursors.get(cursor);
  }
}

function wrongCursors({ name, connections }: FollowerHistory, log: LogIndex): FeedViolation[] {
  const used = connections.map(({ after }) => after);
  const unknown = used.filter((cursor) => log.placeOfCursor(cursor) === undefined);
  const ambiguous = connections
    .flatMap(({ changes }) => changes)
    .filter((change) => {
      const place = log.placeOf(change);
      return place !== undefined && place !== log.placeOfCursor(change.cursor);
    })
    .map(({ cursor }) => cursor);
  return [...unknown, ...ambiguous].map((cursor) => ({
    follower: name,
    kind: 'wrong-cursor',
    cursor,
  }));
}

function wrongOrder(
  { name: follower }: FollowerHistory,
  { process, after, changes }: FeedConnection,
  log: LogIndex,
): FeedViolation[] {
  const violations: FeedViolation[] = [];
  let place = log.placeOfCursor(after);
  for (const change of changes) {
    const found = log.placeOf(change);
    if (found === undefined) {
      violations.push({ follower, kind: 'not-in-log', change });
      continue;
    }
    if (place !== undefined && found !== place + 1) {
      const expected = log.changes[place];
      violations.push({ follower, kind: 'out-of-order', process, change, expected });
    }
    place = found;
  }
  return violations;
}

function missingChanges({ name, connections }: FollowerHistory, log: LogIndex): FeedViolation[] {
  const received = new Set(
    connections.flatMap(({ changes }) => changes.map((change) => log.placeOf(change))),
  );
  const [first] = connections;
  const start = (first && log.placeOfCursor(first.after)) ?? 0;
  return log.changes
    .slice(start)
    .filter((_, index) => !received.has(start + index + 1))
    .map((change) => ({ follower: name, kind: 'missing', change }));
}

function differentCopy(
  { name, copy }: FollowerHistory,
  exported: readonly string[],
): FeedViolation[] {
  const [inCopy, inService] = [new Set(copy), new Set(exported)];
  const onlyCopy = copy.filter((line) => !inService.has(line));
  const onlyService = exported.filter((line) => !inCopy.has(line));
  return onlyCopy.length + onlyService.length === 0 && copy.length === exported.length
    ? []
    : [{ follower: name, kind: 'different-copy', copy: onlyCopy, service: onlyService }];
}
