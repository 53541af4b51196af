import type { Product } from '../generated/contract.js';

/** A product with its entity tag. */
export interface ProductWithEtag {
  readonly product: Product;
  /** The entity tag of this version, with its quotes, for use as `ifMatch` (RFC 9110 §8.8.3). */
  readonly etag: string;
}

/** A product that was read, with its source. */
export interface ReadProduct extends ProductWithEtag {
  /** `X-Cache`: `HIT`, `MISS` or `BYPASS`; undefined when the response does not have the header. */
  readonly cache: string | undefined;
}
