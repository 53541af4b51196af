import type { Product } from '@product-api/client';
import { printRecord } from '../output/print-record.js';
import type { Session } from '../session.js';
import { productColumns } from './product-columns.js';
import { productDetails } from './product-details.js';

/** Prints a product in the format of the session. */
export function printProduct(session: Session, product: Product): Promise<void> {
  const fields = productColumns.map(({ field }) => field);
  return printRecord(session, product, { fields, text: productDetails });
}
