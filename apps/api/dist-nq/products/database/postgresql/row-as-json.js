import { Prisma } from '@product-api/database';
import { columnNames } from '../product-columns.js';
const columns = [...columnNames, 'version'];
/** A row as one JSON array, in the order of `rowColumns`. */
export const rowAsJson = Prisma.raw(`json_build_array(${columns.join(', ')})`);
/** The row of the table `product` as the text of one JSON array. */
export const productAsText = Prisma.raw(`json_build_array(${columns.map((column) => `product.${column}`).join(', ')})::text`);
//# sourceMappingURL=row-as-json.js.map