import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@product-api/client';
import { eventually, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase, runSql } from '@product-api/testing/postgres';
import { expect, test } from 'vitest';
import { mouse } from '../sample-product.js';
import { startWorkers } from '../start-workers.js';
import { allChanges, cursorNow } from './change-requests.js';
import { type Follower, follow } from './follower.js';

/** Creates and changes products until it is stopped, and returns the number of changes. */
function keepWriting(baseUrl: string): () => Promise<number> {
  const { products } = createClient({ baseUrl });
  let isStopped = false;
  const work = async () => {
    let changes = 0;
    while (!isStopped) {
      const { id } = await products.create(mouse);
      await products.update(id, { price: 1 + changes });
      changes += 2;
      // Each follower interprets its whole text again for each change.
      await sleep(10);
    }
    return changes;
  };
  const done = work();
  return () => {
    isStopped = true;
    return done;
  };
}

/** Expects that followers get what the service lists, in its order, and returns how much it is. */
async function expectAll(followers: readonly Follower[], baseUrl: string, after: string) {
  const listed = await allChanges(baseUrl, after, { limit: 200 });
  for (const follower of followers) {
    await eventually(() => expect(follower.changes().length).toBeGreaterThanOrEqual(listed.length));
    expect(follower.changes()).toEqual(listed);
    await follower.stop();
  }
  return listed.length;
}

describeWith('redis')('two workers', () => {
  test('stream the changes of both, also over a rolling restart', {
    timeout: 120_000,
  }, async () => {
    const service = await startWorkers();
    const { baseUrl } = service.api;
    const after = await cursorNow(baseUrl);
    const followers = Array.from({ length: 4 }, () => follow(baseUrl, after));
    const writers = [keepWriting(baseUrl), keepWriting(baseUrl)];
    await eventually(() => followers.every(({ changes }) => changes().length > 10));
    const before = service.workers();
    service.api.kill('SIGHUP');
    await eventually(() => service.workers().every((pid) => !before.includes(pid)), {
      timeoutMs: 60_000,
    });
    const written = await Promise.all(writers.map((stop) => stop()));
    const listed = await expectAll(followers, baseUrl, after);
    expect(listed).toBe(written.reduce((sum, count) => sum + count, 0));
    expect(followers.every(({ connections }) => connections() > 1)).toBe(true);
    await service.stop();
  });
});

describeWith('postgres')('two processes on PostgreSQL', () => {
  test('stream the changes of both, and those by SQL', { timeout: 60_000 }, async () => {
    const { url, drop } = await createPostgresDatabase();
    const env = { DATABASE_URL: url, SEED: 'false' };
    const apis = [await startApi({ env }), await startApi({ env })];
    const urls = apis.map(({ baseUrl }) => baseUrl);
    const after = await cursorNow(String(urls[0]));
    const followers = urls.map((baseUrl) => follow(baseUrl, after));
    const writers = urls.map(keepWriting);
    for (let round = 0; round < 20; round++) {
      await runSql(
        url,
        `UPDATE products SET name = 'By hand ${round}'
         WHERE id IN (SELECT id FROM products ORDER BY id LIMIT 5)`,
      );
    }
    await eventually(() => followers.every(({ changes }) => changes().length > 100));
    await Promise.all(writers.map((stop) => stop()));
    await expectAll(followers, String(urls[1]), after);
    await Promise.all(apis.map((api) => api.stop()));
    await drop();
  });
});
