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
import { selectRows } from './database/product-statements.js';
import type { ProductWrite, RowSelector } from './database/product-write.js';
import { queryPage } from './database/query-page.js';
import { queryProducts } from './database/query-products.js';
import { TurnBatch } from './database/turn-batch.js';
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
  readonly #reads: TurnBatch<string, StoredProduct | undefined>;
  readonly #writes: TurnBatch<ProductWrite, StoredProduct | undefined>;

  /** @param clock tells the time that rows are stamped with. */
  constructor(client: Client, clock: () => Date) {
    this.#client = client;
    this.#clock = clock;
    this.#reads = new TurnBatch({
      answerAll: async (ids) => {
        const found = await queryProducts(client, selectRows(ids));
        return (id) => found.get(id);
      },
    });
    this.#writes = new TurnBatch({
      answerAll: (writes) => commitWrites(client, writes),
      keyOf: ({ id }) => id,
    });
  }

  /** Reads a product as it is after this call; undefined where there is no such row. */
  async find({ id, version }: RowSelector): Promise<StoredProduct | undefined> {
    const found = await this.#reads.ask(id);
    return version === undefined || version === found?.version ? found : undefined;
  }

  /** Stores a product under a new id. */
  async insert(id: string, product: CreateProduct): Promise<StoredProduct> {
    const stored = await this.#writes.ask({ kind: 'insert', id, product, at: this.#clock() });
    if (!stored) throw new TypeError('The database answered no row to an insert');
    return stored;
  }

  /** Changes a row and answers what it is now; undefined where there is no such row. */
  update(selector: RowSelector, changes: UpdateProduct): Promise<StoredProduct | undefined> {
    return this.#writes.ask({ kind: 'update', ...selector, changes, at: this.#clock() });
  }

  /** Removes a row and answers what it was; undefined where there is no such row. */
  delete(selector: RowSelector): Promise<StoredProduct | undefined> {
    return this.#writes.ask({ kind: 'delete', ...selector });
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
