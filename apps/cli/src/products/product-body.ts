import type { UpdateProduct } from '@product-api/client';
import { readJsonObject } from '../input/read-json.js';
import type { Session } from '../session.js';

/** The options that describe a product. */
export interface BodyOptions {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly price?: number | undefined;
  readonly stock?: number | undefined;
  /** The path of a JSON file, or `-` for standard input. */
  readonly file?: string | undefined;
}

/**
 * Returns the fields of a product from the options or the file.
 *
 * @throws {UsageError} when the file does not contain a JSON object.
 */
export async function productBody(options: BodyOptions, session: Session): Promise<UpdateProduct> {
  const { file, name, description, price, stock: stock_quantity } = options;
  if (file === undefined) {
    return { name, description, price, stock_quantity };
  }
  // The service validates the file's content, and its error response names every invalid field.
  return (await readJsonObject({ ...session, path: file })) as UpdateProduct;
}
