import { eventually } from '@product-api/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { changes, update } from '../../test/changes-script.js';
import { mouse, problem } from '../../test/sample-data.js';
import {
  brokenBody,
  json,
  noResponse,
  type Script,
  startScriptedServer,
  text,
} from '../../test/scripted-server.js';
import { createClient } from '../create-client.js';
import type { FollowFailure, FollowOptions } from '../options/change-options.js';

/** Follows a server that responds with the scripts, and then never. */
async function follow(scripts: readonly Script[], options: FollowOptions = {}) {
  const server = await startScriptedServer(...scripts, noResponse);
  const client = createClient({ baseUrl: server.baseUrl });
  return { server, feed: client.changes.follow(options) };
}

test('changes come in order, and the next ones are waited for behind the last cursor', async () => {
  const scripts = [changes('c2', update(1), update(2)), changes('c4'), changes('c5', update(5))];
  const options = { after: 'c0', productId: mouse.id, kind: 'update', include: 'product' } as const;
  const { server, feed } = await follow(scripts, options);
  expect(await feed.toArray({ limit: 3 })).toEqual([update(1), update(2), update(5)]);
  const filters = `product_id=${mouse.id}&kind=update&include=product&limit=200`;
  expect(server.requests).toEqual(
    ['c0', 'c2', 'c4'].map((after) => `GET /changes?${filters}&after=${after}&wait=30`),
  );
});

test('without a cursor, the first request does not wait, so that nothing is lost after it', async () => {
  const { server, feed } = await follow([changes('c1'), changes('c2', update(2))]);
  expect(await feed.toArray({ limit: 1 })).toEqual([update(2)]);
  expect(server.requests).toEqual([
    'GET /changes?limit=200&wait=0',
    'GET /changes?limit=200&after=c1&wait=30',
  ]);
});

test('it goes on after every failure that can pass, and tells each', async () => {
  const failures: FollowFailure[] = [];
  const refusal = json(429, problem('quota-exceeded'), { 'retry-after': '0' });
  const { server, feed } = await follow(
    [
      changes('c1', update(1)),
      brokenBody,
      json(408, problem('request-timeout')),
      refusal,
      json(500, problem('internal-error')),
      text(503, 'busy', { 'retry-after': '0' }),
      changes('c2', update(2)),
      changes('c3', update(3)),
    ],
    { after: 'c0', onFailure: (failure) => failures.push(failure) },
  );
  expect(await feed.toArray({ limit: 3 })).toEqual([update(1), update(2), update(3)]);
  expect(failures.map(({ error }) => [error.name, error.status])).toEqual([
    ['ConnectionError', undefined],
    ['RequestRejectedError', 408],
    ['RateLimitError', 429],
    ['ServerError', 500],
    ['ServerError', 503],
  ]);
  // After a failure, a response at once shows that the service is back.
  const waits = server.requests.map((request) => /wait=(\d+)/.exec(request)?.[1]);
  expect(waits).toEqual(['30', '30', '0', '0', '0', '0', '0', '30']);
});

test.each([
  [429, '3600'],
  [503, '864000'],
])('after a %i it waits as long as Retry-After says, an hour at most', async (status, seconds) => {
  const stop = new AbortController();
  const { server, feed } = await follow([text(status, 'busy', { 'retry-after': seconds })], {
    after: 'c0',
    signal: stop.signal,
    onFailure({ delayMs }) {
      expect(delayMs).toBeGreaterThanOrEqual(3_600_000);
      expect(delayMs).toBeLessThan(3_610_000);
      stop.abort(new Error('enough'));
    },
  });
  await expect(feed.toArray()).rejects.toThrow('enough');
  expect(server.requests).toHaveLength(1);
});

test('what onFailure throws ends it', async () => {
  const { feed } = await follow([text(503, 'busy')], {
    onFailure({ error }) {
      throw error;
    },
  });
  await expect(feed.toArray()).rejects.toMatchObject({ name: 'ServerError' });
});

test('an expired cursor is an error with the earliest one', async () => {
  const expired = { ...problem('changes-expired'), earliest_cursor: 'c9' };
  const { feed } = await follow([json(410, expired)], { after: 'c0' });
  await expect(feed.toArray()).rejects.toMatchObject({
    name: 'ChangesExpiredError',
    status: 410,
    earliestCursor: 'c9',
  });
});

test.each([
  [400, 'validation-error', 'RequestRejectedError'],
  [401, 'unauthorized', 'UnauthorizedError'],
  [403, 'insufficient-scope', 'ForbiddenError'],
] as const)('a %i ends it, because it does not pass', async (status, kind, name) => {
  const { feed } = await follow([json(status, problem(kind))]);
  await expect(feed.toArray()).rejects.toMatchObject({ name, status });
});

test('a signal ends it during a wait, with its reason', async () => {
  const stop = new AbortController();
  const { server, feed } = await follow([], { after: 'c0', signal: stop.signal });
  const following = expect(feed.toArray()).rejects.toThrow('enough');
  await eventually(() => server.requests.length === 1);
  stop.abort(new Error('enough'));
  await following;
});

test('a service that stops, and so does not wait, is not asked again at once', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.3);
  onTestFinished(() => void vi.restoreAllMocks());
  const { feed } = await follow([changes('c0'), changes('c1', update(1))], { after: 'c0' });
  const began = performance.now();
  expect(await feed.toArray({ limit: 1 })).toEqual([update(1)]);
  expect(performance.now() - began).toBeGreaterThan(290);
});
