import type { AuditCounts, RelayStatus, StoreState } from '@product-api/cache';
import { type MetricFamily, singleValue } from '../prometheus/metric-family.js';

/** What can be asked of a cache at any time. */
export interface ObservableCache {
  readonly state: () => StoreState;
  /** Whether the store takes no new entries. */
  readonly isFull: () => boolean;
  readonly audits: () => AuditCounts;
  /** Undefined where no relay runs. */
  readonly relayStatus: () => RelayStatus | undefined;
}

/** The state of the cache at this moment; of several processes, that of the worst off. */
export function cacheState({
  state,
  isFull,
  audits,
  relayStatus,
}: ObservableCache): MetricFamily[] {
  const { checked, stale } = audits();
  const relay = relayStatus();
  return [
    singleValue(
      {
        name: 'product_api_cache_ready',
        help: 'Whether the cache is used: 1, or 0 while requests are served without it.',
        type: 'gauge',
        merge: 'min',
      },
      state() === 'ready' ? 1 : 0,
    ),
    singleValue(
      {
        name: 'product_api_cache_full',
        help: 'Whether Redis has no memory left for new entries: 1, or 0.',
        type: 'gauge',
        merge: 'max',
      },
      isFull() ? 1 : 0,
    ),
    ...(relay ? [relayLag(relay)] : []),
    total('product_api_cache_audits_total', 'Hits that were compared with the database.', checked),
    total('product_api_cache_stale_hits_total', 'Audited hits that proved to be stale.', stale),
  ];
}

function relayLag({ lagMs }: RelayStatus): MetricFamily {
  const description = {
    name: 'product_api_relay_lag_seconds',
    help: 'Time since the cache was last seen to be up to date with the database.',
    type: 'gauge',
    merge: 'max',
  } as const;
  return singleValue(description, lagMs / 1000);
}

function total(name: string, help: string, value: number): MetricFamily {
  return singleValue({ name, help, type: 'counter', merge: 'sum' }, value);
}
