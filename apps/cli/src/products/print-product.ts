import type { Product } from '@product-api/client';
import type { Session } from '../session.js';
import { write } from '../write.js';
import { productDetails } from './product-details.js';

/** Prints one product as the user asked for it. */
export async function printProduct({ format, stdout }: Session, product: Product): Promise<void> {
  const text = format === 'json' ? JSON.stringify(product) : productDetails(product);
  await write(stdout, `${text}\n`);
}
