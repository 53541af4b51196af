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
import { decodeCursor, encodeCursor } from './product-cursor.js';
import { ContentionError, ProductNotFoundError } from './product-errors.js';
import type { ProductRepository, RowSelector, StoredProduct } from './product-repository.js';

/** Throws where a change may not be made to the product as it is now. */
export type Precondition = (current: Product) => void;

/** What the service works with. */
export interface ProductServiceOptions {
  readonly repository: ProductRepository;
  readonly cache: Cache<Product>;
  /** Makes the id of a new product. */
  readonly newId: () => string;
}

/** A page of the list, and about how many bytes it takes as JSON. */
export interface SizedPage {
  readonly page: ProductPage;
  readonly size: number;
}

type Found = Extract<CacheRead<Product>, { text: string }>;

const nothing = Promise.resolve(undefined);

/**
 * How often a conditional change is tried, where each time another one comes between its check and its
 * write. Those of this process wait for each other, so it takes many other writers to get there.
 */
const MAX_ATTEMPTS = 100;

/** The use cases of the catalog. */
export class ProductService {
  readonly #repository: ProductRepository;
  readonly #cache: Cache<Product>;
  readonly #newId: () => string;
  readonly #conditionalChanges = new KeyedQueue();

  constructor({ repository, cache, newId }: ProductServiceOptions) {
    this.#repository = repository;
    this.#cache = cache;
    this.#newId = newId;
  }

  /** Stores a new product, gives it its id, and makes the cache forget that there was none. */
  async create(product: CreateProduct): Promise<Product> {
    const stored = await this.#repository.insert(this.#newId(), product);
    await this.#cache.invalidate(stored.product.id, stored.version);
    return stored.product;
  }

  /** What the cache alone knows of a product: its text, that there is none, or nothing. */
  peek(text: string): Promise<CachePeek<Product> | undefined> {
    const id = toProductId(text);
    if (id === undefined) {
      return nothing;
    }
    return this.#cache.peek(id, this.#loadStored);
  }

  /**
   * Reads a product that `peek` did not find: from the database, and into the cache.
   * @throws ProductNotFoundError
   */
  async load(text: string): Promise<Found> {
    const id = requireId(text);
    const read = await this.#cache.load(id, this.#loadStored);
    if (read.value === undefined) {
      throw new ProductNotFoundError(read.source);
    }
    return read;
  }

  /**
   * Changes the members named and invalidates the cached copy. No members: nothing changes.
   * @throws ProductNotFoundError
   * @throws PreconditionFailedError where the precondition does not hold
   * @throws ContentionError where other changes come between its check and the write, again and again
   */
  async update(
    text: string,
    changes: UpdateProduct,
    precondition?: Precondition,
  ): Promise<Product> {
    const id = requireId(text);
    if (Object.keys(changes).length === 0) {
      return (await this.#onRow(id, precondition, (row) => this.#repository.find(row))).product;
    }
    const written = await this.#onRow(id, precondition, (row) =>
      this.#repository.update(row, changes),
    );
    await this.#cache.invalidate(id, written.version);
    return written.product;
  }

  /**
   * Removes a product and invalidates the cached copy.
   * @throws ProductNotFoundError
   * @throws PreconditionFailedError where the precondition does not hold
   * @throws ContentionError where other changes come between its check and the write, again and again
   */
  async delete(text: string, precondition?: Precondition): Promise<void> {
    const id = requireId(text);
    const removed = await this.#onRow(id, precondition, (row) => this.#repository.delete(row));
    await this.#cache.invalidate(id, removed.version + 1);
  }

  /**
   * Reads one page of the catalog. It may have fewer products than were asked for, at least one, so
   * that it takes little more than 1 MiB; `next_cursor` goes on.
   * @throws {InvalidCursorError} for a cursor that is not one of a list in this order
   */
  async list(query: ListProductsQuery): Promise<SizedPage> {
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, query.sort);
    const { items, next, size } = await this.#repository.list(query, after);
    return { page: { items, next_cursor: next ? encodeCursor(next) : null }, size };
  }

  /** Reads what the cache is filled with. */
  readonly #loadStored: Load<Product> = async (id) => {
    const stored = await this.#repository.find({ id });
    return stored && { value: stored.product, version: stored.version };
  };

  /** Does something to a product's row, with a precondition only to the version that it was checked on. */
  async #onRow(
    id: string,
    precondition: Precondition | undefined,
    act: (row: RowSelector) => Promise<StoredProduct | undefined>,
  ): Promise<StoredProduct> {
    if (!precondition) {
      return (await act({ id })) ?? notFound();
    }
    return this.#conditionalChanges.run(id, async () => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
        const current = (await this.#repository.find({ id })) ?? notFound();
        precondition(current.product);
        const result = await act({ id, version: current.version });
        if (result) {
          return result;
        }
      }
      throw new ContentionError();
    });
  }
}

/** Returns the id that a text names; any other text than an id names no product. */
function requireId(text: string): string {
  return toProductId(text) ?? notFound();
}

function notFound(): never {
  throw new ProductNotFoundError();
}
