import type { CacheStore } from '../../src/index.js';
import type { ChangeLog } from '../../src/relay/change-log.js';
import type { RelayTarget } from '../../src/relay/relay-target.js';
import type { StepScheduler } from './step-scheduler.js';

/**
 * Sends a command about one key, or about several keys of which it gets the first. Resolves with
 * the reply, or rejects if the command fails.
 */
export type Send = <T>(command: string, key: string, run: () => Promise<T>) => Promise<T>;

/** How a stepped store sends its commands. */
export interface SteppedStoreOptions {
  /** Sends a command that may fail: the cache then serves the caller without the store. */
  readonly send: Send;
  /** Sends an INVALIDATE, which must not fail. */
  readonly sendReliably: Send;
}

/** Wraps a store so that the arrival of each command and of each reply is a step. */
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
      send('LEASE-TO-REFRESH', key, () => store.leaseToRefresh(key, request).then(roundedTtl)),
    fill: (key, fill) => send(`FILL ${fill.text}`, key, () => store.fill(key, fill)),
    release: (key, token) => send('RELEASE', key, () => store.release(key, token)),
    discard: (key, text) => send('DISCARD', key, () => store.discard(key, text)),
    invalidate: (key, version) =>
      sendReliably(`INVALIDATE ${version}`, key, () => store.invalidate(key, version)),
  };
}

type RefreshReply = Awaited<ReturnType<CacheStore['leaseToRefresh']>>;

/**
 * Rounds a time to live up to 10 seconds, so that it does not depend on how many milliseconds the
 * schedule has taken: two runs of a seed must be equal.
 */
function roundedTtl(reply: RefreshReply): RefreshReply {
  return reply.kind === 'fresh'
    ? { ...reply, expiresInMs: Math.ceil(reply.expiresInMs / 10_000) * 10_000 }
    : reply;
}

/** Wraps a relay target so that its commands and replies are steps of the named process. */
export function steppedRelayTarget(
  target: RelayTarget,
  process: string,
  scheduler: StepScheduler,
): RelayTarget {
  return {
    claim: (...claim) => scheduler.request(`${process}: CLAIM`, () => target.claim(...claim)),
    apply: (batch) =>
      scheduler.request(`${process}: APPLY up to ${batch.next}`, () => target.apply(batch)),
    beginClearing: (...clearing) =>
      scheduler.request(`${process}: CLEAR without keys`, () => target.beginClearing(...clearing)),
    clear: (...clearing) => scheduler.request(`${process}: CLEAR`, () => target.clear(...clearing)),
  };
}

/** Wraps a change log so that its statements and their results are steps of the named process. */
export function steppedLog(log: ChangeLog, process: string, scheduler: StepScheduler): ChangeLog {
  return {
    head: () => scheduler.request(`${process}: head of the log`, () => log.head()),
    start: () => scheduler.request(`${process}: start of the log`, () => log.start()),
    read: (after, limit) =>
      scheduler.request(`${process}: changes after ${after}`, () => log.read(after, limit)),
    prune: (before) => scheduler.request(`${process}: prune`, () => log.prune(before)),
  };
}
