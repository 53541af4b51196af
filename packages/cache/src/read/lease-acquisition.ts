import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../store/backoff.js';
import type { CachePeek } from './cache-read.js';
import type { Failsafe } from './failsafe.js';
import type { ValueCheck } from './value-check.js';

const pollPause = { minMs: 10, maxMs: 40 };

/** What a reader gets after a miss. */
export type Acquisition<V> =
  | { readonly kind: 'value'; readonly hit: CachePeek<V> }
  | { readonly kind: 'leased'; readonly token: string }
  /** Another reader kept the lease for longer than one waits. */
  | { readonly kind: 'contended' }
  | { readonly kind: 'unusable' };

/** How a lease is acquired. */
export interface LeaseAcquisitionOptions<V> {
  readonly failsafe: Failsafe;
  readonly valueCheck: ValueCheck<V>;
  /** Milliseconds after which another reader may take a lease. */
  readonly leaseMs: number;
  /** Milliseconds to wait for another reader's fill. */
  readonly leaseWaitMs: number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}

/** Acquires the lease of a key, or the value that another reader has filled meanwhile. */
export type AcquireLease<V> = (key: string) => Promise<Acquisition<V>>;

/** Makes the function that acquires leases, polling for a bounded time while another has it. */
export function createLeaseAcquisition<V>(options: LeaseAcquisitionOptions<V>): AcquireLease<V> {
  return async (key) => {
    const giveUpAt = performance.now() + options.leaseWaitMs;
    for (let attempt = 0; ; attempt++) {
      const acquisition = await acquireOnce(key, options);
      if (acquisition.kind !== 'contended') {
        return acquisition;
      }
      const pause = backoffMs(attempt, pollPause, options.random);
      if (performance.now() + pause > giveUpAt) {
        return acquisition;
      }
      await sleep(pause);
    }
  };
}

async function acquireOnce<V>(
  key: string,
  { failsafe, valueCheck, leaseMs }: LeaseAcquisitionOptions<V>,
): Promise<Acquisition<V>> {
  // Fresh for every attempt: one that timed out may have left its token in the store.
  const token = randomUUID();
  const answer = await failsafe('read-or-lease', key, (store) =>
    store.readOrLease(key, token, leaseMs),
  );
  switch (answer?.kind) {
    case undefined:
      return { kind: 'unusable' };
    case 'leased':
      return { kind: 'leased', token };
    case 'wait':
      return { kind: 'contended' };
    case 'value': {
      const hit = valueCheck.asHit(key, answer.text);
      if (hit) {
        return { kind: 'value', hit };
      }
      await valueCheck.discard(key, answer.text);
      return { kind: 'contended' };
    }
  }
}
