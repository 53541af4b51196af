import { LRUCache } from 'lru-cache';
import type { CacheEvent } from '../read/cache-event.js';
import type { CachePeek, Load } from '../read/cache-read.js';
import type { Codec } from '../read/codec.js';
import type { Failsafe } from '../read/failsafe.js';
import { createHitAudit } from './hit-audit.js';
import { createHitSampler } from './hit-sampler.js';

const maxRemembered = 1000;
const maxUnderWay = 8;

/** How hits are audited. */
export interface AuditOptions {
  /** One in so many hits is compared with the source, on average; 0: none. Default 1000. */
  readonly every?: number;
  /** At most so many in a second. Default 5. */
  readonly perSecond?: number;
  /**
   * Milliseconds within which the cache promises to follow the source, by the slowest way: the
   * relay's poll interval on top. Default 1000.
   */
  readonly boundMs?: number;
}

/** What audits found since the start. */
export interface AuditCounts {
  /** Hits that were compared with their source. */
  readonly checked: number;
  /** Stale texts that were found; each counts once. */
  readonly stale: number;
}

/** Compares a sample of hits with the source, behind the answers. */
export interface HitAuditor<V> {
  /** To be called with each hit; audits it if it is chosen. */
  consider(key: string, hit: CachePeek<V>, load: Load<V>): void;
  counts(): AuditCounts;
  /** Ends the audits that wait. */
  close(): void;
}

/** What an auditor works with. */
export interface HitAuditorOptions<V> extends AuditOptions {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  /** The clock, in milliseconds from any start. */
  readonly now: () => number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  readonly onEvent: (event: CacheEvent) => void;
}

/**
 * Makes an auditor, which audits at most 8 hits at a time and reports each stale text of a key once.
 * What an operator writes into the store by hand counts, where it is not what the source has.
 */
export function createHitAuditor<V>(options: HitAuditorOptions<V>): HitAuditor<V> {
  const { every = 1000, perSecond = 5, boundMs = 1000, onEvent, now, random } = options;
  const { codec, failsafe } = options;
  const abort = new AbortController();
  const isChosen = every === 0 ? () => false : createHitSampler({ every, perSecond, now, random });
  const audit = createHitAudit({ codec, failsafe, boundMs, signal: abort.signal });
  const reported = new LRUCache<string, string>({ max: maxRemembered });
  /** A hit is the same object for as long as its text is remembered. */
  const edits = new WeakSet<CachePeek<V>>();
  let underWay = 0;
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

  /** Whether the value is an edit that was not audited yet: each is, beside the sample. */
  function isNewEdit(hit: CachePeek<V>): boolean {
    const isEdit = 'text' in hit && hit.edited !== undefined;
    if (every === 0 || !isEdit || edits.has(hit)) {
      return false;
    }
    edits.add(hit);
    return true;
  }

  return {
    consider(key, hit, load) {
      // An edit that comes while too many audits run is audited at a later hit.
      if (underWay < maxUnderWay && (isChosen() || isNewEdit(hit))) {
        underWay += 1;
        run(key, hit, load)
          // A source that fails tells its own callers; an audit without it has no result.
          .catch(() => undefined)
          .finally(() => {
            underWay -= 1;
          });
      }
    },
    counts: () => ({ checked, stale }),
    close: () => abort.abort(),
  };
}
