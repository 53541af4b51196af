import { TickBatch, type WaitingRequest } from '@product-api/cache';
import type {
  CreateProduct,
  ListProductsQuery,
  Product,
  UpdateProduct,
} from '@product-api/contract';
import type { Database } from '@product-api/database';
import { commitWrites } from './database/commit-writes.js';
import { pageQuery } from './database/product-page-query.js';
import { queryProducts, type StoredProduct } from './database/product-row.js';
import { selectRows } from './database/product-statements.js';
import type { ProductWrite, RowSelector } from './database/product-writes.js';
import { queryPage } from './database/query-page.js';
import type { ProductCursor } from './product-cursor.js';

export type { RowSelector, StoredProduct };

/** A page of products. */
export interface StoredPage {
  readonly items: Product[];
  /** The cursor of the next page; undefined on the last page. */
  readonly next: ProductCursor | undefined;
  /** The approximate size of the page as JSON, in bytes. */
  readonly size: number;
}

type Client = Database['client'];

/**
 * Stores products in the database. Every call is atomic, and a write is on the disk when its
 * promise resolves.
 *
 * Reads by id that start in the same tick of the event loop share one statement, and so do writes
 * of the same kind. Writes of one row keep their order.
 */
export class ProductRepository {
  readonly #client: Client;
  readonly #clock: () => Date;
  readonly #reads: TickBatch<string, StoredProduct | undefined>;
  readonly #writes: TickBatch<ProductWrite, StoredProduct | undefined>;

  /** @param clock returns the time for `created_at` and `updated_at` */
  constructor(client: Client, clock: () => Date) {
    this.#client = client;
    this.#clock = clock;
    this.#reads = new TickBatch((batch) => {
      const found = queryProducts(client, selectRows(batch.map(({ request }) => request)));
      for (const { request: id, resolve } of batch) {
        resolve(found.then((products) => products.get(id)));
      }
    });
    this.#writes = new TickBatch((batch) => {
      const { first, later } = splitRepeatedRows(batch);
      const outcomes = commitWrites(
        client,
        first.map(({ request }) => request),
      );
      for (const { request, resolve } of first) {
        resolve(outcomes.then((outcomeOf) => outcomeOf(request)));
      }
      for (const write of later) {
        this.#writes.add(write);
      }
    });
  }

  /** Returns a product; undefined if no row is selected. */
  async find({ id, version }: RowSelector): Promise<StoredProduct | undefined> {
    const found = await this.#reads.request(id);
    return version === undefined || version === found?.version ? found : undefined;
  }

  /** Inserts a product under a new id. */
  async insert(id: string, product: CreateProduct): Promise<StoredProduct> {
    const stored = await this.#writes.request({ kind: 'insert', id, product, at: this.#clock() });
    if (!stored) {
      throw new TypeError('The database returned no row for an insert');
    }
    return stored;
  }

  /** Updates a row and returns the new product; undefined if no row is selected. */
  update(selector: RowSelector, changes: UpdateProduct): Promise<StoredProduct | undefined> {
    return this.#writes.request({ kind: 'update', ...selector, changes, at: this.#clock() });
  }

  /** Deletes a row and returns the deleted product; undefined if no row is selected. */
  delete(selector: RowSelector): Promise<StoredProduct | undefined> {
    return this.#writes.request({ kind: 'delete', ...selector });
  }

  /** Returns a page of the list: the first page, or the page after a cursor. */
  async list(query: ListProductsQuery, after: ProductCursor | undefined): Promise<StoredPage> {
    const { rows, found, size } = await queryPage(this.#client, pageQuery(query, after));
    const page = rows.slice(0, query.limit);
    const last = found > page.length ? page.at(-1) : undefined;
    return {
      items: page.map(({ stored }) => stored.product),
      next: last && { sort: query.sort, value: last.sortValue, id: last.stored.product.id },
      size,
    };
  }
}

type WaitingWrite = WaitingRequest<ProductWrite, StoredProduct | undefined>;

/** Keeps the first write of each row for this batch, and leaves the others to later batches. */
function splitRepeatedRows(batch: readonly WaitingWrite[]) {
  const ids = new Set<string>();
  const first: WaitingWrite[] = [];
  const later: WaitingWrite[] = [];
  for (const write of batch) {
    const { id } = write.request;
    (ids.has(id) ? later : first).push(write);
    ids.add(id);
  }
  return { first, later };
}
