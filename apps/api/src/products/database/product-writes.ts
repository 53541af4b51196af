import type { CreateProduct, UpdateProduct } from '@product-api/contract';

/** Which row is meant: whatever its version, or in one version alone. */
export interface RowSelector {
  readonly id: string;
  readonly version?: number;
}

/** A row that is to be stored. */
export interface ProductInsert {
  readonly kind: 'insert';
  readonly id: string;
  readonly product: CreateProduct;
  readonly at: Date;
}

/** A change of a row's members that are named. */
export interface ProductUpdate extends RowSelector {
  readonly kind: 'update';
  readonly changes: UpdateProduct;
  readonly at: Date;
}

/** The removal of a row. */
export interface ProductDelete extends RowSelector {
  readonly kind: 'delete';
}

/** One thing that is done to one row. */
export type ProductWrite = ProductInsert | ProductUpdate | ProductDelete;
