import { once } from 'node:events';
import { eventually } from '@product-api/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectOperator, freshNamespace, ownRedis } from '../../../test/redis-fixture.js';
import { openTcpProxy, type TcpProxy } from '../../../test/tcp-proxy.js';
import { parseRedisUrl } from '../address/parse-redis-url.js';
import { createKeyspace } from '../keyspace.js';
import { createRedisRelayTarget } from '../redis-relay-target.js';
import { createRedisClient, type RedisClient } from './redis-client.js';

/** Starts a Redis server and a client that is connected to it through a proxy. */
async function openClient() {
  const server = await ownRedis();
  const proxy = await openTcpProxy(server.port);
  const client = createRedisClient({
    address: parseRedisUrl(`redis://127.0.0.1:${proxy.port}`),
    // Long, so that a command fails when its connection ends and not by its timeout.
    timeoutMs: 10_000,
    connectTimeoutMs: 1000,
  });
  client.on('error', () => undefined);
  onTestFinished(() => client.disconnect());
  await once(client, 'ready');
  return { proxy, client, operator: connectOperator(server.url) };
}

/** Lets the client connect again. A command that it sent again would get its reply before PING. */
async function reconnect(client: RedisClient, proxy: TcpProxy): Promise<void> {
  const ready = once(client, 'ready');
  proxy.restore();
  await ready;
  await client.ping();
}

/** The message of ioredis for a command whose connection has ended. */
const CONNECTION_ENDED = 'max retries per request';

describe('a command in flight when the connection ends', () => {
  test('is rejected and not sent again if Redis did not get it', async () => {
    const { proxy, client, operator } = await openClient();
    proxy.stall();
    const rejection = expect(client.incr('count')).rejects.toThrow(CONNECTION_ENDED);
    proxy.cut();
    await rejection;
    await reconnect(client, proxy);
    expect(await operator.get('count')).toBeNull();
  });

  test('is rejected and not sent again if Redis got it but its reply was lost', async () => {
    const { proxy, client, operator } = await openClient();
    proxy.stallAnswers();
    const rejection = expect(client.incr('count')).rejects.toThrow(CONNECTION_ENDED);
    await eventually(async () => expect(await operator.get('count')).toBe('1'));
    proxy.cut();
    await rejection;
    await reconnect(client, proxy);
    expect(await operator.get('count')).toBe('1');
  });
});

describe('a clearing during which the connection ends', () => {
  test.each([
    ['a scan', 'scan'],
    ['a deletion', 'evalsha'],
  ])(
    'ends at %s, deletes nothing afterwards, and can be started again',
    async (_what, inFlight) => {
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
      await expect(target.clear(undefined, 'db')).rejects.toThrow(CONNECTION_ENDED);
      const left = await operator.dbsize();
      const mark = await operator.get(keyspace.watermark);
      expect(left).toBeGreaterThan(1000);
      expect(left).toBeLessThan(keys.length);
      await reconnect(client, proxy);
      expect(await operator.dbsize()).toBe(left);
      expect(await operator.get(keyspace.watermark)).toBe(mark);

      // The deleted keys may be back, because Redis may have been restored from an older copy.
      await operator.mset(keys.flatMap((key) => [key, 'old']));
      expect(await target.clear(mark ?? undefined, 'db')).toMatchObject({ keys: keys.length });
      expect((await operator.keys('*')).sort()).toEqual([keyspace.watermark, keyspace.claim]);
    },
  );
});

/** Cuts the connection while a command of this name is in flight, after some batches. */
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
    const reply = send(command, ...rest);
    proxy.cut();
    return reply;
  };
}
