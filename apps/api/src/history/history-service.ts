import type { Cache } from '@product-api/cache';
import {
  type HistoryEntry,
  type HistoryPage,
  type HistoryQuery,
  type Product,
  toProductId,
} from '@product-api/contract';
import { PreconditionFailedError } from '../http/problems/problem-errors.js';
import type { WriteOrigin } from '../idempotency/write-origin.js';
import { ContentionError, ProductNotFoundError } from '../products/product-errors.js';
import type { ProductRepository } from '../products/product-repository.js';
import { decodeHistoryCursor, encodeHistoryCursor } from './history-cursor.js';
import { VersionNotFoundError } from './history-errors.js';
import type { HistoryRepository, Restore } from './history-repository.js';
import { planRestore } from './plan-restore.js';
import type { RestoreOutcome } from './restore-outcome.js';
import type { StoredEntry } from './stored-entry.js';

/** Options for the history service. */
export interface HistoryServiceOptions {
  readonly repository: HistoryRepository;
  readonly products: ProductRepository;
  readonly cache: Cache<Product>;
}

/** What a request to restore a product asks for. */
export interface RestoreRequest extends WriteOrigin {
  /** Default: the last version before the deletion of the product. */
  readonly version?: number | undefined;
  /** Whether an existing product keeps its quantity in stock. Default: false. */
  readonly keepsStock?: boolean;
  readonly precondition?: Restore['precondition'];
}

/**
 * Maximum attempts to restore a product. An attempt fails if the product is created or deleted
 * between its plan and its write.
 */
const MAX_ATTEMPTS = 10;

/** A page of a history, and its approximate size as JSON in bytes. */
export interface SizedHistoryPage {
  readonly page: HistoryPage;
  readonly size: number;
}

/** The use cases of a product's history. */
export class HistoryService {
  readonly #repository: HistoryRepository;
  readonly #products: ProductRepository;
  readonly #cache: Cache<Product>;

  constructor({ repository, products, cache }: HistoryServiceOptions) {
    this.#repository = repository;
    this.#products = products;
    this.#cache = cache;
  }

  /**
   * Returns one page of a product's history, the newest change first, also of a deleted product. It
   * may have fewer changes than requested, if they have long descriptions.
   *
   * @throws {InvalidHistoryCursorError} when the cursor is not one of a history
   * @throws {ProductNotFoundError} when there is neither such a product nor a history of one
   */
  async list(idText: string, { cursor, limit }: HistoryQuery): Promise<SizedHistoryPage> {
    const after = cursor === undefined ? undefined : decodeHistoryCursor(cursor);
    const id = requireId(idText);
    const { known, entries, hasMore, size } = await this.#repository.entries({
      ...{ id, order: 'newest-first', after, limit },
    });
    if (!known) {
      throw new ProductNotFoundError();
    }
    const last = hasMore ? entries.at(-1) : undefined;
    const next_cursor = last === undefined ? null : encodeHistoryCursor(last);
    return { page: { items: entries.map(toHistoryEntry), next_cursor }, size };
  }

  /**
   * Brings a deleted product back under its id, or gives a product the values of an earlier
   * version, and invalidates the cached product. A product that has these values stays as it is.
   *
   * @throws {ProductNotFoundError} when there is neither such a product nor a history of one
   * @throws {VersionNotFoundError} when the history does not have the values of the version
   * @throws {VersionRequiredError} when the product exists and the request names no version
   * @throws {PreconditionFailedError} when the precondition does not hold
   * @throws {ContentionError} when the product was created or deleted again in every attempt
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async restore(
    idText: string,
    { version, keepsStock = false, precondition, ...origin }: RestoreRequest = {},
  ): Promise<Product> {
    const id = requireId(idText);
    const sources = { products: this.#products, history: this.#repository };
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const plan = await planRestore(sources, id, version);
      const restore = { id, version, keepsStock, plan, precondition, ...origin };
      const outcome = await this.#repository.restore(restore);
      if (outcome) {
        return this.#productOf(outcome);
      }
    }
    throw new ContentionError();
  }

  /** A repeated request invalidates, too: the process that made the change may have died before. */
  async #productOf(outcome: RestoreOutcome): Promise<Product> {
    switch (outcome.kind) {
      case 'not-found':
        throw new ProductNotFoundError();
      case 'version-not-found':
        throw new VersionNotFoundError(outcome.version);
      case 'precondition-failed':
        throw new PreconditionFailedError(outcome.detail);
      case 'stored':
        await this.#cache.invalidate(outcome.product.id, outcome.version);
        return outcome.product;
    }
  }
}

function requireId(text: string): string {
  const id = toProductId(text);
  if (id === undefined) {
    throw new ProductNotFoundError();
  }
  return id;
}

function toHistoryEntry({
  version,
  kind,
  changedAt,
  changedBy,
  previous,
}: StoredEntry): HistoryEntry {
  return {
    version,
    kind,
    changed_at: changedAt.toISOString(),
    changed_by: changedBy,
    previous: previous?.values ?? null,
  };
}
