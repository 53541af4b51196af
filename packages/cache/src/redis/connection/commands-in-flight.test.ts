import { once } from 'node:events';
import { eventually } from '@product-api/testing';
import { describe, expect, onTestFinished, it as test } from 'vitest';
import { connectOperator, freshNamespace, ownRedis } from '../../../test/redis-fixture.js';
import { openTcpProxy, type TcpProxy } from '../../../test/tcp-proxy.js';
import { parseRedisUrl } from '../address/parse-redis-url.js';
import { createKeyspace } from '../keyspace.js';
import { createRedisRelayTarget } from '../redis-relay-target.js';
import { createRedisClient, type RedisClient } from './redis-client.js';

/** A Redis server of the test's own, and the cache's client on a way to it that can be cut. */
async function openClient() {
  const server = await ownRedis();
  const proxy = await openTcpProxy(server.port);
  const client = createRedisClient({
    address: parseRedisUrl(`redis://127.0.0.1:${proxy.port}`),
    // Long, so that a command fails by the end of its connection and not by its timeout.
    timeoutMs: 10_000,
    connectTimeoutMs: 1000,
  });
  client.on('error', () => undefined);
  onTestFinished(() => client.disconnect());
  await once(client, 'ready');
  return { proxy, client, operator: connectOperator(server.url) };
}

/** Lets the client connect again; what it would send again is answered before the PING is. */
async function reconnect(client: RedisClient, proxy: TcpProxy): Promise<void> {
  const ready = once(client, 'ready');
  proxy.restore();
  await ready;
  await client.ping();
}

/** What ioredis says of a command whose connection has ended. */
const ended = 'max retries per request';

describe('a command in flight when the connection ends', () => {
  test('is rejected and not sent again, where Redis did not get it', async () => {
    const { proxy, client, operator } = await openClient();
    proxy.stall();
    const rejection = expect(client.incr('count')).rejects.toThrow(ended);
    proxy.cut();
    await rejection;
    await reconnect(client, proxy);
    expect(await operator.get('count')).toBeNull();
  });

  test('is rejected and not sent again, where Redis got it but its answer was lost', async () => {
    const { proxy, client, operator } = await openClient();
    proxy.stallAnswers();
    const rejection = expect(client.incr('count')).rejects.toThrow(ended);
    await eventually(async () => expect(await operator.get('count')).toBe('1'));
    proxy.cut();
    await rejection;
    await reconnect(client, proxy);
    expect(await operator.get('count')).toBe('1');
  });
});

describe('a clearing during which the connection ends', () => {
  test.each([
    ['a look for keys', 'scan'],
    ['a deletion', 'evalsha'],
  ])('ends at %s, deletes nothing afterwards, and starts anew', async (_what, inFlight) => {
    const { proxy, client, operator } = await openClient();
    const namespace = freshNamespace();
    const keyspace = createKeyspace(namespace);
    const target = createRedisRelayTarget(client, keyspace, {
      floorTtlMs: 60_000,
      claimMs: 60_000,
      settleMs: 0,
    });
    const keys = Array.from({ length: 10_000 }, (_, index) => `${namespace}${index}`);
    await operator.mset(keys.flatMap((key) => [key, 'old']));

    await target.claim('db', true);
    cutDuring(client, proxy, inFlight);
    await expect(target.clear(undefined, 'db')).rejects.toThrow(ended);
    const left = await operator.dbsize();
    const trace = await operator.get(keyspace.watermark);
    expect(left).toBeGreaterThan(1000);
    expect(left).toBeLessThan(keys.length);
    await reconnect(client, proxy);
    expect(await operator.dbsize()).toBe(left);
    expect(await operator.get(keyspace.watermark)).toBe(trace);

    // What the first clearing had deleted may be there again: Redis may be an older copy of itself.
    await operator.mset(keys.flatMap((key) => [key, 'old']));
    expect(await target.clear(trace ?? undefined, 'db')).toMatchObject({ keys: keys.length });
    expect((await operator.keys('*')).sort()).toEqual([keyspace.watermark, keyspace.claim]);
  });
});

/** Ends the connection while a command of this name is in flight, once some batches are deleted. */
function cutDuring(client: RedisClient, proxy: TcpProxy, name: string): void {
  const send = client.sendCommand.bind(client);
  let batches = 0;
  client.sendCommand = (command, ...rest) => {
    batches += command.name === 'evalsha' ? 1 : 0;
    if (batches < 4 || command.name !== name) {
      return send(command, ...rest);
    }
    client.sendCommand = send;
    proxy.stall();
    const answer = send(command, ...rest);
    proxy.cut();
    return answer;
  };
}
