import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Cache, CachePeek, CacheRead, Load } from '@product-api/cache';
import {
  type CreateProduct,
  type ListProductsQuery,
  type Product,
  type ProductPage,
  toProductId,
  type UpdateProduct,
} from '@product-api/contract';
import { KeyedQueue } from '../concurrency/keyed-queue.js';
import { isKeyed, type WriteOrigin } from '../idempotency/write-origin.js';
import { differentIds } from './batch-ids.js';
import { divideBatch } from './batch-parts.js';
import { KeyedChanges } from './keyed-changes.js';
import type { Precondition } from './precondition.js';
import type { FoundProducts } from './product-batch.js';
import { decodeCursor, encodeCursor } from './product-cursor.js';
import { ContentionError, ProductNotFoundError } from './product-errors.js';
import type { ProductRepository, RowSelector, StoredProduct } from './product-repository.js';
import type { ProductSearch } from './search/product-search.js';

/** Options for the product service. */
export interface ProductServiceOptions {
  readonly repository: ProductRepository;
  readonly search: ProductSearch;
  readonly cache: Cache<Product>;
  /** Returns the id of a new product. */
  readonly newId: () => string;
}

/** A page of the list, and its approximate size as JSON in bytes. */
export interface SizedPage {
  readonly page: ProductPage;
  readonly size: number;
  /** Whether a search has compared only a part of what it finds. */
  readonly isPartial: boolean;
}

type Found = Extract<CacheRead<Product>, { text: string }>;

const notCached = Promise.resolve(undefined);

/**
 * Maximum attempts of a conditional change. An attempt fails if another write comes between its
 * check and its own write. Conditional changes of a product in this process wait for each other, so
 * only many other writers can use up the attempts.
 */
const MAX_ATTEMPTS = 100;

/** The use cases of the catalog. */
export class ProductService {
  readonly #repository: ProductRepository;
  readonly #search: ProductSearch;
  readonly #cache: Cache<Product>;
  readonly #newId: () => string;
  readonly #keyed: KeyedChanges;
  readonly #conditionalChanges: KeyedQueue;

  constructor({ repository, search, cache, newId }: ProductServiceOptions) {
    this.#repository = repository;
    this.#search = search;
    this.#cache = cache;
    this.#newId = newId;
    this.#keyed = new KeyedChanges(repository, cache);
    this.#conditionalChanges = new KeyedQueue((error) => repository.isUnavailable(error));
  }

  /**
   * Stores a product under a new id. The cache may hold that the id is unknown: it is invalidated.
   *
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async create(product: CreateProduct, origin: WriteOrigin = {}): Promise<Product> {
    const id = this.#newId();
    if (isKeyed(origin)) {
      return this.#keyed.create(id, product, origin);
    }
    const stored = await this.#repository.insert(id, product, origin.changedBy);
    await this.#cache.invalidate(stored.product.id, stored.version);
    return stored.product;
  }

  /** Returns a product, or its known absence, if the cache holds it; else undefined. */
  peek(idText: string): Promise<CachePeek<Product> | undefined> {
    const id = toProductId(idText);
    if (id === undefined) {
      return notCached;
    }
    return this.#cache.peek(id, this.#loadStored);
  }

  /**
   * Returns a product that `peek` did not find: loads it from the database and caches it.
   *
   * @throws {ProductNotFoundError} when there is no such product
   */
  async load(idText: string): Promise<Found> {
    const id = requireId(idText);
    const read = await this.#cache.load(id, this.#loadStored);
    if (read.value === undefined) {
      throw new ProductNotFoundError(read.source);
    }
    return read;
  }

