import type { Bounds } from './configuration.js';
import { noFence, type Redis, type State, unwritten, type Watermark } from './state.js';

/** Rows that were never written to, an empty Redis, and nobody at work. */
export function initialState({ keys, writes, readers, relays, failovers, restore }: Bounds): State {
  return {
    database: {
      id: 0,
      history: 0,
      rows: Array.from({ length: keys }, () => unwritten),
      log: [],
      head: 0,
    },
    redis: { ...emptyRedis(keys), watermark: restore === 'never' ? undefined : start },
    copy: undefined,
    readers: Array.from({ length: readers }, () => undefined),
    inline: [],
    relays: Array.from({ length: relays }, () => ({ kind: 'idle' as const })),
    acknowledged: Array.from({ length: keys }, () => 0),
    writesLeft: writes,
    failoversLeft: failovers,
    restoresLeft: restore === 'never' ? 0 : 1,
  };
}

/** Redis that knows nothing. */
export function emptyRedis(keys: number): Redis {
  return {
    values: Array.from({ length: keys }, () => undefined),
    fences: Array.from({ length: keys }, () => noFence),
    watermark: undefined,
  };
}

/** The watermark of a database without changes. */
const start: Watermark = { kind: 'applied', database: 0, seq: 0, history: 0 };
