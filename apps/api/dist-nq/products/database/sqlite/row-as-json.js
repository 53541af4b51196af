import { Prisma } from '@product-api/database';
import { rowColumns } from '../product-row.js';
/** A row as one JSON array: cheaper than to let Prisma convert the value of each column. */
export const rowAsJson = Prisma.sql `json_array(${rowColumns})`;
//# sourceMappingURL=row-as-json.js.map