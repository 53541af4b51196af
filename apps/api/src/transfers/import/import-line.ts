import type { CreateProduct, FieldError, UpdateProduct } from '@product-api/contract';

/** A line that the schemas accept. */
export interface AcceptedLine {
  readonly line: number;
  /** The id that the line has; undefined if it has none. */
  readonly id: string | undefined;
  /** The id of the product if the line creates one. */
  readonly newId: string;
  /** The fields that the line has. */
  readonly changes: UpdateProduct;
  /** What the line creates, or why it cannot create anything. */
  readonly creation:
    | { readonly product: CreateProduct }
    | { readonly errors: readonly FieldError[] };
}

/** A line that the schemas refuse. */
export interface RefusedLine {
  readonly line: number;
  readonly errors: readonly FieldError[];
}

/** A line of an import after its validation. */
export type ImportLine = AcceptedLine | RefusedLine;

/** What the import of a line did. */
export type LineResult =
  | {
      readonly line: number;
      readonly outcome: 'created' | 'updated' | 'unchanged';
      readonly id: string;
      /** The version of the product's row. */
      readonly version: number;
    }
  | FailedResult;

/** A line that has failed. */
export interface FailedResult {
  readonly line: number;
  readonly outcome: 'failed';
  readonly errors: readonly FieldError[];
  /** Whether the catalog, and not the line itself, was the reason. */
  readonly isConflict: boolean;
}
