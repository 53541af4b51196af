import type { Changes } from '@product-api/contract';
import { send } from '../raw-request.js';

/** Returns the response to a request for changes. */
export async function readChanges(baseUrl: string, query: Record<string, string | number> = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    parameters.set(name, String(value));
  }
  const { status, headers, text } = await send(baseUrl, { path: `/changes?${parameters}` });
  return { status, headers, body: JSON.parse(text) };
}

/** Returns the cursor of the end of the feed. */
export async function cursorNow(baseUrl: string): Promise<string> {
  return (await readChanges(baseUrl)).body.next_cursor;
}

/** Returns all changes after a cursor, page by page. */
export async function allChanges(
  baseUrl: string,
  after: string,
  query: Record<string, string | number> = {},
): Promise<Changes['items']> {
  const items: Changes['items'] = [];
  for (let cursor = after; ; ) {
    const { body } = await readChanges(baseUrl, { ...query, after: cursor });
    items.push(...body.items);
    if (body.next_cursor === cursor) {
      return items;
    }
    cursor = body.next_cursor;
  }
}
