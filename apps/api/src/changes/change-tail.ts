import { setImmediate as nextTurn } from 'node:timers/promises';
import { ChangeBatch, type FindProduct } from './change-batch.js';
import { ChangesExpiredError } from './change-errors.js';
import type { ChangeRepository } from './change-repository.js';
import type { FeedPosition } from './feed-position.js';
import { TailSubscription } from './tail-subscription.js';

/** Maximum changes of one read. */
const PAGE_SIZE = 1000;

/** What a tail needs. */
export interface ChangeTailOptions {
  readonly repository: ChangeRepository;
  readonly findProduct: FindProduct;
  /** Milliseconds between two polls. */
  readonly pollMs: number;
  /** Called if a poll fails; the next one tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * The end of the feed, which all readers share that have read everything before: one poll reads the
 * new changes for all of them. While there are no readers, nothing is polled.
 */
export class ChangeTail {
  readonly #options: ChangeTailOptions;
  readonly #subscriptions = new Set<TailSubscription>();
  /** The place up to which changes were passed on; undefined without readers. */
  #position: FeedPosition | undefined;

  constructor(options: ChangeTailOptions) {
    this.#options = options;
  }

  /**
   * Lets a reader that has read everything before a place get the next changes, among them possibly
   * some from before that place.
   *
   * @returns undefined if the tail is already further: read on, and join again
   */
  join({ seq, ...position }: FeedPosition): TailSubscription | undefined {
    if (this.#position !== undefined && this.#position.seq > seq) {
      return undefined;
    }
    const subscription = new TailSubscription((left) => this.#subscriptions.delete(left));
    this.#subscriptions.add(subscription);
    if (this.#position === undefined) {
      this.#position = { seq, ...position };
      this.#schedule();
    }
    return subscription;
  }

  #schedule(): void {
    setTimeout(() => void this.#poll(), this.#options.pollMs).unref();
  }

  async #poll(): Promise<void> {
    try {
      while (this.#subscriptions.size > 0 && (await this.#passOnPage())) {
        await nextTurn();
      }
    } catch (error) {
      if (error instanceof ChangesExpiredError) {
        this.#failAll(error);
      } else {
        this.#options.onFailure(error);
      }
    }
    if (this.#subscriptions.size > 0) {
      this.#schedule();
    } else {
      this.#position = undefined;
    }
  }

  /** Reads once, and returns whether there may be more to read. */
  async #passOnPage(): Promise<boolean> {
    const { repository, findProduct } = this.#options;
    if (this.#position === undefined) {
      return false;
    }
    const page = await repository.readAfter(this.#position, PAGE_SIZE);
    this.#position = page.next;
    if (page.entries.length > 0) {
      const batch = new ChangeBatch(page, { findProduct, isShared: true });
      for (const subscription of this.#subscriptions) {
        subscription.push(batch);
      }
    }
    return !page.isLast;
  }

  #failAll(error: Error): void {
    for (const subscription of this.#subscriptions) {
      subscription.fail(error);
    }
    this.#subscriptions.clear();
  }
}
