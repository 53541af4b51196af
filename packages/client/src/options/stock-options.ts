import type { WriteOptions } from './call-options.js';

/** Options of an adjustment of several products. */
export interface AdjustStockOptions extends WriteOptions {
  /** Why the stock changes, for the ledger: up to 100 characters. Default: none. */
  readonly reason?: string | undefined;
  /** What the change belongs to, such as the number of an order: up to 200 characters. */
  readonly reference?: string | undefined;
}
