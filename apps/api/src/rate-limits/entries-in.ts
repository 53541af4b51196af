import { z } from 'zod';

const lists = z.record(z.unknown());

/** Returns the number of entries of a list in a body that was not validated yet; 0 without it. */
export function entriesIn(body: unknown, field: string): number {
  const list = lists.safeParse(body).data?.[field];
  return Array.isArray(list) ? list.length : 0;
}
