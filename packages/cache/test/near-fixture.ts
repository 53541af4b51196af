import { randomUUID } from 'node:crypto';
import { eventually } from '@product-api/testing';
import { expect, onTestFinished } from 'vitest';
import {
  type CacheStore,
  createNearStore,
  type NearStoreOptions,
  parseRedisUrl,
  type StoreEvent,
} from '../src/index.js';
import { freshNamespace, openStore, type SharedRedis } from './redis-fixture.js';
import { openTcpProxy } from './tcp-proxy.js';

/** A near tier that is on, with the store behind it; by default its texts do not age. */
export async function openNearTier(redis: SharedRedis, options: Partial<NearStoreOptions> = {}) {
  const namespace = freshNamespace();
  const far = await openStore({ url: redis.url, namespace });
  let farReads = 0;
  let pause: Promise<void> | undefined;
  let beforeInvalidation = async () => {};
  const counted: CacheStore = {
    ...far,
    async get(key) {
      farReads += 1;
      const text = await far.get(key);
      await pause;
      return text;
    },
    async invalidate(key, version) {
      await beforeInvalidation();
      return far.invalidate(key, version);
    },
    getMany(keys) {
      farReads += keys.length;
      return far.getMany(keys);
    },
  };
  const events: StoreEvent[] = [];
  const onEvent = (event: StoreEvent) => void events.push(event);
  const address = parseRedisUrl(redis.url);
  const settings = { address, namespace, now: () => 1, onEvent, ...options };
  const near = createNearStore(counted, settings);
  onTestFinished(() => near.close());
  await eventually(() => events.length > 0);
  return {
    namespace,
    far,
    near,
    events,
    farReads: () => farReads,
    /** Does something between the call of an invalidation and its effect in Redis. */
    beforeInvalidation(act: () => Promise<void>) {
      beforeInvalidation = act;
    },
    /** Lets the store behind read at once but answer only when the result is called. */
    holdFarReads() {
      let release = () => {};
      pause = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

/** The same, with the messages coming by a way that can be cut. */
export async function openNearTierByProxy(
  redis: SharedRedis,
  options: Partial<NearStoreOptions> = {},
) {
  const proxy = await openTcpProxy(redis.server.port);
  return {
    proxy,
    ...(await openNearTier(redis, {
      address: parseRedisUrl(`redis://127.0.0.1:${proxy.port}`),
      ...options,
    })),
  };
}

/** Brings a key near, for good: the messages about what was written before are here by then. */
export async function bringNear(where: {
  readonly redis: SharedRedis;
  readonly near: CacheStore;
  readonly namespace: string;
  readonly key: string;
}): Promise<void> {
  const { redis, near, namespace, key } = where;
  const marker = randomUUID();
  await redis.operator.set(`${namespace}${marker}`, 'first');
  await near.get(marker);
  await redis.operator.set(`${namespace}${marker}`, 'second');
  // The first message about the marker, at the least, has come when this is seen.
  await eventually(async () => expect(await near.get(marker)).toBe('second'));
  await near.get(key);
}
