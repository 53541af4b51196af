import { insufficientStock, productsNotFound, stockChanged, stockOverflow } from './refusals.js';
/**
 * Decides an adjustment on the current products, by id. A fault of a line refuses the whole
 * adjustment. Of several kinds of faults one is reported: unknown products before another quantity
 * than expected, before too few pieces, before too many pieces.
 *
 * @returns one change for each product in the order of its first line, or why nothing changes
 */
export function decideAdjustment(products, { lines }) {
    const unknown = new Set();
    const deltas = new Map();
    let unexpected;
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
function shortageIn(changes) {
    const shortages = changes
        .filter(({ product, delta }) => product.stock_quantity + delta < 0)
        .map(({ product: { id, stock_quantity }, delta }) => {
        return { product_id: id, requested: -delta, available: stock_quantity };
    });
    return shortages.length > 0 ? insufficientStock(shortages) : undefined;
}
function overflowIn(changes) {
    const over = changes.find(({ product, delta }) => product.stock_quantity + delta > Number.MAX_SAFE_INTEGER);
    return over && stockOverflow(quantityOf(over.product));
}
function quantityOf({ id, stock_quantity }) {
    return { product_id: id, available: stock_quantity };
}
//# sourceMappingURL=decide-adjustment.js.map