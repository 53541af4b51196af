import { describe, expect, test } from 'vitest';
import { describeStore } from '../../test/store-suite.js';
import { createMemoryStore } from './memory-store.js';

describeStore('a memory store', async () => createMemoryStore());

describe('a memory store of limited size', () => {
  async function put(store: ReturnType<typeof createMemoryStore>, key: string, bytes: number) {
    await store.readOrLease(key, key, 1000);
    await store.fill(key, { token: key, text: 'x'.repeat(bytes), version: 1, ttlMs: 60_000 });
  }

  test('evicts the least recently used texts by their bytes', async () => {
    const store = createMemoryStore({ maxBytes: 1000 });
    await put(store, 'a', 400);
    await put(store, 'b', 400);
    await store.get('a');
    await put(store, 'c', 400);
    expect(await store.get('b')).toBeUndefined();
    expect(await store.get('a')).toHaveLength(400);
    expect(await store.get('c')).toHaveLength(400);
  });

  test('stores nothing if its size is 0', async () => {
    const store = createMemoryStore({ maxBytes: 0 });
    await put(store, 'a', 1);
    expect(await store.get('a')).toBeUndefined();
  });

  test('counts bytes instead of characters', async () => {
    const store = createMemoryStore({ maxBytes: 1000 });
    await store.readOrLease('k', 't', 1000);
    await store.fill('k', { token: 't', text: '🎧'.repeat(251), version: 1, ttlMs: 60_000 });
    expect(await store.get('k')).toBeUndefined();
  });

  test('keeps a text for exactly its time to live', async () => {
    let now = 1000;
    const store = createMemoryStore({ now: () => now });
    await put(store, 'a', 10);
    now += 60_000;
    expect(await store.get('a')).toHaveLength(10);
    now += 1;
    expect(await store.get('a')).toBeUndefined();
  });

  test('is empty after it is closed', async () => {
    const store = createMemoryStore();
    await put(store, 'a', 10);
    await store.close();
    expect(await store.get('a')).toBeUndefined();
  });
});
