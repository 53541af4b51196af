import { GroupCommit } from '../../concurrency/group-commit.js';
import type { Adjustment } from '../adjustment.js';
import {
  commitAdjustments,
  type OutcomeOf,
  RowsLockedError,
  type StockTable,
} from './commit-adjustments.js';

/** The share of the connections that transactions which wait for a lock may use. */
const WAITING_SHARE = 1 / 2;

/** Adjustments in their order that have products in common. */
type Connected = readonly Adjustment[];

/**
 * Keeps a locked product from delaying the adjustments of other products. On PostgreSQL, another
 * program or a slow writer may hold the lock of a row; adjustments that need it wait in a
 * transaction of their own.
 */
export class LockedProducts {
  readonly #table: StockTable;
  readonly #waits: GroupCommit<Connected, OutcomeOf>;

  /** @param failsWaiting returns whether an error also fails the transactions that wait to begin */
  constructor(table: StockTable, failsWaiting: (error: unknown) => boolean) {
    this.#table = table;
    this.#waits = new GroupCommit({
      commit: async ([connected = []]) => {
        const outcomeOf = await commitAdjustments(table, connected, 'wait');
        return async () => outcomeOf;
      },
      rowsOf: () => [],
      sharesRows: true,
      sizeOf: () => 1,
      maxSize: 1,
      maxInFlight: Math.max(1, Math.floor(table.database.connections * WAITING_SHARE)),
      failsWaiting,
    });
  }

  /**
   * Commits adjustments in one transaction, except for those of locked products, whose outcomes
   * come later.
   */
  async commitAround(adjustments: readonly Adjustment[]): Promise<OutcomeOf> {
    const locked = new Set<string>();
    for (;;) {
      const { free, waiting } = divide(adjustments, locked);
      try {
        const outcomeOf =
          free.length > 0 ? await commitAdjustments(this.#table, free, 'fail') : none;
        return this.#withWaiting(outcomeOf, waiting);
      } catch (error) {
        if (!(error instanceof RowsLockedError)) {
          throw error;
        }
        for (const id of error.ids) {
          locked.add(id);
        }
      }
    }
  }

  #withWaiting(outcomeOf: OutcomeOf, waiting: readonly Adjustment[]): OutcomeOf {
    const later = new Map<Adjustment, Promise<OutcomeOf>>();
    for (const connected of connectedSets(waiting)) {
      const outcomes = this.#waits.request(connected);
      for (const adjustment of connected) {
        later.set(adjustment, outcomes);
      }
    }
    return async (adjustment) => {
      const outcomes = later.get(adjustment);
      return outcomes ? (await outcomes)(adjustment) : outcomeOf(adjustment);
    };
  }
}

const none: OutcomeOf = () => Promise.reject(new TypeError('The adjustment is not of the group'));

/**
 * Divides adjustments into those that can be made now, and those that need a locked product or come
 * after one of these with the same product.
 */
function divide(adjustments: readonly Adjustment[], locked: ReadonlySet<string>) {
  const blocked = new Set(locked);
  const free: Adjustment[] = [];
  const waiting: Adjustment[] = [];
  for (const adjustment of adjustments) {
    if (adjustment.lines.some(({ id }) => blocked.has(id))) {
      waiting.push(adjustment);
      for (const { id } of adjustment.lines) {
        blocked.add(id);
      }
    } else {
      free.push(adjustment);
    }
  }
  return { free, waiting };
}

/** Splits adjustments into sets that have no product in common, each in its order. */
function connectedSets(adjustments: readonly Adjustment[]): readonly Connected[] {
  let sets: { readonly ids: Set<string>; readonly adjustments: readonly Adjustment[] }[] = [];
  for (const adjustment of adjustments) {
    const ids = new Set(adjustment.lines.map(({ id }) => id));
    const touching = sets.filter((set) => [...ids].some((id) => set.ids.has(id)));
    const merged = {
      ids: new Set([...ids, ...touching.flatMap((set) => [...set.ids])]),
      adjustments: [...touching.flatMap((set) => set.adjustments), adjustment],
    };
    sets = [...sets.filter((set) => !touching.includes(set)), merged];
  }
  return sets.map((set) => set.adjustments);
}
