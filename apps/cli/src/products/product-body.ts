import type { UpdateProduct } from '@product-api/client';
import { readJsonObject } from '../read-json.js';
import type { Session } from '../session.js';

/** The options with which a command line describes a product. */
export interface BodyOptions {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly price?: number | undefined;
  readonly stock?: number | undefined;
  /** A path, or `-` for standard input. */
  readonly file?: string | undefined;
}

/**
 * Reads what a command line says of a product: its options, or its file.
 *
 * @throws UsageError when the file contains no JSON object.
 */
export async function productBody(options: BodyOptions, session: Session): Promise<UpdateProduct> {
  const { file, name, description, price, stock: stock_quantity } = options;
  if (file === undefined) {
    return { name, description, price, stock_quantity };
  }
  // The service checks what the file says, and its answer names every fault.
  return (await readJsonObject({ ...session, path: file })) as UpdateProduct;
}
