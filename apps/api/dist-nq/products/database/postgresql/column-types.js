import { productColumns, productFields } from '../product-columns.js';
/** The type of each field's column. A field of the contract without a type does not compile. */
const columnTypes = {
    id: 'uuid',
    name: 'text',
    description: 'text',
    price: 'bigint',
    stock_quantity: 'bigint',
};
/**
 * Returns the columns of fields with their types, as a statement declares those of a JSON record.
 */
export function declareColumns(fields) {
    return fields.map((field) => `${productColumns[field].column} ${columnTypes[field]}`).join(', ');
}
/** The declaration of a whole product, without its version. */
export const declaredProduct = declareColumns(productFields);
//# sourceMappingURL=column-types.js.map