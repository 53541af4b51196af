import type { Bounds } from './configuration.js';
import type { Fence, Redis, Row, State, Watermark } from './state.js';

/** The token that all readers share in the variant with one token per process. */
export const PROCESS_TOKEN = -1;

/** A row before its first write. */
export const unwrittenRow: Row = { version: 0, timeline: 0, exists: true };

/** A fence that does not exist. */
export const noFence: Fence = { token: undefined, floor: 0 };

/** Returns the initial state: unwritten rows, an empty Redis, and idle readers and relays. */
export function initialState({ keys, writes, readers, relays, failovers, restore }: Bounds): State {
  return {
    database: {
      id: 0,
      timeline: 0,
      rows: Array.from({ length: keys }, () => unwrittenRow),
      log: [],
      relayStart: 1,
      head: 0,
    },
    redis: { ...emptyRedis(keys), watermark: restore === 'never' ? undefined : emptyLogWatermark },
    copy: undefined,
    readers: Array.from({ length: readers }, () => undefined),
    invalidations: [],
    relays: Array.from({ length: relays }, () => ({ kind: 'idle' as const })),
    acknowledged: Array.from({ length: keys }, () => 0),
    writesLeft: writes,
    failoversLeft: failovers,
    restoresLeft: restore === 'never' ? 0 : 1,
  };
}

/** Returns a Redis without any data. */
export function emptyRedis(keys: number): Redis {
  return {
    values: Array.from({ length: keys }, () => undefined),
    fences: Array.from({ length: keys }, () => noFence),
    watermark: undefined,
  };
}

/** The watermark of a database without changes. */
const emptyLogWatermark: Watermark = { kind: 'applied', database: 0, seq: 0, timeline: 0 };
