/**
 * An API key, or a function that returns it. The function is called before each attempt, so that
 * it can return a key that has replaced another one.
 */
export type ApiKeySource = string | (() => string | Promise<string>);

/**
 * Returns the headers of an attempt with the API key. An `authorization` that they have stays. The
 * given headers are not changed: a hook has seen them, and may log them later.
 *
 * @throws {TypeError} when the function returns an invalid key
 * @throws {unknown} when the function throws: the same error
 */
export async function withApiKey(
  headers: Headers,
  apiKey: ApiKeySource | undefined,
): Promise<Headers> {
  if (apiKey === undefined || headers.has('authorization')) {
    return headers;
  }
  const authorized = new Headers(headers);
  const key = checkedApiKey(typeof apiKey === 'function' ? await apiKey() : apiKey);
  authorized.set('authorization', `Bearer ${key}`);
  return authorized;
}

/**
 * Returns the key, if it can be sent.
 *
 * @param given programs without types may pass anything
 * @throws {TypeError} when it cannot; the message does not contain it
 */
export function checkedApiKey(given: unknown): string {
  if (typeof given !== 'string' || !/^[!-~]+$/.test(given)) {
    throw new TypeError(
      'An API key must have one or more visible ASCII characters, and no spaces or line breaks (it is not shown here)',
    );
  }
  return given;
}
