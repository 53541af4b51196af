import { openDatabase } from '@product-api/database';
import { toData } from '../prisma-product.js';
import { mouse } from '../sample-product.js';

/** Returns a valid id, different for each number. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** Inserts products as another program would, without their words. */
export async function insertByHand(
  url: string,
  rows: readonly { readonly id: string; readonly name: string }[],
): Promise<void> {
  const database = await openDatabase({ url });
  const data = rows.map(({ id, name }) => toData(id, { ...mouse, name }));
  await database.client.product.createMany({ data });
  await database.close();
}
