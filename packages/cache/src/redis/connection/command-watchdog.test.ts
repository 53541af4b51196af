import { expect, onTestFinished, test } from 'vitest';
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

test('each command without a reply is rejected after its own timeout', async () => {
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

test('a reply that arrived while the process was held up is accepted', async () => {
  const server = await ownRedis();
  const client = await connect(server.url, 50);
  await client.set('k', 'text');
  const reply = client.get('k');
  // The command is written in this turn; Redis replies during the stall.
  await new Promise(setImmediate);
  stall(200);
  expect(await reply).toBe('text');
});

test('a command that was sent in a long turn is not rejected at the end of that turn', async () => {
  const server = await ownRedis();
  const client = await connect(server.url, 50);
  const other = connectOperator(server.url);
  await other.ping();
  // This command is overdue at the beginning of the turn in which the other reply is read.
  await client.set('k', 'text');
  const reply = other.get('k').then(() => {
    const sent = client.get('k');
    stall(200);
    return sent;
  });
  await new Promise(setImmediate);
  stall(100);
  expect(await reply).toBe('text');
});

function stall(milliseconds: number): void {
  const resumeAt = performance.now() + milliseconds;
  while (performance.now() < resumeAt) {}
}
