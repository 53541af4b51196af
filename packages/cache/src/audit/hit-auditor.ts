import { LRUCache } from 'lru-cache';
import type { CacheEvent } from '../read/cache-event.js';
import type { CachePeek, Load } from '../read/cache-read.js';
import type { Codec } from '../read/codec.js';
import type { Failsafe } from '../read/failsafe.js';
import { createHitAudit } from './hit-audit.js';
import { createHitSampler } from './hit-sampler.js';

const MAX_REPORTED_KEYS = 1000;
const MAX_IN_FLIGHT = 8;

/** Options for the audit of hits. */
export interface AuditOptions {
  /** One of this many hits is compared with the source, on average; 0: none. Default 1000. */
  readonly every?: number;
  /** The most audits per second. Default 5. */
  readonly perSecond?: number;
  /**
   * Milliseconds within which the cache promises to follow its source, the relay's poll interval
   * included. Default 1000.
   */
  readonly boundMs?: number;
}

/** The results of all audits since the start. */
export interface AuditCounts {
  /** The number of hits that were compared with their source. */
  readonly checked: number;
  /** The number of stale texts that were found. Each counts once. */
  readonly stale: number;
}

/** Compares a sample of hits with their source, in the background. */
export interface HitAuditor<V> {
  /** Called with each hit; audits it if it is chosen. */
  consider(key: string, hit: CachePeek<V>, load: Load<V>): void;
  counts(): AuditCounts;
  /** Ends waiting audits. */
  close(): void;
}

/** Options for an auditor. */
export interface HitAuditorOptions<V> extends AuditOptions {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly onEvent: (event: CacheEvent) => void;
}

/**
 * Creates an auditor. It audits at most 8 hits at a time and reports each stale text of a key once.
 * A value that an operator wrote into the store by hand counts as stale if the source differs.
 */
export function createHitAuditor<V>(options: HitAuditorOptions<V>): HitAuditor<V> {
  const { every = 1000, perSecond = 5, boundMs = 1000, onEvent, now, random } = options;
  const { codec, failsafe } = options;
  const abort = new AbortController();
  const isChosen = every === 0 ? () => false : createHitSampler({ every, perSecond, now, random });
  const audit = createHitAudit({ codec, failsafe, boundMs, signal: abort.signal });
  const reported = new LRUCache<string, string>({ max: MAX_REPORTED_KEYS });
  /** The edited hits that were audited. A hit is the same object while its text is memoized. */
  const auditedEdits = new WeakSet<CachePeek<V>>();
  let inFlight = 0;
  let checked = 0;
  let stale = 0;

  async function run(key: string, hit: CachePeek<V>, load: Load<V>): Promise<void> {
    const evidence = await audit(key, hit, load);
    checked += 1;
    if (evidence && reported.get(key) !== evidence.cached) {
      reported.set(key, evidence.cached);
      stale += 1;
      onEvent({ type: 'stale-hit', key, ...evidence });
    }
  }

  /** Returns whether a hit is an edit that was not audited yet: all edits are audited once. */
  function isNewEdit(hit: CachePeek<V>): boolean {
    const isEdit = 'text' in hit && hit.edited !== undefined;
    if (every === 0 || !isEdit || auditedEdits.has(hit)) {
      return false;
    }
    auditedEdits.add(hit);
    return true;
  }

  return {
    consider(key, hit, load) {
      // While too many audits run, an edit is left to a later hit.
      if (inFlight < MAX_IN_FLIGHT && (isChosen() || isNewEdit(hit))) {
        inFlight += 1;
        run(key, hit, load)
          // Callers of the source see its errors themselves; this audit just has no result.
          .catch(() => undefined)
          .finally(() => {
            inFlight -= 1;
          });
      }
    },
    counts: () => ({ checked, stale }),
    close: () => abort.abort(),
  };
}
