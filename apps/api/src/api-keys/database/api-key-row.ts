import { type Scope, scopes } from '@product-api/contract';
import { z } from 'zod';
import type { StoredApiKey } from '../stored-api-key.js';

/** A key as `selectAll` returns it: id, hash, name, scopes, and two times in milliseconds. */
const rows = z.array(
  z.tuple([z.string(), z.string(), z.string(), z.string(), z.number(), z.number().nullable()]),
);

/** Returns the keys of the JSON text that `selectAll` returns. */
export function parseRows(json: string): readonly StoredApiKey[] {
  return rows.parse(JSON.parse(json)).map(([id, hash, name, words, createdAt, expiresAt]) => ({
    id,
    hash,
    name,
    scopes: scopesIn(words),
    createdAt: new Date(createdAt),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  }));
}

/** Returns the scopes that this version of the service knows, in the contract's order. */
function scopesIn(words: string): readonly Scope[] {
  const named = words.split(' ');
  return scopes.filter((scope) => named.includes(scope));
}

/** Returns scopes as they are stored. */
export function scopeWords(scopes: readonly Scope[]): string {
  return scopes.join(' ');
}
