import type { ApiKeyList, CreatedApiKey, Scope } from '@product-api/contract';
import { expect } from 'vitest';
import { type RawRequest, type RawResponse, send } from '../raw-request.js';

/** ADMIN_API_KEY of the services of these tests. */
export const ADMIN_KEY = 'key-of-the-operator-for-these-tests';

/** A key of the right form, with the right checksum, that nobody has made. */
export const UNKNOWN_KEY = 'pk_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA99e66003';

/** Returns the header that sends a key. */
export function bearer(key: string): Record<string, string> {
  return { Authorization: `Bearer ${key}` };
}

/** Sends a request with a key, by default that of the operator, and its body as JSON. */
export function sendWithKey(
  baseUrl: string,
  request: Omit<RawRequest, 'body'> & { readonly body?: unknown },
  key = ADMIN_KEY,
): Promise<RawResponse> {
  const { body, headers, ...rest } = request;
  return send(baseUrl, {
    ...rest,
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
      ...bearer(key),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Makes a key. */
export async function createKey(
  baseUrl: string,
  scopes: readonly Scope[],
  expires_at: string | null = null,
): Promise<CreatedApiKey> {
  const body = { name: 'test', scopes, expires_at };
  const request = { method: 'POST', path: '/api-keys', body };
  const { status, text } = await sendWithKey(baseUrl, request);
  expect(status, text).toBe(201);
  return JSON.parse(text);
}

/** Revokes a key, and returns the status. */
export async function revokeKey(baseUrl: string, id: string): Promise<number> {
  return (await sendWithKey(baseUrl, { method: 'DELETE', path: `/api-keys/${id}` })).status;
}

/** Returns all keys. */
export async function listKeys(baseUrl: string): Promise<ApiKeyList['items']> {
  return JSON.parse((await sendWithKey(baseUrl, { path: '/api-keys' })).text).items;
}

/** Returns the status of a read with a key. */
export async function statusWith(key: string, baseUrl: string): Promise<number> {
  return (await sendWithKey(baseUrl, { path: '/api-keys/self' }, key)).status;
}
