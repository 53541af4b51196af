import type { Product } from '@product-api/contract';

/** Throws a `PreconditionFailedError` if the current product must not be changed. */
export type Precondition = (current: Product) => void;
