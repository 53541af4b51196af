import {
  type Change,
  type Changes,
  MAX_CHANGES_WAIT_S,
  MAX_PAGE_SIZE,
} from '../generated/contract.js';
import type { CallOptions } from '../options/call-options.js';
import type { ChangesQuery, FollowOptions } from '../options/change-options.js';
import { sleep } from '../transport/sleep.js';
import { never } from '../transport/until-aborted.js';
import { waitForRetry } from './endless-retries.js';
import { PagedList } from './paged-list.js';

/** The changes behind a cursor, without an end. Each loop begins behind that cursor. */
export type ChangeFeed = PagedList<Change, Changes>;

/** Requests changes once. */
export type ListChanges = (query: ChangesQuery, options: CallOptions) => PromiseLike<Changes>;

/** Milliseconds for each request, besides those for which the service waits for a change. */
const TIMEOUT_MS = 30_000;

/** The service ends a wait earlier than after so many milliseconds only if it stops. */
const SHORT_WAIT_MS = 1000;

/**
 * Follows changes by requests that wait for the next ones, not by an event stream: each response is
 * whole, so this works through every proxy and in every runtime, and needs no parser of events.
 */
export function followChanges(
  list: ListChanges,
  { after, productId, headers, kind, include, ...retried }: FollowOptions = {},
): ChangeFeed {
  const { signal = never } = retried;
  const query = { product_id: productId, kind, include, limit: MAX_PAGE_SIZE };
  const options = { signal, headers, timeoutMs: TIMEOUT_MS, retry: { limit: 0 } };

  async function nextPage(cursor: string | undefined): Promise<Changes> {
    for (let failures = 0; ; ) {
      // Without a cursor, a connection that breaks during the wait would lose changes. After a
      // failure, a response at once shows that the service is back.
      const wait = cursor === undefined || failures > 0 ? 0 : MAX_CHANGES_WAIT_S;
      const began = performance.now();
      try {
        const page = await list({ ...query, after: cursor, wait }, options);
        const isEarly = wait > 0 && performance.now() - began < SHORT_WAIT_MS;
        if (isEarly && page.next_cursor === cursor) {
          // Until the service has stopped, it would be asked again and again.
          await sleep(Math.random() * SHORT_WAIT_MS, signal);
        }
        return page;
      } catch (error) {
        failures += 1;
        await waitForRetry(error, failures, retried);
      }
    }
  }
  return new PagedList(nextPage, after);
}
