import type { WriteOrigin } from '../idempotency/write-origin.js';

/** How to change the stock of one product. */
export interface AdjustmentLine {
  /** The id of a product, or text that is not an id. */
  readonly id: string;
  /** The pieces to add or, if negative, to take. */
  readonly delta: number;
  /** The quantity that the change is based on. Default: any. */
  readonly expected?: number | undefined;
}

/** A change of the stock of one or several products: all or nothing. */
export interface Adjustment extends WriteOrigin {
  readonly lines: readonly AdjustmentLine[];
  readonly reason?: string | undefined;
  readonly reference?: string | undefined;
}
