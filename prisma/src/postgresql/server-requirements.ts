import type pg from 'pg';
import { DatabaseError } from '../errors/database-errors.js';
import { DatabaseServerError } from '../errors/server-errors.js';
import { asAdapterError } from './connection-error.js';
import { postgresqlFailure } from './postgresql-failure.js';

/** The first version with `gen_random_uuid()`. */
const OLDEST_MAJOR_VERSION = 13;

/**
 * Checks that the server has what the migrations and statements need.
 *
 * @throws {DatabaseServerError} when it does not
 */
export async function requireSupportedServer(client: pg.Client, place: string): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding",
  );
  const { version = '', encoding } = rows[0] ?? {};
  if (Number.parseInt(version, 10) < OLDEST_MAJOR_VERSION) {
    throw new DatabaseServerError(
      `${place} has version ${version}: the service needs ${OLDEST_MAJOR_VERSION} or newer`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseServerError(
      `The database of ${place} has the encoding ${encoding}: create it with ENCODING 'UTF8'`,
    );
  }
}

/**
 * Runs an action on the server at the start, and translates errors of the connection into one that
 * says what to do.
 *
 * @throws {DatabaseServerError} when the server cannot be used
 */
export async function translateServerErrors<T>(
  place: string,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const explanation = cause instanceof DatabaseError ? undefined : explain(place, cause);
    throw explanation === undefined ? cause : new DatabaseServerError(explanation, { cause });
  }
}

function explain(place: string, error: unknown): string | undefined {
  const text = error instanceof Error ? textOf(error) : '';
  const state = sqlState(error);
  if (state?.startsWith('28')) {
    return `${place} refuses the user of DATABASE_URL (${text}): check user and password`;
  }
  if (state === '3D000') {
    return `${place} does not have the database of DATABASE_URL (${text}): create it`;
  }
  if (state === '42501') {
    return `The user of DATABASE_URL lacks a permission (${text}): make it the owner of the database`;
  }
  if (state === '53300') {
    return `${place} takes no more connections (${text}): raise the limit, or lower DATABASE_POOL or the number of processes`;
  }
  const isUnreachable = state === undefined && postgresqlFailure(asAdapterError(error));
  if (isUnreachable || /^(?:08|53|55|57)/.test(state ?? '')) {
    return `${place} cannot be used (${text}): start it, or correct DATABASE_URL`;
  }
  return undefined;
}

function textOf(error: Error): string {
  return error.message || ('code' in error ? String(error.code) : error.name);
}

function sqlState(error: unknown): string | undefined {
  const isServerError = error instanceof Error && 'severity' in error && 'code' in error;
  return isServerError ? String(error.code) : undefined;
}
