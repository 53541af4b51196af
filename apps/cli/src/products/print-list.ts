import type { ListQuery, Product } from '@product-api/client';
import type { Session } from '../session.js';
import { write } from '../write.js';
import { productTable } from './product-table.js';

const largestPage = 200;
const widthWithoutTerminal = 120;

/**
 * Prints a list: for programs as it comes, for people once it is there.
 *
 * @param limit How many products at most.
 * @param pageSize How many to fetch at a time. Default: what the limit needs.
 */
export async function printList(
  session: Session,
  query: ListQuery,
  limit: number,
  // One more than is printed tells, without another request, whether there are more.
  pageSize = Math.min(limit + 1, largestPage),
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
    await write(stdout, productTable(rows, stdout.columns ?? widthWithoutTerminal));
  }
  if (count > limit) {
    await write(stderr, `These are the first ${limit}; --limit and --all show more.\n`);
  }
}
