import type { CacheStore } from '../../src/index.js';
import type { RefreshResult } from '../../src/store/cache-store.js';

/** Sends a command about a key, or about several of which it is the first; settles with its answer, or rejects. */
export type Send = <T>(command: string, key: string, run: () => Promise<T>) => Promise<T>;

/** How a stepped store's commands travel. */
export interface SteppedStoreOptions {
  /** For a command that may fail: its caller is then served without the store. */
  readonly send: Send;
  /** For the one that must not: INVALIDATE. */
  readonly sendReliably: Send;
}

/** A store whose every command waits to be sent, and whose every answer waits to arrive. */
export function steppedStore(
  store: CacheStore,
  { send, sendReliably }: SteppedStoreOptions,
): CacheStore {
  return {
    ...store,
    get: (key) => send('GET', key, () => store.get(key)),
    getMany: (keys) => send('MGET', keys[0] ?? '', () => store.getMany(keys)),
    readOrLease: (key, token, leaseMs) =>
      send('READ-OR-LEASE', key, () => store.readOrLease(key, token, leaseMs)),
    leaseToRefresh: (key, request) =>
      send('LEASE-TO-REFRESH', key, () => store.leaseToRefresh(key, request).then(withoutClock)),
    fill: (key, fill) => send(`FILL ${fill.text}`, key, () => store.fill(key, fill)),
    release: (key, token) => send('RELEASE', key, () => store.release(key, token)),
    discard: (key, text) => send('DISCARD', key, () => store.discard(key, text)),
    invalidate: (key, version) =>
      sendReliably(`INVALIDATE ${version}`, key, () => store.invalidate(key, version)),
  };
}

/** Rounds a life up to 10 seconds: the milliseconds that a schedule takes are not the same twice. */
function withoutClock(answer: RefreshResult): RefreshResult {
  return answer.kind === 'fresh'
    ? { ...answer, expiresInMs: Math.ceil(answer.expiresInMs / 10_000) * 10_000 }
    : answer;
}
