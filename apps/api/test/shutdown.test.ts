import { once } from 'node:events';
import { connect } from 'node:net';
import { createClient } from '@product-api/client';
import { eventually, type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUntilRefused, type Outcome } from './create-until-refused.js';
import { mouse } from './sample-product.js';

const CONNECTIONS = 16;

let api: RunningApi;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;

beforeEach(async () => {
  folder = await temporaryFolder();
  env = { DATABASE_URL: `file:${folder.file('catalog.db')}` };
  api = await startApi({ env });
});

afterEach(async () => {
  await api.stop();
  await folder.remove();
});

test('SIGTERM under load loses no accepted request', { timeout: 30_000 }, async () => {
  const outcomes: Outcome[] = [];
  const load = Array.from({ length: CONNECTIONS }, () => createUntilRefused(api.baseUrl, outcomes));
  await eventually(() => outcomes.length > 100);
  api.kill('SIGTERM');
  await Promise.all(load);

  expect(await api.exit).toBe(0);
  const created = outcomes.filter((outcome) => outcome === 201).length;
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(CONNECTIONS);
  expect(created).toBe(outcomes.length - CONNECTIONS);

  api = await startApi({ env: { ...env, SEED: 'false' } });
  let stored = -5;
  for await (const _ of createClient({ baseUrl: api.baseUrl }).products.list()) {
    stored++;
  }
  expect(stored).toBe(created);
});

test('a stopping service is not ready, and ends by itself', async () => {
  await api.stop();
  api = await startApi({ env: { ...env, SHUTDOWN_DELAY_MS: '2000' } });
  api.kill('SIGTERM');
  await eventually(async () => {
    const response = await fetch(`${api.baseUrl}/health/ready`);
    expect(response.status).toBe(503);
    expect(response.headers.get('connection')).toBe('close');
  });
  expect((await fetch(`${api.baseUrl}/health/live`)).status).toBe(200);
  expect(await api.exit).toBe(0);
  // A stop is not a failure: every stop of a pod would raise an alert.
  expect(api.logLines().join()).not.toContain('request failed');
});

test('a connection without a request does not delay a stop', async () => {
  const { hostname, port } = new URL(api.baseUrl);
  const unused = connect(Number(port), hostname);
  await once(unused, 'connect');
  // The server has accepted the earlier connection, too.
  await fetch(`${api.baseUrl}/health/live`);
  const started = performance.now();
  api.kill('SIGTERM');
  expect(await api.exit).toBe(0);
  // The headers of a request may take 10 s.
  expect(performance.now() - started).toBeLessThan(8000);
  unused.destroy();
});

test('an acknowledged write survives kill -9', async () => {
  const { products } = createClient({ baseUrl: api.baseUrl });
  const kept = await products.create(mouse);
  const changed = await products.update((await products.create(mouse)).id, { price: 1 });
  const deleted = await products.create(mouse);
  await products.delete(deleted.id);
  api.kill('SIGKILL');
  expect(await api.exit).toBe('SIGKILL');

  api = await startApi({ env });
  const after = createClient({ baseUrl: api.baseUrl }).products;
  expect(await after.get(kept.id)).toEqual(kept);
  expect(await after.get(changed.id)).toEqual(changed);
  await expect(after.get(deleted.id)).rejects.toMatchObject({ status: 404 });
});
