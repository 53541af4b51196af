import type { ChangeOptions } from './call-options.js';

/** Options of a restoration. */
export interface RestoreOptions extends ChangeOptions {
  /**
   * The version whose values the product gets. Required if the product exists. Default: the last
   * one before the deletion.
   */
  readonly version?: number | undefined;
  /**
   * Whether a product that exists keeps its quantity in stock, instead of getting that of the
   * version. Default: false.
   */
  readonly keepStock?: boolean | undefined;
}
