import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { type ListQuery, productSorts } from '@product-api/client';
import { count, decimal, oneOf } from '../option-values.js';
import { pageSizeFor, printList } from '../print-list.js';
import type { Session } from '../session.js';
import { productTable } from './product-table.js';

const EXAMPLES = `
Examples:
  $ catalog products list --in-stock --sort -price
  $ catalog products list --max-price 50 --limit 5
  $ catalog products list --all --json | jq -r '[.id, .name] | @tsv'`;

const DEFAULT_LIMIT = 20;

/** Adds the command `list`. */
export function addListCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('list')
    .description(
      'List products as a table of what fits the terminal, or with --json in full, one per line (NDJSON)',
    )
    .option(
      '--limit <count>',
      `maximum number of products (default: ${DEFAULT_LIMIT})`,
      count('Limit'),
    )
    .addOption(new Option('--all', 'list all products').conflicts('limit'))
    .option(
      '--page-size <count>',
      'products per request (default: as many as needed)',
      count('Page size'),
    )
    .option(
      '--sort <key>',
      `sort key; a leading minus sorts descending (${productSorts.join(', ')})`,
      oneOf('Sort key', productSorts),
    )
    .option('--in-stock', 'only products in stock')
    .addOption(new Option('--out-of-stock', 'only products out of stock').conflicts('inStock'))
    .option(
      '--min-price <number>',
      'only products with at least this price',
      decimal('Minimum price'),
    )
    .option(
      '--max-price <number>',
      'only products with at most this price',
      decimal('Maximum price'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async ({ all, limit: given = DEFAULT_LIMIT, pageSize, ...filters }) => {
      const session = open();
      const { client, signal } = session;
      const limit = all ? Infinity : given;
      const options = { pageSize: pageSize ?? pageSizeFor(limit), signal };
      const products = client.products.list(listQuery(filters), options);
      await printList(session, products, { limit, table: productTable });
    });
}

interface Filters {
  readonly sort?: ListQuery['sort'];
  readonly inStock?: true | undefined;
  readonly outOfStock?: true | undefined;
  readonly minPrice?: number | undefined;
  readonly maxPrice?: number | undefined;
}

function listQuery({ sort, inStock, outOfStock, minPrice, maxPrice }: Filters): ListQuery {
  return {
    sort,
    in_stock: inStock ?? (outOfStock ? false : undefined),
    min_price: minPrice,
    max_price: maxPrice,
  };
}
