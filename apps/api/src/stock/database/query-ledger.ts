import type { StockAdjustment } from '@product-api/contract';
import type { Database, Prisma } from '@product-api/database';
import { z } from 'zod';

/** A line of a ledger, with its number. */
export interface StoredLine {
  readonly lineNumber: number;
  readonly adjustment: StockAdjustment;
}

/** The result of a ledger query. */
export interface LedgerRows {
  /** Whether there is such a product or ledger. */
  readonly known: boolean;
  readonly lines: readonly StoredLine[];
  /** The length of the JSON in characters: roughly the size of the response. */
  readonly size: number;
}

const storedLines = z.array(
  z.tuple([
    z.number(),
    z.number(),
    z.number(),
    z.string().nullable(),
    z.string().nullable(),
    z.number(),
  ]),
);

/** Runs a statement that `StockStatements.selectLedger` built. */
export async function queryLedger(
  client: Database['client'],
  statement: Prisma.Sql,
): Promise<LedgerRows> {
  const [row] = await client.$queryRaw<{ known: unknown; lines: string }[]>(statement);
  const { known = false, lines = '[]' } = row ?? {};
  return {
    // SQLite has no booleans.
    known: Boolean(known),
    lines: storedLines.parse(JSON.parse(lines)).map(toStoredLine),
    size: lines.length,
  };
}

function toStoredLine([lineNumber, delta, quantityAfter, reason, reference, at]: z.output<
  typeof storedLines
>[number]): StoredLine {
  const adjustment = {
    delta,
    quantity_after: quantityAfter,
    reason,
    reference,
    at: new Date(at).toISOString(),
  };
  return { lineNumber, adjustment };
}
