import type { Process, Redis, Relay, State, Watermark } from './state.js';

const relayKinds = [
  'idle',
  'polled',
  'applying',
  'marking',
  'waiting',
  'deleting-lease',
  'deleting-value',
  'ending',
] as const satisfies readonly Relay['kind'][];

/** Returns different numbers for different states. */
export function canonicalForm({ redis, copy, processes, failoversLeft }: State): readonly number[] {
  return [
    failoversLeft,
    redisCode(redis),
    copy ? redisCode(copy) : -1,
    ...processes.map(processCode),
  ];
}

/** Joins digits from 0 to 7 to one number. */
function join(...digits: readonly number[]): number {
  return digits.reduce((code, digit) => code * 8 + digit, 0);
}

function redisCode({ claim, watermark, value, lease }: Redis): number {
  return join(digit(claim), watermarkDigit(watermark), digit(value), digit(lease));
}

function processCode(process: Process): number {
  const { mayRead, isLoading, tookFreeClaim, sawOtherClaim, relay } = process;
  const flags = [mayRead, isLoading, tookFreeClaim, sawOtherClaim].map(Number);
  return join(...flags, ...relayDigits(relay));
}

function relayDigits(relay: Relay): number[] {
  const kind = relayKinds.indexOf(relay.kind);
  switch (relay.kind) {
    case 'polled':
      return [kind, watermarkDigit(relay.seen), Number(relay.isLate)];
    case 'applying':
      return [kind, 0, Number(relay.isLate)];
    case 'marking':
      return [kind, watermarkDigit(relay.seen), 0];
    case 'waiting': {
      const processes = relay.waitsFor.reduce((bits, index) => bits | (1 << index), 0);
      return [kind, watermarkDigit(relay.seen), processes, Number(relay.next === 'marking')];
    }
    default:
      return [kind, 0, 0];
  }
}

function digit(number: number | undefined): number {
  return number === undefined ? 0 : number + 1;
}

/** Has room for two databases and three processes. */
function watermarkDigit(watermark: Watermark | undefined): number {
  switch (watermark?.kind) {
    case undefined:
      return 0;
    case 'of':
      return 1 + watermark.database;
    case 'clearing':
      return 3 + watermark.by;
  }
}
