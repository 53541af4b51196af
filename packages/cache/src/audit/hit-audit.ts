import { setTimeout as sleep } from 'node:timers/promises';
import { absenceText } from '../read/absence.js';
import type { StaleEvidence } from '../read/cache-event.js';
import type { CachePeek, Load } from '../read/cache-read.js';
import type { Codec } from '../read/codec.js';
import type { Failsafe } from '../read/failsafe.js';
import { loadText } from '../read/loaded-text.js';

const maxRounds = 3;

/** What an audit needs. */
export interface HitAuditOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  /** Milliseconds within which the cache promises to follow the source. */
  readonly boundMs: number;
  /** Ends audits that wait. */
  readonly signal: AbortSignal;
}

/** Compares a hit with its source: `undefined` if they agree, or if it cannot be known. */
export type HitAudit<V> = (
  key: string,
  hit: CachePeek<V>,
  load: Load<V>,
) => Promise<StaleEvidence | undefined>;

/**
 * Makes the audit of a hit. A difference alone proves nothing, since a write may have come between
 * the two reads. So it waits for the bound and looks again: a hit is stale if the store still gives
 * the same text, while the source had the same other version from before the wait until after it.
 * Values that are written over more often than that prove nothing either.
 *
 * The audit rejects as the load does, and when its signal is aborted.
 */
export function createHitAudit<V>(options: HitAuditOptions<V>): HitAudit<V> {
  const { codec, failsafe, boundMs, signal } = options;
  return async (key, hit, load) => {
    // An operator may have written the same value in another form: what is served counts.
    const seen = 'text' in hit ? hit.text : undefined;
    const stored = 'text' in hit ? (hit.edited ?? hit.text) : absenceText;
    let before = await loadText(key, load, codec);
    for (let round = 0; round < maxRounds && before?.text !== seen; round++) {
      const since = performance.now();
      await sleep(boundMs, undefined, { signal, ref: false });
      if ((await failsafe('get', key, (store) => store.get(key))) !== stored) {
        return undefined;
      }
      const currentForMs = Math.floor(performance.now() - since);
      const after = await loadText(key, load, codec);
      if (after?.version === before?.version) {
        const cached = seen ?? absenceText;
        return { cached, current: before?.text, version: before?.version, currentForMs };
      }
      before = after;
    }
    return undefined;
  };
}
