import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { type ListQuery, searchSorts } from '@product-api/client';
import { UsageError } from '../errors.js';
import { count, oneOf, text } from '../input/option-values.js';
import { columnsOption } from '../output/columns-option.js';
import { allOption, DEFAULT_LIMIT, limitOption } from '../output/page-options.js';
import { itemsOf, pageSizeFor, printList } from '../output/print-list.js';
import type { OpenSession } from '../session.js';
import { productColumns } from './product-columns.js';
import { filterOptions, filterQuery, type ProductFilters } from './product-filters.js';

const EXAMPLES = `
Examples:
  $ catalog products list --in-stock --sort -price
  $ catalog products list --max-price 50 --limit 5
  $ catalog products list --query 'wireless mou'
  $ catalog products list --query '"usb hub" -cable' --sort price
  $ catalog products list --all --output csv --columns id,name,price > prices.csv
  $ catalog products list --all --json | jq -r '[.id, .name] | @tsv'`;

/** Adds the command `list`. */
export function addListCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('list')
    .description(
      'List products: as a table of what fits the terminal, or in full with another --output',
    )
    .addOption(limitOption('products'))
    .addOption(allOption('products'))
    .option(
      '--page-size <count>',
      'products per request (default: as many as needed)',
      count('Page size'),
    )
    .option(
      '--query <words>',
      'only products with these words; the last one may be the beginning of a word, "a b" is a phrase, -word leaves out',
      text('Query'),
    )
    .addOption(
      new Option(
        '--sort <key>',
        'sort key; a leading minus sorts descending; relevance needs --query',
      )
        .choices(searchSorts)
        .argParser(oneOf('Sort key', searchSorts)),
    )
    .addOption(filterOptions.inStock())
    .addOption(filterOptions.outOfStock())
    .addOption(filterOptions.minPrice())
    .addOption(filterOptions.maxPrice())
    .addOption(columnsOption(productColumns))
    .addHelpText('after', EXAMPLES)
    .action(async ({ all, limit: given = DEFAULT_LIMIT, pageSize, columns, ...filters }) => {
      const session = await open();
      const { client, signal } = session;
      const limit = all ? Infinity : given;
      const options = { pageSize: pageSize ?? pageSizeFor(limit), signal };
      const products = client.products.list(listQuery(filters), options);
      await printList(session, itemsOf(products.pages()), {
        columns: productColumns,
        chosen: columns,
        limit,
      });
    });
}

interface Filters extends ProductFilters {
  readonly query?: string | undefined;
  readonly sort?: ListQuery['sort'];
}

function listQuery({ query, sort, ...filters }: Filters): ListQuery {
  return { ...searchOrder({ query, sort }), ...filterQuery(filters) };
}

function searchOrder({ query: q, sort }: Pick<Filters, 'query' | 'sort'>) {
  if (q !== undefined) {
    return { q, sort };
  }
  if (sort === 'relevance') {
    throw new UsageError('--sort relevance needs --query');
  }
  return { sort };
}
