import { z } from 'zod';
const storedLines = z.array(z.tuple([
    z.number(),
    z.number(),
    z.number(),
    z.string().nullable(),
    z.string().nullable(),
    z.number(),
]));
/** Runs a statement that `StockStatements.selectLedger` built. */
export async function queryLedger(client, statement) {
    const [row] = await client.$queryRaw(statement);
    const { known = false, lines = '[]' } = row ?? {};
    return {
        // SQLite has no booleans.
        known: Boolean(known),
        lines: storedLines.parse(JSON.parse(lines)).map(toStoredLine),
        size: lines.length,
    };
}
function toStoredLine([lineNumber, delta, quantityAfter, reason, reference, at]) {
    const adjustment = {
        delta,
        quantity_after: quantityAfter,
        reason,
        reference,
        at: new Date(at).toISOString(),
    };
    return { lineNumber, adjustment };
}
//# sourceMappingURL=query-ledger.js.map