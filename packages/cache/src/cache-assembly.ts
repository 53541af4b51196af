import { createHitAuditor, type HitAuditor } from './audit/hit-auditor.js';
import type { CacheSettings } from './cache-options.js';
import { createEntryTtl } from './read/entry-ttl.js';
import { createFailsafe } from './read/failsafe.js';
import { createHitPath, type HitPath } from './read/hit-path.js';
import { createLeaseAcquisition } from './read/lease-acquisition.js';
import { createLeasedLoad } from './read/leased-load.js';
import { createMissPath, type MissPath } from './read/miss-path.js';
import { createValueCheck } from './read/value-check.js';
import { createEarlyRefresh } from './refresh/early-refresh.js';
import { KnownExpiries } from './refresh/known-expiries.js';

/** The parts of a cache. */
export interface CacheParts<V> {
  readonly hitPath: HitPath<V>;
  readonly followMissPath: MissPath<V>;
  readonly expiries: KnownExpiries;
  readonly auditor: HitAuditor<V>;
}

/**
 * Assembles the parts of a cache.
 *
 * @throws {RangeError} when a time to live or `ttlJitter` is out of range.
 */
export function assembleCache<V>(settings: CacheSettings<V>): CacheParts<V> {
  const failsafe = createFailsafe(settings.store, settings.onEvent);
  const valueCheck = createValueCheck({ ...settings, failsafe });
  const expiries = new KnownExpiries();
  const loadUnderLease = createLeasedLoad({
    ...settings,
    ...timesToLive(settings),
    failsafe,
    onFilled: (key, entry) => expiries.noteFill(key, entry),
  });
  const refresh = createEarlyRefresh({
    ...settings,
    failsafe,
    expiries,
    loadUnderLease,
    beta: settings.refreshBeta,
    leadMs: settings.refreshLeadMs,
  });
  const auditor = createHitAuditor({ ...settings, ...settings.audit, failsafe });
  const hitPath = createHitPath<V>({
    ...settings,
    failsafe,
    valueCheck,
    afterHit(key, hit, load, hitAt) {
      refresh(key, load, hitAt);
      auditor.consider(key, hit, load);
    },
  });
  const acquireLease = createLeaseAcquisition({ ...settings, failsafe, valueCheck });
  const followMissPath = createMissPath({ ...settings, acquireLease, loadUnderLease });
  return { hitPath, followMissPath, expiries, auditor };
}

function timesToLive<V>({ ttlSeconds, absenceTtlSeconds, ttlJitter, random }: CacheSettings<V>) {
  return {
    entryTtlMs: createEntryTtl({ ttlSeconds, ttlJitter, random }),
    absenceTtlMs:
      absenceTtlSeconds === 0
        ? undefined
        : createEntryTtl({ ttlSeconds: absenceTtlSeconds, ttlJitter, random }),
  };
}
