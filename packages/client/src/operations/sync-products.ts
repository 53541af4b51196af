import { ChangesExpiredError, NotFoundError } from '../errors/request-errors.js';
import type { Changes, Product } from '../generated/contract.js';
import type { EndlessOptions, SyncHandler, SyncOptions } from '../options/change-options.js';
import { jitteredDelay } from '../transport/retry.js';
import { sleep } from '../transport/sleep.js';
import type { Transport } from '../transport/transport.js';
import { never } from '../transport/until-aborted.js';
import { endlessPolicy, waitForRetry } from './endless-retries.js';
import { exportProducts } from './export-products.js';
import { followChanges, type ListChanges } from './follow-changes.js';

/** Keeps a copy of all products in step: an export, then every change after it. */
export async function syncProducts(
  transport: Transport,
  list: ListChanges,
  { store, handler, ...options }: SyncOptions,
): Promise<never> {
  let cursor = (await store.load()) ?? undefined;
  for (let expirations = 1; ; expirations += 1) {
    if (cursor === undefined) {
      cursor = await copyAll(transport, handler, options);
      await store.save(cursor);
    }
    try {
      const feed = followChanges(list, { ...options, after: cursor, include: 'product' });
      for await (const page of feed.pages()) {
        await apply(page, handler);
        if (page.next_cursor !== cursor) {
          cursor = page.next_cursor;
          await store.save(cursor);
        }
        expirations = 0;
      }
    } catch (error) {
      if (!(error instanceof ChangesExpiredError)) {
        throw error;
      }
      cursor = undefined;
      await sleep(jitteredDelay(expirations, endlessPolicy), options.signal ?? never);
    }
  }
}

/** Returns the cursor of the first change that the copy may lack. */
async function copyAll(
  transport: Transport,
  handler: SyncHandler,
  options: EndlessOptions,
): Promise<string> {
  for (let failures = 1; ; failures += 1) {
    const outcome = await tryToCopyAll(transport, handler, options);
    if ('cursor' in outcome) {
      return outcome.cursor;
    }
    // An export that broke cannot go on behind a product that was deleted meanwhile.
    if (!(outcome.failure instanceof NotFoundError)) {
      await waitForRetry(outcome.failure, failures, options);
    }
  }
}

/** Returns the failure of the export; one of the handler is thrown. */
async function tryToCopyAll(
  transport: Transport,
  handler: SyncHandler,
  { signal, headers }: EndlessOptions,
): Promise<{ readonly cursor: string } | { readonly failure: unknown }> {
  let cursor: string | undefined;
  let failed: { readonly failure: unknown } | undefined;
  let isComplete = false;
  async function* products(): AsyncGenerator<Product, void, undefined> {
    const onChangesCursor = (received: string) => {
      cursor = received;
    };
    const exportOptions = { signal, headers, retry: endlessPolicy, onChangesCursor };
    try {
      yield* exportProducts(transport, {}, exportOptions);
      isComplete = true;
    } catch (failure) {
      failed = { failure };
      throw failure;
    }
  }
  try {
    await handler.replaceAll(products());
  } catch (error) {
    if (failed === undefined) {
      throw error;
    }
  }
  if (failed !== undefined) {
    return failed;
  }
  if (cursor === undefined || !isComplete) {
    throw new TypeError('replaceAll must read all products before it returns');
  }
  return { cursor };
}

/** Hands each product of a page to the handler once: all its changes carry the same product. */
async function apply({ items }: Changes, handler: SyncHandler): Promise<void> {
  const lastChanges = new Map(items.map((change) => [change.product_id, change]));
  for (const [id, change] of lastChanges) {
    if (change.product === undefined) {
      await handler.remove(id, change);
    } else {
      await handler.put(change.product, change);
    }
  }
}
