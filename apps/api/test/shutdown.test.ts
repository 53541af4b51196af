import { Agent, request } from 'node:http';
import { createClient } from '@product-api/client';
import { eventually, type RunningApi, startApi, temporaryFolder } from '@product-api/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MOUSE } from './sample-product.js';

const CONNECTIONS = 16;

let api: RunningApi;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let env: Record<string, string>;

beforeEach(async () => {
  folder = await temporaryFolder();
  env = { DATABASE_URL: `file:${folder.file('catalog.db')}`, REDIS_URL: '' };
  api = await startApi({ env });
});

afterEach(async () => {
  await api.stop();
  await folder.remove();
});

/** How a request ended: with a status, or refused because nobody listens any more. */
type Outcome = number | 'refused';

function post(agent: Agent): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${api.baseUrl}/products`,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      },
    );
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      // What was refused never reached the service; anything else is a request lost.
      if (error.code === 'ECONNREFUSED') resolve('refused');
      else reject(error);
    });
    outgoing.end(JSON.stringify(MOUSE));
  });
}

/** Sends one request after the other on a kept-alive connection until the service is gone. */
async function sendUntilRefused(outcomes: Outcome[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let outcome: Outcome = 201;
  while (outcome !== 'refused') {
    outcome = await post(agent);
    outcomes.push(outcome);
  }
  agent.destroy();
}

test('SIGTERM under load loses no accepted request', { timeout: 30_000 }, async () => {
  const outcomes: Outcome[] = [];
  const load = Array.from({ length: CONNECTIONS }, () => sendUntilRefused(outcomes));
  await eventually(() => outcomes.length > 100);
  api.kill('SIGTERM');
  await Promise.all(load);

  expect(await api.exit).toBe(0);
  const created = outcomes.filter((outcome) => outcome === 201).length;
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(CONNECTIONS);
  expect(created).toBe(outcomes.length - CONNECTIONS);

  api = await startApi({ env: { ...env, SEED: 'false' } });
  let stored = -5;
  for await (const _ of createClient({ baseUrl: api.baseUrl }).products.list()) stored++;
  expect(stored).toBe(created);
});

test('while it stops it is not ready, and then it ends by itself', async () => {
  await api.stop();
  api = await startApi({ env: { ...env, SHUTDOWN_DELAY_MS: '2000' } });
  api.kill('SIGTERM');
  await eventually(async () => {
    const answer = await fetch(`${api.baseUrl}/health/ready`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('connection')).toBe('close');
  });
  expect((await fetch(`${api.baseUrl}/health/live`)).status).toBe(200);
  expect(await api.exit).toBe(0);
});

test('kill -9 after an acknowledged write keeps it', async () => {
  const { products } = createClient({ baseUrl: api.baseUrl });
  const kept = await products.create(MOUSE);
  const changed = await products.update((await products.create(MOUSE)).id, { price: 1 });
  const deleted = await products.create(MOUSE);
  await products.delete(deleted.id);
  api.kill('SIGKILL');
  expect(await api.exit).toBe('SIGKILL');

  api = await startApi({ env });
  const after = createClient({ baseUrl: api.baseUrl }).products;
  expect(await after.get(kept.id)).toEqual(kept);
  expect(await after.get(changed.id)).toEqual(changed);
  await expect(after.get(deleted.id)).rejects.toMatchObject({ status: 404 });
});
