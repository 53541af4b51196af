import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** What an API key can allow. `admin` allows everything, and alone manages keys. */
export const scopes = [
  'products:read',
  'products:write',
  'stock:read',
  'stock:write',
  'changes:read',
  'metrics:read',
  'admin',
] as const;

/** What an API key can allow. */
export type Scope = (typeof scopes)[number];

/** A scope in a body. */
export const scopeSchema = documented(
  z.enum(scopes, { errorMap: () => ({ message: `Input should be one of: ${scopes.join(', ')}` }) }),
  { title: 'Scope', description: 'What a key allows. `admin` allows everything.' },
);

/**
 * Who may use a route: holders of a key with the scope, holders of any key, or everyone. A service
 * that requires no keys opens its routes to everyone, except those that manage keys.
 */
export type Access = Scope | 'any-key' | 'everyone';
