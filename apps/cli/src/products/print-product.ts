import type { Product } from '@product-api/client';
import { write } from '../output/write.js';
import type { Session } from '../session.js';
import { productDetails } from './product-details.js';

/** Prints a product in the format of the session. */
export async function printProduct({ format, stdout }: Session, product: Product): Promise<void> {
  const text = format === 'json' ? JSON.stringify(product) : productDetails(product);
  await write(stdout, `${text}\n`);
}
