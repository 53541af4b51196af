import type { HttpResponse } from '../http/http-message.js';

const NOT_MODIFIED = 304;

/** Returns undefined for the 304 of a conditional read, else what `read` returns. */
export function unlessNotModified<Data>(
  { ifNoneMatch }: { readonly ifNoneMatch?: string | undefined },
  read: (response: HttpResponse) => Data,
): (response: HttpResponse) => Data | undefined {
  return (response) =>
    response.status === NOT_MODIFIED && ifNoneMatch !== undefined ? undefined : read(response);
}
