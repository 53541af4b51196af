import { onTestFinished } from 'vitest';
import {
  createRelayedMemoryStore,
  type RedisStore,
  type RelayedMemoryStore,
  type RelayOptions,
} from '../src/index.js';
import { freshNamespace, openStore, type SharedRedis } from './redis-fixture.js';

/** The kinds of store that follow a change log, by where they store values. */
export const relayedStoreKinds = ['in Redis', 'in memory'] as const;

/** A kind of store that follows a change log. */
export type RelayedStoreKind = (typeof relayedStoreKinds)[number];

/** Creates a store for the current test, and waits until it is ready. */
export async function openRelayedStore(
  kind: RelayedStoreKind,
  redis: SharedRedis,
  relay: RelayOptions,
): Promise<RedisStore | RelayedMemoryStore> {
  if (kind === 'in Redis') {
    return openStore({ url: redis.url, namespace: freshNamespace(), relay });
  }
  const store = createRelayedMemoryStore({ relay });
  onTestFinished(() => store.close());
  await store.waitUntilReady(20_000);
  return store;
}
