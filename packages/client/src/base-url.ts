/**
 * Checks a service's address and strips the slashes at its end, so that paths can be appended.
 *
 * @throws TypeError when it is no absolute http or https URL, or has more than an origin and a path.
 */
export function normalizeBaseUrl(text: string): string {
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`The base URL must begin with http:// or https://: ${text}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('The base URL must not contain credentials; send them as a header');
  }
  if (url.search !== '' || url.hash !== '') {
    throw new TypeError(`The base URL must end in its path: ${text}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
