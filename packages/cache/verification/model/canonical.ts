import {
  changesCode,
  fenceCode,
  readerCode,
  relayCode,
  rowCode,
  type Swap,
  watermarkCode,
} from './part-codes.js';
import type { Redis, State } from './state.js';

/**
 * Numbers that are the same for states that differ only in how readers are numbered, and keys and
 * relays too where `areAlike`, and different for all others.
 */
export function canonicalForm(state: State, areAlike: boolean): readonly number[] {
  const straight = encode(state, 0, areAlike);
  if (!areAlike || state.redis.values.length === 1) {
    return straight;
  }
  const swapped = encode(state, 1, areAlike);
  return isBefore(swapped, straight) ? swapped : straight;
}

/** Nothing of a state is left out, except how its slots are numbered. */
function encode(state: State, swap: Swap, relaysAlike: boolean): number[] {
  const { database, acknowledged, readers, relays } = state;
  const budget = (state.writesLeft * 8 + state.failoversLeft) * 2 + state.restoresLeft;
  const form = [budget, (database.id * 4 + database.history) * 8 + database.head];
  form.push(changesCode(database.log, swap), changesCode(state.inline, swap));
  const keys = acknowledged.length;
  for (let place = 0; place < keys; place++) {
    const key = keys === 1 ? 0 : place ^ swap;
    form.push(rowCode(database.rows[key]), acknowledged[key] ?? 0);
  }
  encodeRedis(state.redis, swap, form);
  encodeRedis(state.copy, swap, form);
  form.push(...sorted(readers.map((reader) => readerCode(reader, state, swap))));
  const relayCodes = relays.map((relay) => relayCode(relay, swap));
  form.push(...(relaysAlike ? sorted(relayCodes) : relayCodes));
  return form;
}

function encodeRedis(redis: Redis | undefined, swap: Swap, form: number[]): void {
  if (!redis) {
    form.push(-1);
    return;
  }
  const keys = redis.values.length;
  for (let place = 0; place < keys; place++) {
    const key = keys === 1 ? 0 : place ^ swap;
    form.push(rowCode(redis.values[key]), fenceCode(redis.fences[key]));
  }
  form.push(watermarkCode(redis.watermark));
}

function sorted(codes: number[]): number[] {
  return codes.sort((one, other) => one - other);
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((code, place) => code !== other[place]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
}
