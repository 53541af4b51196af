import { type ListQuery, MAX_PAGE_SIZE, type Product } from '@product-api/client';
import type { Session } from '../session.js';
import { write } from '../write.js';
import { productTable, WIDTH_WITHOUT_TERMINAL } from './product-table.js';

/**
 * Prints a list of products: JSON lines as they arrive, a table when all products are there.
 *
 * @param limit the maximum number of products
 * @param pageSize products per request; default: as many as the limit needs
 */
export async function printList(
  session: Session,
  query: ListQuery,
  limit: number,
  // One product more than the limit shows, without another request, whether there are more.
  pageSize = Math.min(limit + 1, MAX_PAGE_SIZE),
): Promise<void> {
  const { client, signal, format, stdout, stderr } = session;
  const rows: Product[] = [];
  let count = 0;
  for await (const product of client.products.list(query, { pageSize, signal })) {
    count += 1;
    if (count > limit) {
      break;
    }
    if (format === 'json') {
      await write(stdout, `${JSON.stringify(product)}\n`);
    } else {
      rows.push(product);
    }
  }
  if (format === 'table') {
    await write(stdout, productTable(rows, stdout.columns ?? WIDTH_WITHOUT_TERMINAL));
  }
  if (count > limit) {
    await write(stderr, `Only the first ${limit} are shown; use --limit or --all for more.\n`);
  }
}
