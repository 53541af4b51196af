import { productSchema } from '@product-api/contract';
import { z } from 'zod';

/** The schema of `RestoreOutcome`, for outcomes that were stored as JSON. */
export const restoreOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored'), product: productSchema, version: z.number() }),
  z.object({ kind: z.literal('not-found') }),
  /** `version` is null for the last one before the deletion. */
  z.object({ kind: z.literal('version-not-found'), version: z.number().nullable() }),
  z.object({ kind: z.literal('precondition-failed'), detail: z.string() }),
]);

/** What the database decided about a request to restore a product. */
export type RestoreOutcome = z.output<typeof restoreOutcomeSchema>;
