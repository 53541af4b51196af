import { Prisma } from '@product-api/database';
import { fromPriceUnits, toPriceUnits } from './price-units.js';
/**
 * The columns of a product, by the contract's field. All statements and the row reader are made
 * from this table; a field of the contract without a column does not compile.
 */
export const productColumns = {
    id: { column: 'id', toStored: unchanged, fromStored: text },
    // SQL by hand may leave spaces around a name; the contract trims them.
    name: { column: 'name', toStored: unchanged, fromStored: (stored) => text(stored).trim() },
    description: { column: 'description', toStored: unchanged, fromStored: text },
    price: {
        column: 'price_units',
        toStored: toPriceUnits,
        fromStored: (stored) => fromPriceUnits(integer(stored)),
    },
    stock_quantity: { column: 'stock_quantity', toStored: unchanged, fromStored: integer },
};
/** The fields of a product, in the order of their columns. */
// The type of `productColumns` makes its keys exactly the fields of a product.
export const productFields = Object.keys(productColumns);
/** The fields that an update can change, in the order of their columns. */
export const updatableFields = productFields.filter((field) => field !== 'id');
/** The names of the columns, in the same order as `productFields`. */
export const columnNames = productFields.map((field) => productColumns[field].column);
/** Returns the stored form of a field's value. */
export function storedValue(field, value) {
    return productColumns[field].toStored(value);
}
/** Returns the name of a field's column, for use in a statement. */
export function columnName(field) {
    return Prisma.raw(productColumns[field].column);
}
function unchanged(value) {
    return value;
}
function text(stored) {
    if (typeof stored !== 'string') {
        throw new TypeError(`A product's column should hold text, but holds ${typeof stored}`);
    }
    return stored;
}
function integer(stored) {
    if (typeof stored !== 'number') {
        throw new TypeError(`A product's column should hold an integer, but holds ${typeof stored}`);
    }
    return stored;
}
//# sourceMappingURL=product-columns.js.map