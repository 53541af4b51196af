import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { type ListQuery, productSorts } from '@product-api/client';
import { parseCount, parseDecimal } from '../number-options.js';
import type { Session } from '../session.js';
import { printList } from './print-list.js';

const examples = `
Examples:
  $ catalog products list --in-stock --sort -price
  $ catalog products list --max-price 50 --limit 5
  $ catalog products list --all --json | jq -r '[.id, .name] | @tsv'`;

const defaultLimit = 20;

/** Adds `list`. */
export function addListCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('list')
    .description('List products: a table, or with --json one product per line (NDJSON)')
    .option('--limit <count>', `how many at most (default: ${defaultLimit})`, parseCount)
    .addOption(new Option('--all', 'list them all').conflicts('limit'))
    .option('--page-size <count>', 'how many to fetch at a time (default: as fits)', parseCount)
    .addOption(
      new Option('--sort <order>', 'the order; a minus means descending').choices(productSorts),
    )
    .option('--in-stock', 'only products in stock')
    .addOption(new Option('--out-of-stock', 'only products out of stock').conflicts('inStock'))
    .option('--min-price <number>', 'only products that cost at least this', parseDecimal)
    .option('--max-price <number>', 'only products that cost at most this', parseDecimal)
    .addHelpText('after', examples)
    .action(async ({ all, limit = defaultLimit, pageSize, ...filters }) => {
      await printList(open(), listQuery(filters), all ? Infinity : limit, pageSize);
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
