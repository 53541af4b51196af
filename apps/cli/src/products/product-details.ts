import type { Product } from '@product-api/client';
import { printable } from '../printable.js';
import { priceText } from './price-text.js';

/** What is shown of a product beside its members. */
export interface ProductHeaders {
  readonly etag: string;
  readonly cache: string | undefined;
}

/** Lays one product out, a line for each member, nothing cut off; no line break at the end. */
export function productDetails(product: Product, headers?: ProductHeaders): string {
  const rows: Record<string, string> = {
    ID: product.id,
    Name: printable(product.name),
    Price: priceText(product.price),
    Stock: String(product.stock_quantity),
    Description: printable(product.description),
    ...(headers && { ETag: headers.etag, Cache: headers.cache ?? 'unknown' }),
  };
  const lines = Object.entries(rows).map(([label, value]) => `${label.padEnd(13)}${value}`);
  return lines.map((line) => line.trimEnd()).join('\n');
}
