/** The product that refused an adjustment. */
export interface RefusedProduct {
  readonly productId: string;
  /** The quantity in stock. */
  readonly available: number;
}
