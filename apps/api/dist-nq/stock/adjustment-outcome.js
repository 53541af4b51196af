import { productSchema } from '@product-api/contract';
import { z } from 'zod';
/** Why an adjustment has changed nothing: the problem of its response. */
export const refusalSchema = z.object({
    kind: z.enum(['product-not-found', 'insufficient-stock', 'stock-changed', 'stock-overflow']),
    detail: z.string(),
    /** The further fields of the problem document. */
    extensions: z.record(z.string(), z.unknown()),
});
/** The schema of `AdjustmentOutcome`, for outcomes that were stored as JSON. */
export const adjustmentOutcomeSchema = z.union([
    z.object({
        /** The products after the adjustment. */
        products: z.array(productSchema),
        /** The versions of the rows that have changed, by id. */
        versions: z.record(z.string(), z.number()),
    }),
    z.object({ refusal: refusalSchema }),
]);
//# sourceMappingURL=adjustment-outcome.js.map