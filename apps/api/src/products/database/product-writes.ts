import type { CreateProduct, UpdateProduct } from '@product-api/contract';

/** Selects a row by id, and by version if one is given. */
export interface RowSelector {
  readonly id: string;
  readonly version?: number;
}

/** Inserts a product. */
export interface ProductInsert {
  readonly kind: 'insert';
  readonly id: string;
  readonly product: CreateProduct;
  readonly at: Date;
}

/** Updates the fields of a product that `changes` names. */
export interface ProductUpdate extends RowSelector {
  readonly kind: 'update';
  readonly changes: UpdateProduct;
  readonly at: Date;
}

/** Deletes a product. */
export interface ProductDelete extends RowSelector {
  readonly kind: 'delete';
}

/** One write to one row. */
export type ProductWrite = ProductInsert | ProductUpdate | ProductDelete;
