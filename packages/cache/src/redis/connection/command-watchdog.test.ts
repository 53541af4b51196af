import { expect, onTestFinished, it as test } from 'vitest';
import { connectOperator, ownRedis } from '../../../test/redis-fixture.js';
import { parseRedisUrl } from '../address/parse-redis-url.js';
import { createRedisClient } from './redis-client.js';

async function connect(url: string, timeoutMs: number) {
  const client = createRedisClient({
    address: parseRedisUrl(url),
    timeoutMs,
    connectTimeoutMs: 1000,
  });
  client.on('error', () => undefined);
  onTestFinished(() => client.disconnect());
  await new Promise((resolve) => client.once('ready', resolve));
  return client;
}

test('rejects each command that is not answered in time', async () => {
  const server = await ownRedis();
  const client = await connect(server.url, 100);
  await client.set('k', 'text');
  await server.kill('SIGSTOP');
  const startedAt = performance.now();
  const first = client.get('k').catch((error: Error) => error.message);
  const later = new Promise((resolve) => setTimeout(resolve, 60))
    .then(() => client.get('k'))
    .catch((error: Error) => error.message);
  expect(await first).toBe('Command timed out');
  const firstMs = performance.now() - startedAt;
  expect(await later).toBe('Command timed out');
  expect(firstMs).toBeGreaterThanOrEqual(99);
  expect(performance.now() - startedAt - firstMs).toBeGreaterThan(30);
});

test('lets an answer count that arrived while the process itself was held up', async () => {
  const server = await ownRedis();
  const client = await connect(server.url, 50);
  await client.set('k', 'text');
  const answer = client.get('k');
  // The command is written in this turn; Redis answers during the stall.
  await new Promise(setImmediate);
  stall(200);
  expect(await answer).toBe('text');
});

test('does not judge what was sent in the turn itself, however long that takes', async () => {
  const server = await ownRedis();
  const client = await connect(server.url, 50);
  const other = connectOperator(server.url);
  await other.ping();
  // Its time is up at the beginning of the turn in which the other answer is read.
  await client.set('k', 'text');
  const answer = other.get('k').then(() => {
    const sent = client.get('k');
    stall(200);
    return sent;
  });
  await new Promise(setImmediate);
  stall(100);
  expect(await answer).toBe('text');
});

function stall(milliseconds: number): void {
  const resumeAt = performance.now() + milliseconds;
  while (performance.now() < resumeAt) {}
}
