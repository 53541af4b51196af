/** The states that a search has visited. */
export interface VisitedStates {
  /**
   * Adds a state that a step leads to from the state `parent`. Returns the number of the new state,
   * or undefined if it was visited before.
   *
   * @param step the index of the step among the possible ones.
   */
  add(form: readonly number[], parent: number, step: number): number | undefined;
  /** Returns the indexes of the steps that lead from the initial state to this one. */
  stepsTo(state: number): number[];
  size(): number;
}

/**
 * Creates an empty set. It keeps a 64-bit hash of each state, in at most 34 bytes a state. The
 * search misses a state whose hash is that of another one; the probability that this happens at all
 * among ten million states is 1 in 370,000.
 */
export function createVisitedStates(): VisitedStates {
  let capacity = 1 << 16;
  let columns = makeColumns(capacity);
  let slots = new Uint32Array(2 * capacity);
  let size = 0;

  /**
   * Returns the slot of a hash, or the free slot for it. A slot holds a state's number plus one.
   */
  function findSlot(high: number, low: number): number {
    const mask = slots.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const state = (slots[slot] ?? 0) - 1;
      if (state < 0 || (columns.high[state] === high && columns.low[state] === low)) {
        return slot;
      }
    }
  }

  function grow(): void {
    const old = columns;
    capacity *= 2;
    columns = makeColumns(capacity);
    columns.high.set(old.high);
    columns.low.set(old.low);
    columns.parent.set(old.parent);
    columns.step.set(old.step);
    slots = new Uint32Array(2 * capacity);
    for (let state = 0; state < size; state++) {
      slots[findSlot(columns.high[state] ?? 0, columns.low[state] ?? 0)] = state + 1;
    }
  }

  return {
    add(form, parent, step) {
      const { high, low } = hash(form);
      if (size === capacity) {
        grow();
      }
      const slot = findSlot(high, low);
      if (slots[slot]) {
        return undefined;
      }
      columns.high[size] = high;
      columns.low[size] = low;
      columns.parent[size] = parent;
      columns.step[size] = step;
      size += 1;
      slots[slot] = size;
      return size - 1;
    },

    stepsTo(state) {
      const steps: number[] = [];
      for (let at = state; at > 0; at = columns.parent[at] ?? 0) {
        steps.unshift(columns.step[at] ?? 0);
      }
      return steps;
    },

    size: () => size,
  };
}

function makeColumns(capacity: number) {
  return {
    high: new Uint32Array(capacity),
    low: new Uint32Array(capacity),
    parent: new Uint32Array(capacity),
    step: new Uint16Array(capacity),
  };
}

/** Hashes whole numbers to 64 bits, in two unsigned halves (after cyrb53, by bryc). */
function hash(numbers: readonly number[]): { high: number; low: number } {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const number of numbers) {
    const upper = Math.floor(number / 2 ** 32);
    high = Math.imul(high ^ number, 2654435761);
    high = Math.imul(high ^ (high >>> 15) ^ upper, 2246822519);
    low = Math.imul(low ^ number, 1597334677);
    low = Math.imul(low ^ (low >>> 13) ^ upper, 3266489917);
  }
  const mixed = mixHalves(high, low);
  return { high: mixed, low: mixHalves(low, mixed) };
}

function mixHalves(half: number, other: number): number {
  const mixed = Math.imul(half ^ (half >>> 16), 2246822507);
  return (mixed ^ Math.imul(other ^ (other >>> 13), 3266489909)) >>> 0;
}
