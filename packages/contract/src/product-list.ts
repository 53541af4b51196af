import { z } from 'zod';
import { PRICE_LIMIT, priceBoundMetadata, priceBoundSchema } from './price.js';
import { productSchema } from './product.js';
import { choice, fromBooleanText, fromDecimalText, wholeNumber } from './query-values.js';
import { documented } from './schema-metadata.js';
import { bounded } from './text.js';

/**
 * Sort keys; a leading minus sorts descending. Names are sorted by code point. Ties are broken by
 * id.
 */
export const productSorts = [
  'created',
  '-created',
  'updated',
  '-updated',
  'name',
  '-name',
  'price',
  '-price',
  'stock',
  '-stock',
] as const;

/** A sort key of a list. */
export type ProductSort = (typeof productSorts)[number];

/** The sort keys of a search: those of a list, and how well a product matches, best first. */
export const searchSorts = ['relevance', ...productSorts] as const;

/** The maximum number of words in a search. */
export const MAX_SEARCH_WORDS = 12;

/** The maximum number of characters in a search. */
const MAX_SEARCH_LENGTH = 200;

/** The maximum `limit` of a list request. */
export const MAX_PAGE_SIZE = 200;

const limit = wholeNumber(1, MAX_PAGE_SIZE).default(20);

/** Returns the schema of the query parameter for the size of a page, 20 by default. */
export function pageLimit() {
  return z.preprocess(fromDecimalText, limit);
}

/** Returns the schema of the query parameter for the cursor of a page. */
export function pageCursor() {
  return z
    .string({ invalid_type_error: 'Input should be a valid cursor' })
    .max(4096, 'Input should be a valid cursor')
    .optional();
}

const q = documented(
  bounded(
    z
      .string({ invalid_type_error: 'Input should be a valid string' })
      .min(1, 'String should have at least 1 character'),
    MAX_SEARCH_LENGTH,
  ).optional(),
  {
    description: [
      `Only products whose name and description have these words, at most ${MAX_SEARCH_WORDS}; case and diacritics do not matter.`,
      'The last word, if it has two characters or more, also finds words that begin with it: `wireless mou` finds a wireless mouse.',
      '`"usb hub"` finds these words in this order, one after the other. Words that punctuation joins are found the same way, and the last of them also as the beginning of a word: `KT-INS114` finds KT-INS114-DRE.',
      '`-cable` leaves out products that have the word, `-"usb cable"` those that have the phrase.',
      'A search without a word that it requires, such as `-cable` or `?`, finds nothing.',
    ].join(' '),
    minLength: 1,
    maxLength: MAX_SEARCH_LENGTH,
  },
);

const parameters = z.object({
  q,
  limit: documented(pageLimit(), {
    description:
      'The maximum number of products on a page; a page of large products may have fewer, and so may a page of a search: go on while there is a `next_cursor`.',
  }),
  cursor: documented(pageCursor(), {
    description:
      'The `next_cursor` of the previous page; opaque, and valid only for the same `sort`. Repeat `q` and the filters.',
  }),
  sort: documented(choice(searchSorts).default('created'), {
    description:
      'The sort key; a leading minus sorts descending. Names are sorted by code point: `Zebra` comes before `apple`, and `Äpfel` after both. Ties are broken by id. `relevance` needs `q`, and is the default with it: products with more of the words in their name first, and the newest first among equals.',
  }),
  in_stock: documented(
    z.preprocess(
      fromBooleanText,
      z.boolean({ invalid_type_error: 'Input should be true or false' }).optional(),
    ),
    { description: '`true`: only products in stock; `false`: only products out of stock.' },
  ),
  min_price: documented(z.preprocess(fromDecimalText, priceBoundSchema.optional()), {
    ...priceBoundMetadata,
    description: 'Only products with at least this price; at most four decimals.',
  }),
  max_price: documented(z.preprocess(fromDecimalText, priceBoundSchema.optional()), {
    ...priceBoundMetadata,
    description:
      'Only products with at most this price; at most four decimals, and not less than `min_price`.',
  }),
});

/** The query parameters that select products by their fields. */
export const productFilters = parameters.pick({
  in_stock: true,
  min_price: true,
  max_price: true,
});

/** Requires that the lower bound of the price is not above the upper one. */
export function requirePriceRange(
  { min_price = 0, max_price = PRICE_LIMIT }: z.output<typeof productFilters>,
  context: z.RefinementCtx,
): void {
  if (min_price > max_price) {
    context.addIssue({
      code: 'custom',
      path: ['min_price'],
      message: `Input should be less than or equal to max_price, which is ${max_price}`,
    });
  }
}

/** A search is sorted by relevance unless the request has another sort. */
function withDefaultSort(query: unknown): unknown {
  const isSearch = typeof query === 'object' && query !== null && 'q' in query;
  return isSearch ? { sort: 'relevance', ...query } : query;
}

const strictParameters = parameters
  .strict()
  .superRefine(({ q, sort }, context) => {
    if (sort === 'relevance' && q === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['sort'],
        message: 'Input can be relevance only with q',
      });
    }
  })
  .superRefine(requirePriceRange);

/** The query parameters of a list request. Any other parameter is a fault of the request. */
export const listProductsQuerySchema = z.preprocess(withDefaultSort, strictParameters);

/** The query of a list request after parsing, with defaults. */
export type ListProductsQuery = z.output<typeof listProductsQuerySchema>;

/** One page of a list. */
export const productPageSchema = documented(
  z.object({
    items: z.array(productSchema),
    next_cursor: documented(z.string().nullable(), {
      description: 'The `cursor` of the next page; null on the last page.',
      // Clients of a mock follow the cursor until it is null.
      example: null,
    }),
  }),
  { title: 'ProductPage' },
);

/** One page of products, and the cursor of the next. */
export type ProductPage = z.output<typeof productPageSchema>;
