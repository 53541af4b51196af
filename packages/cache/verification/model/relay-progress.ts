import { acknowledgeWatermark } from './acknowledgement.js';
import type { Protocol } from './protocol.js';
import type { Relay, State, Watermark } from './state.js';

/** A relay of this kind. */
export type RelayAt<Kind extends Relay['kind']> = Extract<Relay, { kind: Kind }>;

/** The state after the relay in this slot has gone on to its next command. */
export function become(state: State, slot: number, relay: Relay): State {
  return { ...state, relays: state.relays.with(slot, relay) };
}

/** The state after a relay has moved the watermark, and knows it. */
export function moveWatermark(state: State, watermark: Watermark, protocol: Protocol): State {
  const moved = { ...state, redis: { ...state.redis, watermark } };
  return acknowledgeWatermark(moved, watermark, protocol);
}
