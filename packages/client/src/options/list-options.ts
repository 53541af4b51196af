import type {
  HistoryQuery,
  ListProductsQuery,
  ProductSort,
  SearchSort,
  StockLedgerQuery,
} from '../generated/contract.js';
import type { CallOptions } from './call-options.js';

/** The query parameters of the contract, all optional. */
export type Optional<Query> = { readonly [Field in keyof Query]?: Query[Field] | undefined };

type Filters = Omit<Optional<ListProductsQuery>, 'q' | 'sort'>;

/** Only a search can be sorted by relevance, which is its default. */
type Order =
  | { readonly q?: string | undefined; readonly sort?: ProductSort | undefined }
  | { readonly q: string; readonly sort?: SearchSort | undefined };

/** The query of one page: filters, the sort key, `limit` and `cursor`. */
export type PageQuery = Filters & Order;

/** The query of a list: filters, the sort key, and the `cursor` of the first page. */
export type ListQuery = Omit<Filters, 'limit'> & Order;

/** The query of one page of a ledger: `limit` and `cursor`. */
export type LedgerPageQuery = Optional<StockLedgerQuery>;

/** The query of one page of a history: `limit` and `cursor`. */
export type HistoryPageQuery = Optional<HistoryQuery>;

/** The number of items in each request of a list, unless it is set. */
export const DEFAULT_PAGE_SIZE = 100;

/** Options of a list; its limits of time and its retries are those of each page. */
export interface ListOptions extends CallOptions {
  /** The number of items in each request, 1 to 200. Default: 100. */
  readonly pageSize?: number;
}
