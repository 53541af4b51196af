import { Prisma } from '@product-api/database';
import { columnNames, productColumns, productFields } from './product-columns.js';
/** The columns that `toStoredProduct` reads, in its order. */
export const rowColumns = Prisma.raw([...columnNames, 'version'].join(', '));
/**
 * Runs a statement that returns rows of one column `product`, the JSON array of `rowColumns`.
 *
 * @returns the products, by id
 */
export async function queryProducts(client, statement) {
    const rows = await client.$queryRaw(statement);
    const products = rows.map((row) => toStoredProduct(JSON.parse(row.product)));
    return new Map(products.map((stored) => [stored.product.id, stored]));
}
/** Each reads the value of one column into a product. */
const readers = productFields.map((field) => {
    const { fromStored } = productColumns[field];
    return (product, stored) => {
        const value = fromStored(stored);
        // An optional field without a value is left out, as in JSON.
        if (value !== undefined) {
            product[field] = value;
        }
    };
});
/**
 * Reads a product from a parsed JSON array of `rowColumns`.
 *
 * @throws {TypeError} when the value is not such an array
 */
export function toStoredProduct(row) {
    const version = Array.isArray(row) ? row[productFields.length] : undefined;
    if (!Array.isArray(row) || typeof version !== 'number') {
        throw new TypeError('The database returned a row that is not a product');
    }
    const product = {};
    for (let index = 0; index < readers.length; index++) {
        readers[index]?.(product, row[index]);
    }
    // Every field was set from the column of its own type.
    return { product: product, version };
}
//# sourceMappingURL=product-row.js.map