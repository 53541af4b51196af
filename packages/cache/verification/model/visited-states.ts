import { fingerprint } from './fingerprint.js';

/** The states that a search has been in. */
export interface VisitedStates {
  /**
   * Adds the state with this canonical form, reached by a step from another; answers its number, or
   * `undefined` when it was there already.
   */
  add(form: readonly number[], parent: number, step: number): number | undefined;
  /** Which steps, each by its place among the possible ones, lead from the first state to this. */
  stepsTo(state: number): number[];
  size(): number;
}

/**
 * Makes an empty set that keeps 64-bit fingerprints, not states, in at most 34 bytes a state. The
 * chance that two of ten million states share a fingerprint, so that one goes unseen, is 1 in 370,000.
 */
export function createVisitedStates(): VisitedStates {
  let capacity = 1 << 16;
  let columns = makeColumns(capacity);
  let slots = new Uint32Array(2 * capacity);
  let size = 0;

  /** The slot of this fingerprint, or the free one where it belongs; a slot holds a number plus one. */
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
      const { high, low } = fingerprint(form);
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
