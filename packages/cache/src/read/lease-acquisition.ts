import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../store/backoff.js';
import type { CachePeek } from './cache-read.js';
import type { Failsafe } from './failsafe.js';
import type { ValueCheck } from './value-check.js';

const pollPause = { minMs: 10, maxMs: 40 };

/** The outcome of READ-OR-LEASE after a miss. */
export type Acquisition<V> =
  | { readonly kind: 'value'; readonly hit: CachePeek<V> }
  | { readonly kind: 'leased'; readonly token: string }
  /** Another reader held the lease for the whole wait. */
  | { readonly kind: 'contended' }
  /** The store could not be used. */
  | { readonly kind: 'unusable' };

/** Options for the acquisition of leases. */
export interface LeaseAcquisitionOptions<V> {
  readonly failsafe: Failsafe;
  readonly valueCheck: ValueCheck<V>;
  /** Milliseconds after which another reader may take a lease. */
  readonly leaseMs: number;
  /** Milliseconds to wait for another reader's fill. */
  readonly leaseWaitMs: number;
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/**
 * Acquires the lease of a key, or returns the value that another reader has filled meanwhile.
 *
 * @param onWait called when another reader holds the lease
 */
export type AcquireLease<V> = (key: string, onWait: () => void) => Promise<Acquisition<V>>;

/** Creates the function that acquires leases. It polls while another reader holds the lease. */
export function createLeaseAcquisition<V>(options: LeaseAcquisitionOptions<V>): AcquireLease<V> {
  return async (key, onWait) => {
    const giveUpAt = performance.now() + options.leaseWaitMs;
    for (let attempt = 0; ; attempt++) {
      const acquisition = await acquireOnce(key, options);
      if (acquisition.kind !== 'contended') {
        return acquisition;
      }
      onWait();
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
  // Each attempt has its own token: one that timed out may have left its token in the store.
  const token = randomUUID();
  const found = await failsafe('read-or-lease', key, (store) =>
    store.readOrLease(key, token, leaseMs),
  );
  switch (found?.kind) {
    case undefined:
      return { kind: 'unusable' };
    case 'leased':
      return { kind: 'leased', token };
    case 'wait':
      return { kind: 'contended' };
    case 'value': {
      const hit = valueCheck.asHit(key, found.text);
      if (hit) {
        return { kind: 'value', hit };
      }
      await valueCheck.discard(key, found.text);
      return { kind: 'contended' };
    }
  }
}
