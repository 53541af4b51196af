import { expect, test } from 'vitest';
import type {
  FeedConnection,
  FeedHistory,
  FollowerHistory,
  LoggedChange,
  ReceivedChange,
} from '../history/feed-history.js';
import { checkFeed } from './check-feed.js';

/** Five changes of one product. */
const log: LoggedChange[] = [1, 2, 3, 4, 5].map((version) => ({
  productId: 'mouse',
  version,
  kind: 'update',
}));

const copy = ['{"id":"mouse"}'];

/** A change as a follower gets it: its cursor is its place. */
function received(version: number, cursor = String(version)): ReceivedChange {
  return { cursor, product_id: 'mouse', version, kind: 'update' };
}

function connection(after: number, ...versions: number[]): FeedConnection {
  return { process: 'a', after: String(after), changes: versions.map((each) => received(each)) };
}

function historyOf(
  connections: readonly FeedConnection[],
  other: Partial<FollowerHistory> = {},
): FeedHistory {
  const follower = { name: 'stream', connections, refusals: [], copy, ...other };
  return { start: '0', log, followers: [follower], exported: copy };
}

const kinds = (history: FeedHistory) => checkFeed(history).map(({ kind }) => kind);

test('connections that follow the log are correct, also with changes that come again', () => {
  expect(checkFeed(historyOf([connection(0, 1, 2, 3), connection(2, 3, 4, 5)]))).toEqual([]);
});

test('a follower that began at a later cursor needs no change before it', () => {
  const other = { name: 'poll', connections: [connection(0, 1, 2, 3, 4, 5)], refusals: [], copy };
  const history = historyOf([connection(3, 4, 5)]);
  expect(checkFeed({ ...history, followers: [...history.followers, other] })).toEqual([]);
});

test('a change that is left out within a connection is found', () => {
  expect(checkFeed(historyOf([connection(0, 1, 2, 4, 5)]))).toMatchObject([
    { kind: 'out-of-order', change: { version: 4 }, expected: { version: 3 } },
    { kind: 'missing', change: { version: 3 } },
  ]);
});

test('a change that is left out at the beginning of a connection is found', () => {
  expect(kinds(historyOf([connection(0, 1, 2), connection(2, 4, 5)]))).toEqual([
    'out-of-order',
    'missing',
  ]);
});

test('a cursor that leads behind a change that never came is found', () => {
  const other = { name: 'poll', connections: [connection(0, 1, 2, 3, 4, 5)], refusals: [], copy };
  const history = historyOf([connection(0, 1, 2), connection(3, 4, 5)]);
  expect(kinds({ ...history, followers: [...history.followers, other] })).toEqual(['missing']);
});

test('changes in another order, or twice in a connection, are found', () => {
  expect(kinds(historyOf([connection(0, 1, 3, 2, 4, 5)]))).toContain('out-of-order');
  expect(kinds(historyOf([connection(0, 1, 2, 2, 3, 4, 5)]))).toEqual(['out-of-order']);
});

test('the end of the log must have come', () => {
  expect(kinds(historyOf([connection(0, 1, 2, 3, 4)]))).toEqual(['missing']);
});

test('a change that nobody has made is found', () => {
  expect(kinds(historyOf([connection(0, 1, 2, 3, 4, 5, 6)]))).toEqual(['not-in-log']);
});

test('a cursor of two changes, and one of none, are found', () => {
  const changes = [received(1), received(2, '1'), received(3), received(4), received(5)];
  expect(kinds(historyOf([{ process: 'a', after: '0', changes }]))).toContain('wrong-cursor');
  expect(kinds(historyOf([connection(0, 1, 2, 3, 4, 5), connection(9)]))).toEqual(['wrong-cursor']);
});

test('a copy that differs, and a refusal, are found', () => {
  const whole = [connection(0, 1, 2, 3, 4, 5)];
  expect(kinds(historyOf(whole, { copy: [] }))).toEqual(['different-copy']);
  expect(kinds(historyOf(whole, { copy: [...copy, ...copy] }))).toEqual(['different-copy']);
  expect(kinds(historyOf(whole, { refusals: [410] }))).toEqual(['refused']);
});
