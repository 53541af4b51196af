import type { ListProductsQuery } from '../generated/contract.js';
import type { CallOptions } from './call-options.js';

/** The query of one page: the query parameters of the contract, all optional. */
export type PageQuery = {
  readonly [Field in keyof ListProductsQuery]?: ListProductsQuery[Field] | undefined;
};

/** The query of a list: filters, the sort key, and the `cursor` of the first page. */
export type ListQuery = Omit<PageQuery, 'limit'>;

/** The number of items in each request of a list, unless it is set. */
export const DEFAULT_PAGE_SIZE = 100;

/** Options of a list; its limits of time and its retries are those of each page. */
export interface ListOptions extends CallOptions {
  /** The number of items in each request, 1 to 200. Default: 100. */
  readonly pageSize?: number;
}
