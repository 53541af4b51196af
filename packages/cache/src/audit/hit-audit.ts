import { setTimeout as sleep } from 'node:timers/promises';
import type { StaleEvidence } from '../read/cache-event.js';
import type { CachePeek, Load } from '../read/cache-read.js';
import { ABSENCE_TEXT, type Codec } from '../read/codec.js';
import type { Failsafe } from '../read/failsafe.js';
import { loadText } from '../read/loaded-text.js';

const MAX_ROUNDS = 3;

/** Options for an audit. */
export interface HitAuditOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  /** Milliseconds within which the cache promises to follow its source. */
  readonly boundMs: number;
  /** Ends waiting audits when it is aborted. */
  readonly signal: AbortSignal;
}

/** Compares a hit with its source. Returns `undefined` unless the hit is proven to be stale. */
export type HitAudit<V> = (
  key: string,
  hit: CachePeek<V>,
  load: Load<V>,
) => Promise<StaleEvidence | undefined>;

/**
 * Creates the audit of a hit. A difference alone proves nothing, because a write may have come
 * between the two reads. The audit therefore waits for the bound and reads both again. A hit is
 * stale if the store still has the same text and the source had the same different version before
 * and after the wait. If the source has changed meanwhile, the audit waits again, up to three
 * times.
 *
 * The audit rejects with the load's error, and when its signal is aborted.
 */
export function createHitAudit<V>(options: HitAuditOptions<V>): HitAudit<V> {
  const { codec, failsafe, boundMs, signal } = options;
  return async (key, hit, load) => {
    // An operator may have written the same value in another form, so the served text is compared.
    const served = 'text' in hit ? hit.text : undefined;
    const stored = 'text' in hit ? (hit.edited ?? hit.text) : ABSENCE_TEXT;
    let before = await loadText(key, load, codec);
    for (let round = 0; round < MAX_ROUNDS && before?.text !== served; round++) {
      const since = performance.now();
      await sleep(boundMs, undefined, { signal, ref: false });
      if ((await failsafe('get', key, (store) => store.get(key))) !== stored) {
        return undefined;
      }
      const currentForMs = Math.floor(performance.now() - since);
      const after = await loadText(key, load, codec);
      if (after?.version === before?.version) {
        const cached = served ?? ABSENCE_TEXT;
        return { cached, current: before?.text, version: before?.version, currentForMs };
      }
      before = after;
    }
    return undefined;
  };
}
