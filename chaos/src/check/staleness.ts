import type { Value } from '../history/operation.js';

/** A write that has happened or may have happened. Times are in milliseconds on one clock. */
export interface PossibleWrite {
  readonly value: Value;
  readonly begin: number;
  /** When the client got the acknowledgement; undefined when it got none. */
  readonly acknowledged: number | undefined;
  /** The latest time at which it can have happened: `Infinity` if it may still happen. */
  readonly settled: number;
}

/** How old a value was when it was read. */
export type Staleness =
  | { readonly kind: 'written'; readonly ms: number; readonly overwrittenBy?: PossibleWrite }
  | { readonly kind: 'never-written' };

/** Returns how old the value of a read was that lasted from `begin` to `end`. */
export type MeasureStaleness = (read: {
  readonly value: Value;
  readonly begin: number;
  readonly end: number;
}) => Staleness;

/** The state before the first write: the product is absent. */
const initialState: PossibleWrite = {
  value: 'absent',
  begin: -Infinity,
  acknowledged: -Infinity,
  settled: -Infinity,
};

/**
 * Returns a function that measures the staleness of reads of one product.
 *
 * A value is certainly overwritten when a write is acknowledged that began after the value's own
 * write had settled. Its staleness is the time from the first such acknowledgement to the beginning
 * of the read; 0 if there is none. If several writes left the same value (two deletes), the
 * smallest staleness counts. No order of the writes that agrees with the responses makes the read
 * fresher.
 *
 * @param writes all writes of the product, in any order; they may overlap
 */
export function stalenessOf(writes: readonly PossibleWrite[]): MeasureStaleness {
  const candidates = byValue([initialState, ...writes]);
  const overwriterOf = firstAcknowledgedAfter(writes);

  return ({ value, begin, end }) => {
    const ages = (candidates.get(value) ?? [])
      .filter((write) => write.begin <= end)
      .map((write) => ageAt(begin, overwriterOf(write.settled)));
    const youngest = ages.sort((a, b) => a.ms - b.ms)[0];
    return youngest ?? { kind: 'never-written' };
  };
}

function byValue(writes: readonly PossibleWrite[]): Map<Value, PossibleWrite[]> {
  const groups = new Map<Value, PossibleWrite[]>();
  for (const write of writes) {
    const group = groups.get(write.value);
    if (group) {
      group.push(write);
    } else {
      groups.set(write.value, [write]);
    }
  }
  return groups;
}

function ageAt(begin: number, overwrittenBy: PossibleWrite | undefined) {
  if (overwrittenBy?.acknowledged === undefined || overwrittenBy.acknowledged >= begin) {
    return { kind: 'written' as const, ms: 0 };
  }
  return { kind: 'written' as const, ms: begin - overwrittenBy.acknowledged, overwrittenBy };
}

/** Returns a function that finds the first acknowledged of the writes that began after a time. */
function firstAcknowledgedAfter(writes: readonly PossibleWrite[]) {
  const byBegin = writes
    .filter(({ acknowledged }) => acknowledged !== undefined)
    .sort((a, b) => a.begin - b.begin);
  const firstFrom = byBegin.slice();
  for (let index = byBegin.length - 2; index >= 0; index--) {
    const [here, later] = [firstFrom[index], firstFrom[index + 1]];
    if (here && later && Number(later.acknowledged) < Number(here.acknowledged)) {
      firstFrom[index] = later;
    }
  }
  return (time: number): PossibleWrite | undefined => {
    let [low, high] = [0, byBegin.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((byBegin[middle]?.begin ?? Infinity) > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return firstFrom[low];
  };
}
