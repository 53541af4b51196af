import type { CreateProduct, UpdateProduct } from '@product-api/contract';
import type { AuthoredChange } from './note-authors.js';

/** Selects a row by id, and by version if one is given. */
export interface RowSelector {
  readonly id: string;
  readonly version?: number;
}

/** Inserts a product. */
export interface ProductInsert extends AuthoredChange {
  readonly kind: 'insert';
  readonly product: CreateProduct;
  readonly at: Date;
  /** Default: `at`. A product that is restored keeps its time. */
  readonly createdAt?: Date;
}

/** Updates the fields of a product that `changes` names. */
export interface ProductUpdate extends RowSelector, AuthoredChange {
  readonly kind: 'update';
  readonly changes: UpdateProduct;
  readonly at: Date;
}

/** Deletes a product. */
export interface ProductDelete extends RowSelector, AuthoredChange {
  readonly kind: 'delete';
}

/** One write to one row. */
export type ProductWrite = ProductInsert | ProductUpdate | ProductDelete;
