import type { Prisma, Transaction } from '@product-api/database';

/** A change of a product, by whom it is made. */
export interface AuthoredChange {
  /** The id of the product. */
  readonly id: string;
  /** The id of the API key of the request; undefined without one. */
  readonly changedBy?: string | undefined;
}

/** The API key that changes each product. Changes without a key are left out. */
export type Authors = readonly (readonly [id: string, changedBy: string])[];

/** How a dialect writes API keys to the change log. */
export interface AuthorStatements {
  /**
   * Returns the statement that notes who made the last change of each product, for the transaction
   * that made it. Undefined if the statements that change products do that themselves.
   */
  readonly noteAuthors: ((authors: Authors) => Prisma.Sql) | undefined;
}

/** Returns the API key of each change that was made with one. */
export function authorsOf(changes: readonly AuthoredChange[]): Authors {
  return changes.flatMap(({ id, changedBy }) =>
    changedBy === undefined ? [] : [[id, changedBy] as const],
  );
}

/** Notes who has made changes of different products in a transaction, one of each. */
export async function noteAuthors(
  transaction: Pick<Transaction, '$executeRaw'>,
  statements: AuthorStatements,
  changes: readonly AuthoredChange[],
): Promise<void> {
  const authors = authorsOf(changes);
  if (statements.noteAuthors && authors.length > 0) {
    await transaction.$executeRaw(statements.noteAuthors(authors));
  }
}
