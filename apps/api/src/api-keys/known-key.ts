import type { KeyHolder } from '../http/access/key-identifier.js';
import type { StoredApiKey } from './stored-api-key.js';

/** A key that this process can identify. */
export interface KnownKey extends KeyHolder, Pick<StoredApiKey, 'name' | 'hash' | 'expiresAt'> {}
