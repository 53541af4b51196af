import { eventually } from '@product-api/testing';
import { describe, expect, test } from 'vitest';
import {
  connectOperator,
  freshNamespace,
  makeStore,
  openStore,
  ownRedis,
} from '../../test/redis-fixture.js';
import { openTcpProxy } from '../../test/tcp-proxy.js';
import { type CacheStore, StoreUnavailableError } from '../store/cache-store.js';
import type { StoreEvent } from '../store/store-event.js';

const TIMEOUT_MS = 50;

function recordStates() {
  const states: string[] = [];
  const onEvent = (event: StoreEvent) => {
    if (event.type === 'state') {
      states.push(event.state);
    }
  };
  return { states, onEvent };
}

function untilState(store: CacheStore, state: string) {
  return eventually(() => store.state() === state);
}

async function millisecondsOf(operation: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await operation().catch(() => undefined);
  return performance.now() - start;
}

/** Expects reads to end within the timeout at first, and then immediately, as Redis is bypassed. */
async function expectFastFailures(store: CacheStore): Promise<void> {
  await eventually(async () => {
    expect(await millisecondsOf(() => store.get('k'))).toBeLessThan(250);
    expect(store.state()).toBe('bypassed');
  });
  await expect(store.get('k')).rejects.toThrow(StoreUnavailableError);
  expect(await millisecondsOf(() => store.get('k'))).toBeLessThan(TIMEOUT_MS);
  expect(await millisecondsOf(() => store.invalidate('k', 1))).toBeLessThan(TIMEOUT_MS);
}

describe('a Redis that fails', () => {
  test('may be down at the start and be started later', async () => {
    const server = await ownRedis();
    await server.kill('SIGKILL');
    const { states, onEvent } = recordStates();
    const errors: string[] = [];
    const store = makeStore({
      url: server.url,
      timeoutMs: TIMEOUT_MS,
      onEvent: (event) => {
        onEvent(event);
        if (event.type === 'unusable') {
          errors.push(event.failure.message);
        }
      },
    });
    expect(store.state()).toBe('bypassed');
    await expectFastFailures(store);
    expect(await store.waitUntilReady(300)).toBe(false);
    expect(errors).toEqual([expect.stringContaining('ECONNREFUSED')]);

    await server.restart();
    await untilState(store, 'ready');
    expect(states).toEqual(['ready']);
  });

  test('may crash and restart, with one report for each change', async () => {
    const server = await ownRedis();
    const { states, onEvent } = recordStates();
    const store = await openStore({ url: server.url, timeoutMs: TIMEOUT_MS, onEvent });
    await server.kill('SIGKILL');
    await expectFastFailures(store);
    await server.restart();
    await untilState(store, 'ready');
    expect(states).toEqual(['ready', 'bypassed', 'ready']);
  });

  test('may hang and continue, with one report for each change', async () => {
    const server = await ownRedis();
    const { states, onEvent } = recordStates();
    const store = await openStore({ url: server.url, timeoutMs: TIMEOUT_MS, onEvent });
    await server.kill('SIGSTOP');
    await expectFastFailures(store);
    await server.kill('SIGCONT');
    await untilState(store, 'ready');
    expect(states).toEqual(['ready', 'bypassed', 'ready']);
  });

  test('does not delay `close` beyond a bounded time while it hangs', async () => {
    const server = await ownRedis();
    const store = await openStore({ url: server.url, timeoutMs: TIMEOUT_MS });
    await server.kill('SIGSTOP');
    expect(await millisecondsOf(() => store.close())).toBeLessThan(500);
    expect(store.state()).toBe('bypassed');
  });

  test('is bypassed after a single failed invalidation', async () => {
    const server = await ownRedis();
    const store = await openStore({ url: server.url, timeoutMs: TIMEOUT_MS });
    await server.kill('SIGSTOP');
    expect(await store.invalidate('k', 1)).toBe('deferred');
    expect(store.state()).toBe('bypassed');
  });

  test('still accepts invalidations when it is full', async () => {
    const server = await ownRedis();
    const namespace = freshNamespace();
    const store = await openStore({ url: server.url, namespace });
    const operator = connectOperator(server.url);
    await operator.set(`${namespace}k`, 'old');
    await operator.config('SET', 'maxmemory', '1');
    expect(await store.invalidate('k', 2)).toBe('applied');
    expect(await store.get('k')).toBeUndefined();
    await expect(store.readOrLease('k', 't', 5000)).rejects.toThrow('OOM');
    expect(store.state()).toBe('ready');
  });
});

describe('a connection that fails', () => {
  test('is replaced when it is open but transmits nothing any more', async () => {
    const server = await ownRedis();
    const proxy = await openTcpProxy(server.port);
    const store = await openStore({
      url: `redis://127.0.0.1:${proxy.port}`,
      timeoutMs: TIMEOUT_MS,
    });
    proxy.stall();
    await expectFastFailures(store);
    await untilState(store, 'ready');
    expect(await store.get('k')).toBeUndefined();
  });
});
