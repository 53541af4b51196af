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
import type { StoredProduct } from './database/product-row.js';
import { queryProducts } from './database/product-row.js';
import { selectRows } from './database/product-statements.js';
import type { ProductWrite, RowSelector } from './database/product-writes.js';
import { queryPage } from './database/query-page.js';
import type { ProductCursor } from './product-cursor.js';

export type { RowSelector, StoredProduct };

/** A page of products. */
export interface StoredPage {
  readonly items: Product[];
  /** Where the following page starts, if there is one. */
  readonly next: ProductCursor | undefined;
  /** About how many bytes the page takes as JSON. */
  readonly size: number;
}

type Client = Database['client'];

/**
 * Where products are kept. Every call is atomic by itself, and writes are on the disk when they are
 * answered. Reads by id that are asked for in one turn of the event loop share a statement, and so do
 * writes of one kind; those of one row keep their order.
 */
export class ProductRepository {
  readonly #client: Client;
  readonly #clock: () => Date;
  readonly #reads: TickBatch<string, StoredProduct | undefined>;
  readonly #writes: TickBatch<ProductWrite, StoredProduct | undefined>;

  /** @param clock tells the time that rows are stamped with. */
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

  /** Reads a product as it is after this call; undefined where there is no such row. */
  async find({ id, version }: RowSelector): Promise<StoredProduct | undefined> {
    const found = await this.#reads.request(id);
    return version === undefined || version === found?.version ? found : undefined;
  }

  /** Stores a product under a new id. */
  async insert(id: string, product: CreateProduct): Promise<StoredProduct> {
    const stored = await this.#writes.request({ kind: 'insert', id, product, at: this.#clock() });
    if (!stored) {
      throw new TypeError('The database answered no row to an insert');
    }
    return stored;
  }

  /** Changes a row and answers what it is now; undefined where there is no such row. */
  update(selector: RowSelector, changes: UpdateProduct): Promise<StoredProduct | undefined> {
    return this.#writes.request({ kind: 'update', ...selector, changes, at: this.#clock() });
  }

  /** Removes a row and answers what it was; undefined where there is no such row. */
  delete(selector: RowSelector): Promise<StoredProduct | undefined> {
    return this.#writes.request({ kind: 'delete', ...selector });
  }

  /** Reads a page of the list, from its start or from a cursor on. */
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

/** Writes of one row are committed in successive batches, in their order. */
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
