import type { Response } from 'express';
import { nextLink } from '../headers/next-link.js';
import { entityTag } from './entity-tag.js';
import { requireIfMatch } from './preconditions.js';

/**
 * Returns the response with a page of a list. If there is a next page, its `Link` is set.
 *
 * @param name the name of the list in messages, such as `ledger`
 * @throws {PreconditionFailedError} when the request's `If-Match` does not hold for the page
 */
export function pageResponse<Page extends { readonly next_cursor: string | null }>(
  response: Response,
  name: string,
  page: Page,
) {
  const { req: request } = response;
  const ifMatch = request.headers['if-match'];
  if (ifMatch !== undefined) {
    requireIfMatch(ifMatch, { name, entityTag: entityTag(JSON.stringify(page)) });
  }
  if (page.next_cursor !== null) {
    response.setHeader('Link', nextLink(request.url, page.next_cursor));
  }
  return { status: 200, body: page } as const;
}
