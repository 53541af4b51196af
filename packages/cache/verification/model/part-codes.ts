import {
  type Change,
  type Fence,
  processToken,
  type Reader,
  type Redis,
  type Relay,
  type Row,
  type State,
  type Watermark,
} from './state.js';

// Each part of a state is one whole number in mixed radix, with room for four writes, four
// histories, two database ids and two relays. These are the numbers of different parts.
const rows = 65;
const changes = 2 * rows;
const appliedWatermarks = 2 * 8 * 4;
const batches = 5;
const watermarks = 1 + appliedWatermarks + batches * 2;

/** 1 to exchange the two keys, else 0. */
export type Swap = 0 | 1;

/** A row's or a value's number; 0 for none. */
export function rowCode(row: Row | undefined): number {
  return row ? 1 + (row.version * 4 + row.history) * 2 + Number(row.exists) : 0;
}

/** The number of a list of changes, in which their order counts. */
export function changesCode(list: readonly Change[], swap: Swap): number {
  let code = 0;
  for (const { key, row } of list) {
    code = code * changes + rowCode(row) * 2 + (key ^ swap);
  }
  return code;
}

/** A fence's number; whose token it has is told with the reader, unless it is a process's. */
export function fenceCode(fence: Fence | undefined): number {
  return fence ? fence.floor * 2 + Number(fence.token === processToken) : 0;
}

/** A watermark's number; 0 for none. */
export function watermarkCode(watermark: Watermark | undefined): number {
  switch (watermark?.kind) {
    case undefined:
      return 0;
    case 'applied':
      return 1 + (watermark.database * 8 + watermark.seq) * 4 + watermark.history;
    case 'clearing':
      return 1 + appliedWatermarks + watermark.by * batches + watermark.batch;
  }
}

/** A reader's number, whatever its slot: its token is told by where it still is. */
export function readerCode(reader: Reader | undefined, { redis, copy }: State, swap: Swap): number {
  if (!reader) {
    return 0;
  }
  const { key, loaded } = reader;
  const marks = Number(holds(reader, redis)) * 2 + Number(holds(reader, copy));
  return 1 + (rowCode(loaded) * 4 + marks) * 2 + (key ^ swap);
}

function holds({ key, token }: Reader, redis: Redis | undefined): boolean {
  return redis?.fences[key]?.token === token;
}

/** A relay's number, whatever its slot; a whole number below 2^53 also in its largest state. */
export function relayCode(relay: Relay, swap: Swap): number {
  switch (relay.kind) {
    case 'idle':
      return 0;
    case 'looked':
      return 1 + watermarkCode(relay.seen) * 4;
    case 'applying':
      return 2 + (pairCode(relay) + changesCode(relay.changes, swap) * watermarks * watermarks) * 4;
    case 'clearing':
      return 3 + (pairCode(relay) + progressCode(relay) * watermarks * watermarks) * 4;
  }
}

function pairCode({ expected, next }: Extract<Relay, { next: Watermark }>): number {
  return watermarkCode(expected) * watermarks + watermarkCode(next);
}

function progressCode({ batch, place, found }: Extract<Relay, { place: number }>): number {
  return (batch * batches + place) * 2 + Number(found);
}
