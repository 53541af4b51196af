import { isProductId, type ListProductsQuery } from '@product-api/contract';
import { z } from 'zod';
import { InvalidCursorError } from './product-errors.js';

/**
 * The end of a page: the sort, and the last product's sort value and id. The value of `relevance`
 * is a rank, see `search/rank-matches.ts`.
 */
export interface ProductCursor {
  readonly sort: ListProductsQuery['sort'];
  readonly value: string | number;
  readonly id: string;
}

/** A text that a name can be compared with. A database may refuse NUL and lone surrogates. */
const comparableText = z.string().refine((value) => value.isWellFormed() && !value.includes('\0'));

const integer = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Encodes a cursor as opaque text that is safe in a URL. */
export function encodeCursor({ sort, value, id }: ProductCursor): string {
  return Buffer.from(JSON.stringify([sort, value, id])).toString('base64url');
}

/**
 * Decodes a cursor.
 *
 * @throws {InvalidCursorError} when the text is not a cursor of a list with this sort
 */
export function decodeCursor(text: string, sort: ProductCursor['sort']): ProductCursor {
  const value = sort === 'name' || sort === '-name' ? comparableText : integer;
  const parsed = z
    .tuple([z.literal(sort), value, z.string().refine(isProductId)])
    .safeParse(parseBase64Json(text));
  if (!parsed.success) {
    throw new InvalidCursorError(sort);
  }
  return { sort, value: parsed.data[1], id: parsed.data[2] };
}

/** Returns the value of a cursor's JSON; undefined if the text is not base64url of JSON. */
export function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
