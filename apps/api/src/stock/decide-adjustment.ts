import type { Product } from '@product-api/contract';
import type { Adjustment } from './adjustment.js';
import type { Refusal } from './adjustment-outcome.js';
import { insufficientStock, productsNotFound, stockChanged, stockOverflow } from './refusals.js';

/** What an adjustment does to one product. */
export interface ProductChange {
  readonly product: Product;
  /** The sum of the adjustment's lines for the product; it may be 0. */
  readonly delta: number;
}

/** What an adjustment does, or why it is refused. */
export type AdjustmentDecision =
  | { readonly changes: readonly ProductChange[] }
  | { readonly refusal: Refusal };

/**
 * Decides an adjustment on the current products, by id. A fault of a line refuses the whole
 * adjustment. Of several kinds of faults one is reported: unknown products before another quantity
 * than expected, before too few pieces, before too many pieces.
 *
 * @returns one change for each product in the order of its first line, or why nothing changes
 */
export function decideAdjustment(
  products: ReadonlyMap<string, Product>,
  { lines }: Adjustment,
): AdjustmentDecision {
  const unknown = new Set<string>();
  const deltas = new Map<Product, bigint>();
  let unexpected: Refusal | undefined;
  for (const { id, delta, expected } of lines) {
    const product = products.get(id);
    if (product === undefined) {
      unknown.add(id);
      continue;
    }
    // A hundred safe integers can exceed what a number holds exactly before they cancel out.
    deltas.set(product, (deltas.get(product) ?? 0n) + BigInt(delta));
    if (expected !== undefined && expected !== product.stock_quantity) {
      unexpected ??= stockChanged(quantityOf(product), expected);
    }
  }
  if (unknown.size > 0) {
    return { refusal: productsNotFound([...unknown]) };
  }
  // A sum that is not a safe integer is out of range in its direction, however it is rounded.
  const changes = Array.from(deltas, ([product, delta]) => ({ product, delta: Number(delta) }));
  const refusal = unexpected ?? shortageIn(changes) ?? overflowIn(changes);
  return refusal ? { refusal } : { changes };
}

function shortageIn(changes: readonly ProductChange[]): Refusal | undefined {
  const shortages = changes
    .filter(({ product, delta }) => product.stock_quantity + delta < 0)
    .map(({ product: { id, stock_quantity }, delta }) => {
      // JSON has no larger integer that every reader takes exactly.
      const requested = Math.min(-delta, Number.MAX_SAFE_INTEGER);
      return { product_id: id, requested, available: stock_quantity };
    });
  return shortages.length > 0 ? insufficientStock(shortages) : undefined;
}

function overflowIn(changes: readonly ProductChange[]): Refusal | undefined {
  const over = changes.find(
    ({ product, delta }) => product.stock_quantity + delta > Number.MAX_SAFE_INTEGER,
  );
  return over && stockOverflow(quantityOf(over.product));
}

function quantityOf({ id, stock_quantity }: Product) {
  return { product_id: id, available: stock_quantity };
}
