import type { Codec } from '@product-api/cache';
import { type Product, productSchema } from '@product-api/contract';

/**
 * Encodes a product as the JSON that clients get. Decodes a text only if it is a product with the
 * id that it is stored under.
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
