import { PROCESS_TOKEN } from './initial-state.js';
import type {
  Change,
  Fence,
  Reader,
  Redis,
  Relay,
  RelayOf,
  Row,
  State,
  Watermark,
} from './state.js';

/** 1 to exchange the two keys, else 0. */
type Swap = 0 | 1;

/**
 * Returns the same numbers for two states exactly if they differ only in the numbering of readers
 * or, where `isSymmetric`, of keys and relays.
 */
export function canonicalForm(state: State, isSymmetric: boolean): readonly number[] {
  const form = encode(state, 0, isSymmetric);
  if (!isSymmetric || state.redis.values.length === 1) {
    return form;
  }
  const swapped = encode(state, 1, isSymmetric);
  return isBefore(swapped, form) ? swapped : form;
}

function encode(state: State, swap: Swap, areRelaysAlike: boolean): number[] {
  const { database, acknowledged, readers, relays } = state;
  const left = (state.writesLeft * 8 + state.failoversLeft) * 2 + state.restoresLeft;
  const form = [
    left,
    ((database.id * 4 + database.timeline) * 8 + database.head) * 8 + database.relayStart,
  ];
  form.push(changesCode(database.log, swap), changesCode(state.invalidations, swap));
  for (const key of keysInOrder(acknowledged.length, swap)) {
    form.push(rowCode(database.rows[key]), acknowledged[key] ?? 0);
  }
  pushRedis(state.redis, swap, form);
  pushRedis(state.copy, swap, form);
  form.push(...sorted(readers.map((reader) => readerCode(reader, state, swap))));
  const relayCodes = relays.map((relay) => relayCode(relay, swap));
  form.push(...(areRelaysAlike ? sorted(relayCodes) : relayCodes));
  return form;
}

function pushRedis(redis: Redis | undefined, swap: Swap, form: number[]): void {
  if (!redis) {
    form.push(-1);
    return;
  }
  for (const key of keysInOrder(redis.values.length, swap)) {
    form.push(rowCode(redis.values[key]), fenceCode(redis.fences[key]));
  }
  form.push(watermarkCode(redis.watermark));
}

function keysInOrder(keys: number, swap: Swap): readonly number[] {
  if (keys === 1) {
    return [0];
  }
  return swap ? [1, 0] : [0, 1];
}

function sorted(codes: number[]): number[] {
  return codes.sort((one, other) => one - other);
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const index = one.findIndex((code, at) => code !== other[at]);
  return index >= 0 && (one[index] ?? 0) < (other[index] ?? 0);
}

// Each part of a state becomes one whole number in mixed radix, with room for four writes, four
// timelines, two database ids and two relays. These are the radixes.
const ROW_RADIX = 65;
const CHANGE_RADIX = 2 * ROW_RADIX;
const APPLIED_WATERMARKS = 2 * 8 * 4;
const BATCH_RADIX = 5;
const WATERMARK_RADIX = 1 + APPLIED_WATERMARKS + BATCH_RADIX * 2;

function rowCode(row: Row | undefined): number {
  return row ? 1 + (row.version * 4 + row.timeline) * 2 + Number(row.exists) : 0;
}

function changesCode(changes: readonly Change[], swap: Swap): number {
  let code = 0;
  for (const { key, row } of changes) {
    code = code * CHANGE_RADIX + rowCode(row) * 2 + (key ^ swap);
  }
  return code;
}

/** Leaves out the token, which `readerCode` encodes, except a token per process. */
function fenceCode(fence: Fence | undefined): number {
  return fence ? fence.floor * 2 + Number(fence.token === PROCESS_TOKEN) : 0;
}

function watermarkCode(watermark: Watermark | undefined): number {
  switch (watermark?.kind) {
    case undefined:
      return 0;
    case 'applied':
      return 1 + (watermark.database * 8 + watermark.seq) * 4 + watermark.timeline;
    case 'clearing':
      return 1 + APPLIED_WATERMARKS + watermark.by * BATCH_RADIX + watermark.batch;
  }
}

/**
 * Encodes, instead of the token, which fences have it: the numbering of readers must not matter.
 */
function readerCode(reader: Reader | undefined, { redis, copy }: State, swap: Swap): number {
  if (!reader) {
    return 0;
  }
  const { key, loaded } = reader;
  const leases = Number(hasLease(reader, redis)) * 2 + Number(hasLease(reader, copy));
  return 1 + (rowCode(loaded) * 4 + leases) * 2 + (key ^ swap);
}

function hasLease({ key, token }: Reader, redis: Redis | undefined): boolean {
  return redis?.fences[key]?.token === token;
}

/** The largest code is below 2^53, so that all codes are exact. */
function relayCode(relay: Relay, swap: Swap): number {
  const radix = WATERMARK_RADIX * WATERMARK_RADIX;
  switch (relay.kind) {
    case 'idle':
      return 0;
    case 'polled':
      return 1 + watermarkCode(relay.seen) * 4;
    case 'applying':
      return 2 + (watermarksCode(relay) + changesCode(relay.changes, swap) * radix) * 4;
    case 'clearing':
      return 3 + (watermarksCode(relay) + progressCode(relay) * radix) * 4;
  }
}

function watermarksCode({ expected, next }: RelayOf<'applying' | 'clearing'>): number {
  return watermarkCode(expected) * WATERMARK_RADIX + watermarkCode(next);
}

function progressCode({ batch, position, found }: RelayOf<'clearing'>): number {
  return (batch * BATCH_RADIX + position) * 2 + Number(found);
}
