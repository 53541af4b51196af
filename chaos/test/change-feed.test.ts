import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkFeed } from '../src/check/check-feed.js';
import { readChaosConfig } from '../src/config.js';
import type { FeedHistory } from '../src/history/feed-history.js';
import { runFeed } from '../src/run-feed.js';
import { startFeedHosts } from '../src/subject/feed-hosts.js';
import type { FeedSubject } from '../src/subject/feed-subject.js';
import { startFeedWorkers } from '../src/subject/feed-workers.js';

const { seed, feedRounds: rounds } = readChaosConfig();

/** Milliseconds that the start of all servers may take on a busy machine. */
const START_TIMEOUT_MS = 120_000;

/** Milliseconds that a run may take on a busy machine. */
const RUN_TIMEOUT_MS = 120_000 + rounds * 60_000;

const PROMISE = 'every follower gets every change in order, and its copy is the catalog';

describeWith('redis', 'postgres')('the feed of three hosts on PostgreSQL', () => {
  let hosts: FeedSubject;

  beforeAll(async () => {
    hosts = await startFeedHosts();
  }, START_TIMEOUT_MS);

  afterAll(() => hosts.stop());

  test(PROMISE, { timeout: RUN_TIMEOUT_MS }, async ({ task }) => {
    expectPromisesKept(await runFeed(hosts, { seed, rounds }), hosts, task.name);
  });
});

describeWith('redis')('the feed of two workers on SQLite', () => {
  let workers: FeedSubject;

  beforeAll(async () => {
    workers = await startFeedWorkers();
  }, START_TIMEOUT_MS);

  afterAll(() => workers.stop());

  test(PROMISE, { timeout: RUN_TIMEOUT_MS }, async ({ task }) => {
    expectPromisesKept(await runFeed(workers, { seed, rounds }), workers, task.name);
  });
});

/** Checks the history of a run, and prints how much it had. */
function expectPromisesKept(history: FeedHistory, { events }: FeedSubject, name: string): void {
  const { log, followers, exported } = history;
  const connections = followers.map((each) => `${each.name}: ${each.connections.length}`);
  process.stdout.write(
    `${name}: ${log.length} changes, ${exported.length} products; connections of ${connections.join(', ')}\n`,
  );
  const violations = checkFeed(history);
  const done = events.map(({ at, what }) => `${at.toFixed(0)} ms  ${what}`).join('\n');
  // Three are enough to find the cause, and there may be thousands.
  expect(violations.slice(0, 3), `CHAOS_SEED=${seed}\n${done}`).toEqual([]);
  expect(log.length).toBeGreaterThan(50);
  for (const { connections } of followers) {
    expect(connections.length).toBeGreaterThan(2);
  }
}