  /**
   * Returns the products with these ids, each once, from the cache, which is read in parts, or else
   * from the database. Text that is not an id is the id of no product.
   */
  async getMany(idTexts: readonly string[]): Promise<FoundProducts> {
    const { asked, ids, lengths } = differentIds(idTexts, (text) => this.#cache.knownLength(text));
    const parts = divideBatch(ids, (_, index) => lengths[index]);
    const hits: (CachePeek<Product> | undefined)[] = [];
    for (const [index, part] of parts.entries()) {
      if (index > 0) {
        // The cache in the memory of the process would keep other requests waiting.
        await nextTurn();
      }
      hits.push(...(await this.#cache.peekMany(part, this.#loadStored)));
    }
    const missed = ids.filter((_, index) => hits[index] === undefined);
    const loads = await this.#cache.loadMany(missed, this.#loadStored);

    const texts: string[] = [];
    const missing: string[] = [];
    const sources = { hit: 0, miss: 0, bypass: 0 };
    let next = 0;
    for (const [id, text] of asked) {
      // Any other text is in none of the parts.
      const read = id === ids[next] ? (hits[next++] ?? loads.get(id)) : undefined;
      if (read !== undefined) {
        sources[read.source] += 1;
      }
      if (read?.value === undefined) {
        missing.push(text);
      } else {
        texts.push(read.text);
      }
    }
    return { texts, missing, sources };
  }

  /**
   * Changes the fields that `changes` names, and invalidates the cached product. Without fields,
   * nothing changes.
   *
   * @throws {ProductNotFoundError} when there is no such product
   * @throws {PreconditionFailedError} when the precondition does not hold
   * @throws {ContentionError} when other writes came between check and write in every attempt
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async update(
    idText: string,
    changes: UpdateProduct,
    precondition?: Precondition,
    origin: WriteOrigin = {},
  ): Promise<Product> {
    const id = requireId(idText);
    if (isKeyed(origin)) {
      return this.#keyed.update(id, changes, origin, precondition);
    }
    if (Object.keys(changes).length === 0) {
      return (await this.#onRow(id, precondition, (row) => this.#repository.find(row))).product;
    }
    const written = await this.#onRow(id, precondition, (row) =>
      this.#repository.update(row, changes, origin.changedBy),
    );
    await this.#cache.invalidate(id, written.version);
    return written.product;
  }

  /**
   * Deletes a product, and invalidates the cached product.
   *
   * @throws {ProductNotFoundError} when there is no such product
   * @throws {PreconditionFailedError} when the precondition does not hold
   * @throws {ContentionError} when other writes came between check and write in every attempt
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async delete(
    idText: string,
    precondition?: Precondition,
    origin: WriteOrigin = {},
  ): Promise<void> {
    const id = requireId(idText);
    if (isKeyed(origin)) {
      return this.#keyed.delete(id, origin, precondition);
    }
    const deleted = await this.#onRow(id, precondition, (row) =>
      this.#repository.delete(row, origin.changedBy),
    );
    await this.#cache.invalidate(id, deleted.version + 1);
  }

  /**
   * Returns one page of the catalog, or of the products that a search finds. It may have fewer
   * products than requested, to stay near 1 MiB; `next_cursor` continues after them. Only a page of
   * a search can be empty and have a `next_cursor`.
   *
   * @throws {InvalidCursorError} when the cursor is not one of a list with this sort
   * @throws {TooManyWordsError} when the search has more words than a search can have
   */
  async list(query: ListProductsQuery): Promise<SizedPage> {
    const { cursor, q, sort } = query;
    const after = cursor === undefined ? undefined : decodeCursor(cursor, sort);
    // The contract has relevance only with a search.
    const { items, next, size, isPartial } =
      q !== undefined || sort === 'relevance'
        ? await this.#search.list(q ?? '', query, after)
        : { ...(await this.#repository.list({ ...query, sort }, after)), isPartial: false };
    return { page: { items, next_cursor: next ? encodeCursor(next) : null }, size, isPartial };
  }

  /** Loads a product for the cache. */
  readonly #loadStored: Load<Product> = async (id) => {
    const stored = await this.#repository.find({ id });
    return stored && { value: stored.product, version: stored.version };
  };

  /**
   * Applies an operation to a product's row. With a precondition, the operation is applied only to
   * the version of the row that the precondition was checked against.
   */
  async #onRow(
    id: string,
    precondition: Precondition | undefined,
    operation: (row: RowSelector) => Promise<StoredProduct | undefined>,
  ): Promise<StoredProduct> {
    if (!precondition) {
      return (await operation({ id })) ?? notFound();
    }
    return this.#conditionalChanges.run(id, async () => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const current = (await this.#repository.find({ id })) ?? notFound();
        precondition(current.product);
        const result = await operation({ id, version: current.version });
        if (result) {
          return result;
        }
      }
      throw new ContentionError();
    });
  }
}

/** Returns the product id in a text. Any other text cannot be the id of a product: 404. */
function requireId(text: string): string {
  return toProductId(text) ?? notFound();
}

function notFound(): never {
  throw new ProductNotFoundError();
}
