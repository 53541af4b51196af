import { UsageError } from '../errors.js';

const NAME = 'Base URL (--base-url or CATALOG_URL)';

/** A host name of this computer itself. */
const LOOPBACK = /^(?:localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;

/** A host, and perhaps a port and a path: an address that lacks only `http://`. */
const ADDRESS_WITHOUT_SCHEME = /^[a-z\d.-]+(?::\d{1,5})?(?:\/[\w./-]*)?$/i;

/**
 * Checks the base URL of the service, and returns it.
 *
 * @throws {UsageError} when it is not an http or https URL that ends with its path. The message
 *   does not contain the URL, which may hold a password anywhere if it is mistyped.
 */
export function checkedBaseUrl(text: string): string {
  if (!/^https?:/i.test(text)) {
    const advice = ADDRESS_WITHOUT_SCHEME.test(text)
      ? `Did you mean http://${text}?`
      : 'For example: http://localhost:8080';
    throw new UsageError(`${NAME} must begin with http:// or https://. ${advice}`);
  }
  if (!URL.canParse(text)) {
    throw new UsageError(`${NAME} must be a valid URL. For example: http://localhost:8080`);
  }
  const { username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '') {
    throw new UsageError(
      `${NAME} must not contain a user or a password. Send them in a header: ` +
        "CATALOG_HEADERS='Authorization: …'",
    );
  }
  if (search !== '' || hash !== '') {
    throw new UsageError(`${NAME} must end with its path, without ? or #`);
  }
  return text;
}

/** Returns whether requests to a base URL leave this computer without encryption. */
export function isUnencrypted(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !LOOPBACK.test(hostname);
}
