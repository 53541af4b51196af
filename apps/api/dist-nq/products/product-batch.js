import { toProductId } from '@product-api/contract';
/** Returns the ids of a batch, each once, in their order. */
export function differentIds(texts) {
    const seen = new Set();
    const ids = [];
    const asked = [];
    for (const text of texts) {
        const productId = toProductId(text);
        const id = productId ?? text;
        if (!seen.has(id)) {
            seen.add(id);
            asked.push({ text, id, index: productId === undefined ? -1 : ids.push(productId) - 1 });
        }
    }
    return { ids, asked };
}
/** Prints a batch as the contract's `ProductBatch`, without parsing the texts of the products. */
export function batchText({ texts, missing }) {
    return `{"items":[${texts.join(',')}],"missing":${JSON.stringify(missing)}}`;
}
/**
 * Returns the value of `X-Cache`, such as `HIT 198, MISS 2`; undefined if no id is a product id.
 */
export function batchSources({ sources }) {
    const counted = Object.entries(sources).filter(([, count]) => count > 0);
    return counted.length === 0
        ? undefined
        : counted.map(([source, count]) => `${source.toUpperCase()} ${count}`).join(', ');
}
//# sourceMappingURL=product-batch.js.map