import { productSchema } from '@product-api/contract';
import { z } from 'zod';
/** The schema of `WriteOutcome`, for outcomes that were stored as JSON. */
export const writeOutcomeSchema = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('stored'), product: productSchema, version: z.number() }),
    /** `version` is one more than the last version of the row. */
    z.object({ kind: z.literal('deleted'), id: z.string(), version: z.number() }),
    z.object({ kind: z.literal('not-found') }),
    z.object({ kind: z.literal('precondition-failed'), detail: z.string() }),
]);
//# sourceMappingURL=write-outcome.js.map