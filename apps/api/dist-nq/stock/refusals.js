/**
 * Refuses an adjustment of products that do not exist.
 *
 * @param ids the unknown ids, at least one
 */
export function productsNotFound(ids) {
    return {
        kind: 'product-not-found',
        detail: `${ids.length === 1 ? 'Product' : 'Products'} not found: ${ids.join(', ')}`,
        extensions: { product_ids: ids },
    };
}
/**
 * Refuses an adjustment that would take more pieces than there are.
 *
 * @param shortages every product with too few pieces, at least one
 */
export function insufficientStock(shortages) {
    return {
        kind: 'insufficient-stock',
        detail: 'There are not enough pieces in stock',
        extensions: { shortages },
    };
}
/** Refuses an adjustment of a quantity that is not the expected one. */
export function stockChanged(quantity, expected) {
    return {
        kind: 'stock-changed',
        detail: `The quantity in stock is ${quantity.available}, not the expected ${expected}`,
        extensions: quantity,
    };
}
/** Refuses an adjustment that would lead above the highest quantity. */
export function stockOverflow(quantity) {
    return {
        kind: 'stock-overflow',
        detail: `The quantity in stock would exceed ${Number.MAX_SAFE_INTEGER}`,
        extensions: quantity,
    };
}
//# sourceMappingURL=refusals.js.map