import { PRODUCT_ID } from './generated/contract.js';

/** Returns whether a text has the format of a product id: a UUID v4 in lower case (RFC 9562). */
export function isProductId(text: string): boolean {
  return PRODUCT_ID.test(text);
}
