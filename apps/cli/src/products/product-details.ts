import type { Product } from '@product-api/client';
import { detailLines } from '../output/detail-lines.js';
import { printable } from '../output/printable.js';
import { priceText } from './price-text.js';

/** Values of response headers that are shown with a product. */
export interface ProductHeaders {
  readonly etag: string;
  readonly cache: string | undefined;
}

/** Formats a product in full, one line per field, without a trailing line break. */
export function productDetails(product: Product, headers?: ProductHeaders): string {
  return detailLines({
    ID: product.id,
    Name: printable(product.name),
    Price: priceText(product.price),
    Stock: String(product.stock_quantity),
    Description: printable(product.description),
    ...(headers && { ETag: headers.etag, Cache: headers.cache ?? 'unknown' }),
  });
}
