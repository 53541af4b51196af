import { hash } from 'node:crypto';

/** What a request asks for. Credentials and the request's id are not part of it. */
export interface AskedFor {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The query and the body after validation. */
  readonly query: unknown;
  readonly body: unknown;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/**
 * Returns the SHA-256, in base64url, of what a request asks for. It does not depend on the order of
 * the fields in objects, on white space in the body, or on fields that validation has removed.
 */
export function fingerprintOf(asked: AskedFor): string {
  return hash('sha256', JSON.stringify(asked, sortFields), 'base64url');
}

function sortFields(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).sort(byName));
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}
