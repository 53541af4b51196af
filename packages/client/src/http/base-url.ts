import { pageAddress } from './runtime.js';

const EXAMPLE = 'createClient({ baseUrl: "http://localhost:8080" })';

/**
 * Checks the base URL of a service, and removes the slashes at its end, so that paths can be
 * appended.
 *
 * @param given the `baseUrl` option; programs without types may pass anything
 * @param pageUrl the address that a relative base URL starts from; default: the page's in a
 *   browser, none elsewhere
 * @throws {TypeError} when it is missing, or not an http or https URL that ends with its path
 */
export function normalizeBaseUrl(given: unknown, pageUrl = pageAddress()): string {
  if (given === undefined || given === null || given === '') {
    throw new TypeError(`createClient needs baseUrl, the address of the service: ${EXAMPLE}`);
  }
  const text = String(given);
  const url = parseUrl(text, pageUrl);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new TypeError(
      `The base URL must begin with http:// or https://${relativeHint(text)}: ${withoutSecrets(text)}`,
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

function parseUrl(text: string, pageUrl: string | undefined): URL | undefined {
  try {
    return new URL(text, pageUrl);
  } catch {
    return undefined;
  }
}

function relativeHint(text: string): string {
  return text.startsWith('/') || text.startsWith('.')
    ? ' (only browsers know a page’s address)'
    : '';
}

/** A text with an `@` may contain a password; error messages end up in logs. */
function withoutSecrets(text: string): string {
  return text.includes('@') ? '(not shown, because it may contain a password)' : text;
}
