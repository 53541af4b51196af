import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import { freshNamespace, openStore, sharedRedis } from '../../test/redis-fixture.js';
import { deploy } from '../../test/relay-fixture.js';
import { openTcpProxy } from '../../test/tcp-proxy.js';
import type { StoreEvent } from '../store/store-event.js';

const redis = sharedRedis();

const MEBIBYTE = 1024 * 1024;
const oversizedText = 'x'.repeat(20 * MEBIBYTE);

/**
 * Opens a store whose Redis needs a second for 20 MiB, so that such a read and the next ones
 * time out.
 */
async function openSlowStore({ failureThreshold }: { failureThreshold: number }) {
  const namespace = freshNamespace();
  const events: StoreEvent[] = [];
  const proxy = await openTcpProxy(redis.server.port);
  const store = await openStore({
    url: `redis://127.0.0.1:${proxy.port}`,
    namespace,
    timeoutMs: 300,
    failureThreshold,
    onEvent: (event) => events.push(event),
  });
  proxy.slowDown(20 * MEBIBYTE);
  return {
    store,
    put: (key: string, text: string) => redis.operator.set(`${namespace}${key}`, text),
    exists: (key: string) => redis.operator.exists(`${namespace}${key}`),
    oversized: () => events.filter(({ type }) => type === 'oversized-value'),
    found: { type: 'oversized-value', key: `${namespace}bad`, bytes: oversizedText.length },
  };
}

describe('a value that takes too long to arrive', () => {
  test('is deleted before Redis is used again, and its key is not read for a while', async () => {
    const { store, put, exists, oversized, found } = await openSlowStore({ failureThreshold: 1 });
    await put('bad', oversizedText);
    await expect(store.get('bad')).rejects.toThrow();
    await eventually(() => expect(oversized()).toEqual([found]));
    await eventually(() => store.state() === 'ready');
    expect(await exists('bad')).toBe(0);

    // The value is written again, and does not disturb other reads now.
    await put('good', 'text');
    await put('bad', oversizedText);
    await expect(store.get('bad')).rejects.toThrow();
    await expect(store.readOrLease('bad', 'token', 1000)).rejects.toThrow();
    // A busy machine may be late with any reply, which takes Redis out of use for a moment.
    await eventually(async () =>
      expect(await store.getMany(['bad', 'good'])).toEqual([undefined, 'text']),
    );
  });

  test('is deleted without a bypass if other reads get their replies in time', async () => {
    const { store, put, exists, oversized, found } = await openSlowStore({
      failureThreshold: 1000,
    });
    await put('bad', oversizedText);
    await expect(store.get('bad')).rejects.toThrow();
    await eventually(async () => {
      // The key is not read again, so that the pending reply and then the measurement can arrive.
      await store.get('bad').catch(() => undefined);
      expect(oversized()).toEqual([found]);
    });
    expect(await exists('bad')).toBe(0);
    expect(store.state()).toBe('ready');
  });

  test('is reported once, by the process that deleted it', async () => {
    const { store, put, oversized, found } = await openSlowStore({ failureThreshold: 3 });
    await put('bad', oversizedText);
    await Promise.all([store.discard('bad', oversizedText), store.discard('bad', oversizedText)]);
    expect(oversized()).toEqual([found]);
  });
});

describe('an oversized text under a key of the protocol', () => {
  const start = async () => {
    const deployment = deploy(redis.url);
    const proxy = await openTcpProxy(redis.server.port);
    const process = await deployment.start({
      url: `redis://127.0.0.1:${proxy.port}`,
      timeoutMs: 200,
    });
    await process.write('n', 'one');
    await process.read('n');
    proxy.slowDown(20 * MEBIBYTE);
    return { ...deployment, process };
  };

  test.each(['watermarkKey', 'claimKey'] as const)('is removed (%s)', async (name) => {
    const { [name]: key, operator, process } = await start();
    await operator.set(key, oversizedText);
    await eventually(async () => expect(await operator.strlen(key)).toBeLessThan(100));
    await eventually(async () => {
      await process.read('n');
      expect(await process.isHit('n')).toBe(true);
    });
  });

  test.each([
    ['of letters', oversizedText],
    ['of zero bytes', '\0'.repeat(20 * MEBIBYTE)],
    ['of digits', '9'.repeat(20 * MEBIBYTE)],
  ])('is ignored and replaced if it is a fence (%s)', async (_title, text) => {
    const { namespace, operator, process } = await start();
    const untilCached = (note: string) =>
      eventually(async () => {
        expect(await process.read('n')).toBe(note);
        expect(await process.isHit('n')).toBe(true);
      });
    const fence = `fence:{${namespace}n}`;
    await operator.del(`${namespace}n`);
    await operator.set(fence, text);
    await untilCached('one');

    await operator.set(fence, text);
    await process.write('n', 'two');
    await untilCached('two');
    expect(await operator.strlen(fence)).toBeLessThan(300);
  });
});
