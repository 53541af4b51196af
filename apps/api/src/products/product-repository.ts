import { TickBatch } from '@product-api/cache';
import type { CreateProduct, Product, UpdateProduct } from '@product-api/contract';
import type { Database } from '@product-api/database';
import { GroupCommit } from '../concurrency/group-commit.js';
import { commitKeyed } from '../idempotency/commit-keyed.js';
import type { KeyedOrigin } from '../idempotency/write-origin.js';
import { commitWrites } from './database/commit-writes.js';
import { decideWrites } from './database/decide-writes.js';
import type { KeyedWrite } from './database/keyed-write.js';
import type { PageQuery } from './database/page-statement.js';
import type { StoredProduct } from './database/product-row.js';
import type { ProductStatements } from './database/product-statements.js';
import type { ProductWrite, RowSelector } from './database/product-writes.js';
import { queryPage } from './database/query-page.js';
import { readRows } from './database/read-rows.js';
import { statementsByDialect } from './database/statements-by-dialect.js';
import { MAX_SIZE_TOGETHER, writeSize } from './database/write-size.js';
import type { Precondition } from './precondition.js';
import type { ProductCursor } from './product-cursor.js';
import { type WriteOutcome, writeOutcomeSchema } from './write-outcome.js';

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
 * of the same kind. Writes of one row are made one after the other, in their order.
 */
export class ProductRepository {
  readonly #client: Client;
  readonly #statements: ProductStatements;
  readonly #clock: () => Date;
  readonly #failureOf: Database['failureOf'];
  readonly #reads: TickBatch<string, StoredProduct | undefined>;
  readonly #writes: GroupCommit<ProductWrite, StoredProduct | undefined>;
  readonly #keyedWrites: GroupCommit<KeyedWrite, WriteOutcome>;

  /** @param clock returns the time for `created_at` and `updated_at` */
  constructor(database: Database, clock: () => Date) {
    const { client, dialect } = database;
    const statements = statementsByDialect[dialect];
    this.#client = client;
    this.#statements = statements;
    this.#clock = clock;
    this.#reads = new TickBatch((batch) => void readRows(client, statements, batch));
    this.#failureOf = database.failureOf;
    const grouping = {
      rowsOf: ({ id }: ProductWrite) => [id],
      sizeOf: writeSize,
      maxSize: MAX_SIZE_TOGETHER,
      failsWaiting: (error: unknown) => this.isUnavailable(error),
    };
    this.#writes = new GroupCommit({
      ...grouping,
      commit: (writes) => commitWrites(database, statements, writes),
      // A statement changes a row once.
      sharesRows: false,
      maxInFlight: Number.POSITIVE_INFINITY,
    });
    this.#keyedWrites = new GroupCommit<KeyedWrite, WriteOutcome>({
      ...grouping,
      commit: (writes) =>
        commitKeyed(writes, {
          database,
          at: clock(),
          outcome: writeOutcomeSchema,
          decide: (transaction, fresh) => decideWrites(transaction, statements, fresh),
        }),
      sharesRows: true,
      // SQLite has one writer: writes that wait for it had better share its next transaction.
      maxInFlight: dialect === 'sqlite' ? 1 : Number.POSITIVE_INFINITY,
    });
  }

  /**
   * Returns whether an error of this repository comes from a database that is busy or cannot be
   * used, and not from the request.
   */
  isUnavailable(error: unknown): boolean {
    const failure = this.#failureOf(error);
    return failure !== undefined && failure !== 'constraint';
  }

  /** Returns a product; undefined if no row is selected. */
  async find({ id, version }: RowSelector): Promise<StoredProduct | undefined> {
    const found = await this.#reads.request(id);
    return version === undefined || version === found?.version ? found : undefined;
  }

  /** Inserts a product under a new id. */
  async insert(id: string, product: CreateProduct, changedBy?: string): Promise<StoredProduct> {
    const at = this.#clock();
    const stored = await this.#writes.request({ kind: 'insert', id, product, changedBy, at });
    if (!stored) {
      throw new TypeError('The database returned no row for an insert');
    }
    return stored;
  }

  /** Updates a row and returns the new product; undefined if no row is selected. */
  update(
    selector: RowSelector,
    changes: UpdateProduct,
    changedBy?: string,
  ): Promise<StoredProduct | undefined> {
    const at = this.#clock();
    return this.#writes.request({ kind: 'update', ...selector, changes, changedBy, at });
  }

  /** Deletes a row and returns the deleted product; undefined if no row is selected. */
  delete(selector: RowSelector, changedBy?: string): Promise<StoredProduct | undefined> {
    return this.#writes.request({ kind: 'delete', ...selector, changedBy });
  }

  /**
   * Inserts a product under a new id, at most once for its key. Like the other writes with a key,
   * it returns the outcome of the first request with that key.
   *
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  insertKeyed(id: string, product: CreateProduct, origin: KeyedOrigin): Promise<WriteOutcome> {
    return this.#keyedWrites.request({ kind: 'insert', id, product, at: this.#clock(), ...origin });
  }

  /**
   * Updates a product at most once for its key. Without changes, the product stays as it is.
   *
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  updateKeyed(
    id: string,
    changes: UpdateProduct,
    origin: KeyedOrigin,
    precondition: Precondition | undefined,
  ): Promise<WriteOutcome> {
    const at = this.#clock();
    return this.#keyedWrites.request({ kind: 'update', id, changes, precondition, at, ...origin });
  }

  /**
   * Deletes a product at most once for its key.
   *
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  deleteKeyed(
    id: string,
    origin: KeyedOrigin,
    precondition: Precondition | undefined,
  ): Promise<WriteOutcome> {
    return this.#keyedWrites.request({ kind: 'delete', id, precondition, ...origin });
  }

  /** Returns the cursor of the page after a product; undefined if no product has the id. */
  async cursorBehind(id: string, sort: PageQuery['sort']): Promise<ProductCursor | undefined> {
    const { rows } = await queryPage(
      (statement) => this.#client.$queryRaw(statement),
      this.#statements.selectPage({ sort, limit: 1 }, undefined, [id]),
    );
    return rows[0] && { sort, value: rows[0].sortValue, id };
  }

  /** Returns a page of the list: the first page, or the page after a cursor. */
  async list(query: PageQuery, after: ProductCursor | undefined): Promise<StoredPage> {
    const { rows, found, size } = await queryPage(
      (statement) => this.#client.$queryRaw(statement),
      this.#statements.selectPage(query, after),
    );
    const page = rows.slice(0, query.limit);
    const last = found > page.length ? page.at(-1) : undefined;
    return {
      items: page.map(({ stored }) => stored.product),
      next: last && { sort: query.sort, value: last.sortValue, id: last.stored.product.id },
      size,
    };
  }
}
