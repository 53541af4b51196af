/**
 * Checks the base URL of a service, and removes the slashes at its end, so that paths can be
 * appended.
 *
 * @throws {TypeError} when it is not an absolute http or https URL that ends with its path
 */
export function normalizeBaseUrl(text: string): string {
  const url = parseUrl(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(
      `The base URL must begin with http:// or https://: ${withoutSecrets(text)}`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('The base URL must not contain credentials; send them in a header');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new TypeError(
      `The base URL must end with its path, without a query or a fragment: ${withoutSecrets(text)}`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A text with an `@` may contain a password; error messages end up in logs. */
function withoutSecrets(text: string): string {
  return text.includes('@') ? '(not shown, because it may contain a password)' : text;
}
