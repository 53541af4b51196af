import type { Codec } from '@product-api/cache';
import { type Product, productSchema } from '@product-api/contract';

/**
 * A product in the cache is the JSON that clients get, under its id.
 * Text that is not the product of its key is no value.
 */
export const productCodec: Codec<Product> = {
  encode: (product) => JSON.stringify(product),
  decode(text, id) {
    const parsed = productSchema.safeParse(parseJson(text));
    return parsed.success && parsed.data.id === id ? parsed.data : undefined;
  },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
