import { UsageError } from '../errors.js';

/** A header field: its name and its value. */
export type Header = readonly [name: string, value: string];

/** A token (RFC 9110 §5.6.2). */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

const VALUE = /^[\t -~]*$/;

/**
 * Parses a header of the form `Name: value`.
 *
 * @throws {UsageError} when it has another form. The message does not contain the value, which may
 *   be a password.
 */
export function parseHeader(text: string): Header {
  const colon = text.indexOf(':');
  const name = text.slice(0, Math.max(0, colon)).trim();
  const value = text.slice(colon + 1).trim();
  if (!NAME.test(name)) {
    throw new UsageError(
      "A header (--header or CATALOG_HEADERS) must be 'Name: value'. " +
        "For example: --header 'X-Shop: 1'",
    );
  }
  if (!VALUE.test(value)) {
    throw new UsageError(`The value of the header ${name} must have ASCII characters only`);
  }
  return [name, value];
}

/**
 * Returns the headers of every request. Those of the command line replace those of the environment
 * with the same name; values of a repeated name are joined with a comma (RFC 9110 §5.3).
 *
 * @param environment one header per line
 * @throws {UsageError} when a line is not a header
 */
export function requestHeaders(
  environment: string,
  commandLine: readonly Header[],
): Record<string, string> {
  const lines = environment.split('\n').filter((line) => line.trim() !== '');
  return { ...joined(lines.map(parseHeader)), ...joined(commandLine) };
}

/** Returns whether the headers of requests have credentials, which replace an API key. */
export function hasAuthorization(headers: Record<string, string>): boolean {
  return 'authorization' in headers;
}

function joined(list: readonly Header[]): Record<string, string> {
  const headers = new Headers();
  for (const [name, value] of list) {
    headers.append(name, value);
  }
  return Object.fromEntries(headers);
}
