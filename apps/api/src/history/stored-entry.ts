import type { ChangeKind, Product } from '@product-api/contract';
import type { HistoryPlace } from './history-cursor.js';

/** The values of a product without its id. */
export type ProductValues = Omit<Product, 'id'>;

/** The values that a change replaced. */
export interface PreviousValues {
  /** Of an update only those that it changed. */
  readonly values: Partial<ProductValues>;
  /** Undefined for an update that kept it. */
  readonly createdAt: Date | undefined;
}

/** One change of a product, as the change log keeps it. */
export interface StoredEntry extends HistoryPlace {
  readonly kind: ChangeKind;
  readonly changedAt: Date;
  /** The id of the API key of the request; null without one. */
  readonly changedBy: string | null;
  /** Undefined if the change replaced nothing, and in entries that earlier versions have logged. */
  readonly previous: PreviousValues | undefined;
}
