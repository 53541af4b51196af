import type { ListProductsQuery } from '@product-api/contract';
import type { CallOptions } from './client-options.js';

/** The query of one page: the query parameters of the contract, all optional. */
export type PageQuery = {
  readonly [Field in keyof ListProductsQuery]?: ListProductsQuery[Field] | undefined;
};

/** The query of a list: filters, the sort key, and the `cursor` of the first page. */
export type ListQuery = Omit<PageQuery, 'limit'>;

/** Options of a list. */
export interface ListOptions extends CallOptions {
  /** The number of products in each request, 1 to 200. Default: 100. */
  readonly pageSize?: number;
  /** Milliseconds that each page may take. Default: the client's. */
  readonly timeoutMs?: number | undefined;
}
