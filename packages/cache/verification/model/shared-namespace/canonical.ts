import type { Process, Redis, Relay, State, Watermark } from './state.js';

const relayKinds = [
  'idle',
  'looked',
  'applying',
  'marking',
  'waiting',
  'deleting-leases',
  'deleting-values',
  'ending',
] as const satisfies readonly Relay['kind'][];

/** Numbers that are different for states that differ. */
export function canonicalForm({ redis, copy, processes, failoversLeft }: State): readonly number[] {
  return [
    failoversLeft,
    redisCode(redis),
    copy ? redisCode(copy) : -1,
    ...processes.map(processCode),
  ];
}

// Each part is a digit below 8; 0 stands for none.
function join(...digits: readonly number[]): number {
  return digits.reduce((code, digit) => code * 8 + digit, 0);
}

function redisCode({ claim, watermark, value, lease }: Redis): number {
  return join(digit(claim), watermarkDigit(watermark), digit(value), digit(lease));
}

function processCode(process: Process): number {
  const { trusts, isLoading, hasTaken, metOther, relay } = process;
  const flags = [trusts, isLoading, hasTaken, metOther].map(Number);
  return join(...flags, ...relayDigits(relay));
}

function relayDigits(relay: Relay): number[] {
  const kind = relayKinds.indexOf(relay.kind);
  switch (relay.kind) {
    case 'looked':
      return [kind, watermarkDigit(relay.seen), Number(relay.isLate)];
    case 'applying':
      return [kind, 0, Number(relay.isLate)];
    case 'marking':
      return [kind, watermarkDigit(relay.seen), 0];
    case 'waiting': {
      const slots = relay.waitsFor.reduce((bits, slot) => bits | (1 << slot), 0);
      return [kind, watermarkDigit(relay.seen), slots, Number(relay.next === 'marking')];
    }
    default:
      return [kind, 0, 0];
  }
}

function digit(number: number | undefined): number {
  return number === undefined ? 0 : number + 1;
}

/** Two databases and at most three processes. */
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
