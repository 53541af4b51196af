import type { Cache } from '@product-api/cache';
import type { CreateProduct, Product, UpdateProduct } from '@product-api/contract';
import { PreconditionFailedError } from '../http/problems/problem-errors.js';
import type { KeyedOrigin } from '../idempotency/write-origin.js';
import type { Precondition } from './precondition.js';
import { ProductNotFoundError } from './product-errors.js';
import type { ProductRepository } from './product-repository.js';
import type { WriteOutcome } from './write-outcome.js';

/**
 * The changes of requests with an idempotency key. A repeated request gets the outcome of the first
 * one, and invalidates the cached product too: the process that made the change may have died
 * before its own invalidation. Invalidations may be repeated, in any order.
 */
export class KeyedChanges {
  readonly #repository: ProductRepository;
  readonly #cache: Cache<Product>;

  constructor(repository: ProductRepository, cache: Cache<Product>) {
    this.#repository = repository;
    this.#cache = cache;
  }

  /** @throws {IdempotencyKeyReusedError} when the key belongs to another request */
  async create(id: string, product: CreateProduct, origin: KeyedOrigin): Promise<Product> {
    return this.#productOf(await this.#repository.insertKeyed(id, product, origin));
  }

  /**
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   * @throws {ProductNotFoundError} when no product had the id
   * @throws {PreconditionFailedError} when the precondition did not hold
   */
  async update(
    id: string,
    changes: UpdateProduct,
    origin: KeyedOrigin,
    precondition: Precondition | undefined,
  ): Promise<Product> {
    const outcome = await this.#repository.updateKeyed(id, changes, origin, precondition);
    return this.#productOf(outcome);
  }

  /**
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   * @throws {ProductNotFoundError} when no product had the id
   * @throws {PreconditionFailedError} when the precondition did not hold
   */
  async delete(
    id: string,
    origin: KeyedOrigin,
    precondition: Precondition | undefined,
  ): Promise<void> {
    const { version } = applied(await this.#repository.deleteKeyed(id, origin, precondition));
    await this.#cache.invalidate(id, version);
  }

  async #productOf(outcome: WriteOutcome): Promise<Product> {
    const written = applied(outcome);
    if (written.kind === 'deleted') {
      throw new TypeError('A deletion has no product to return');
    }
    await this.#cache.invalidate(written.product.id, written.version);
    return written.product;
  }
}

/** Returns the outcome of a write that was made; throws the error of any other. */
function applied(outcome: WriteOutcome) {
  switch (outcome.kind) {
    case 'not-found':
      throw new ProductNotFoundError();
    case 'precondition-failed':
      throw new PreconditionFailedError(outcome.detail);
    default:
      return outcome;
  }
}
