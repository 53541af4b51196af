import { toStoredProduct } from './product-row.js';
/**
 * Runs a statement that `selectPage` built.
 *
 * @throws {TypeError} when the database returns something else than a page
 */
export async function queryPage(read, statement) {
    const [result] = await read(statement);
    const { page = 'null', found = 0 } = result ?? {};
    const rows = JSON.parse(page);
    if (!Array.isArray(rows)) {
        throw new TypeError('The database returned a page that is not an array');
    }
    return { rows: rows.map(toPageRow), found: Number(found), size: page.length };
}
function toPageRow(row) {
    const [product, sortValue] = Array.isArray(row) ? row : [];
    if (typeof sortValue !== 'string' && typeof sortValue !== 'number') {
        throw new TypeError('The database returned a row without the value that the page is sorted by');
    }
    return { stored: toStoredProduct(product), sortValue };
}
//# sourceMappingURL=query-page.js.map