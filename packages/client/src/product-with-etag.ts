import type { Product } from '@product-api/contract';

/** A product together with what its answer's headers say. */
export interface ProductWithEtag {
  readonly product: Product;
  /** The version's entity tag, quotes included, to send as `ifMatch` (RFC 9110 §8.8.3). */
  readonly etag: string;
}

/** A product that was read, and where it came from. */
export interface ReadProduct extends ProductWithEtag {
  /** `X-Cache`: `HIT`, `MISS` or `BYPASS`; undefined when the header did not come through. */
  readonly cache: string | undefined;
}
