import type { ListProductsQuery } from '@product-api/contract';
import type { CallOptions } from './client-options.js';

/** Which page of which list: the wire's query, where every member may be left out. */
export type PageQuery = {
  readonly [Member in keyof ListProductsQuery]?: ListProductsQuery[Member] | undefined;
};

/** Which products in which order; `cursor` is where to begin. */
export type ListQuery = Omit<PageQuery, 'limit'>;

/** What a list takes beside its query. */
export interface ListOptions extends CallOptions {
  /** How many products are fetched at a time, 1 to 200. Default 100. */
  readonly pageSize?: number;
  /** How many milliseconds each page may take. Default: the client's. */
  readonly timeoutMs?: number | undefined;
}
