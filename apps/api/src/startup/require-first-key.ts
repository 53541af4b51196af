import type { Logger } from 'pino';
import type { ApiKeyRepository } from '../api-keys/api-key-repository.js';
import { isExpired } from '../api-keys/stored-api-key.js';
import type { Config } from '../config/config.js';
import { StartError } from '../errors.js';

/** Requests need a key, and there is none. */
export class NoApiKeyError extends StartError {
  override readonly name = 'NoApiKeyError';

  constructor(mode: Config['AUTH']) {
    super(
      `AUTH=${mode} needs an API key, and there is none: set ADMIN_API_KEY to at least 32 characters, such as openssl rand -base64 32 prints, and make the other keys with it`,
    );
  }
}

/**
 * Requires that somebody can use a service that needs keys, and warns if nobody can manage them.
 *
 * @throws {NoApiKeyError} when no key is valid
 */
export async function requireFirstKey(
  { AUTH, ADMIN_API_KEY }: Pick<Config, 'AUTH' | 'ADMIN_API_KEY'>,
  repository: Pick<ApiKeyRepository, 'all'>,
  logger: Logger,
): Promise<void> {
  if (AUTH === 'off' || ADMIN_API_KEY !== undefined) {
    return;
  }
  const now = new Date();
  const valid = (await repository.all()).filter((key) => !isExpired(key, now));
  if (valid.length === 0) {
    throw new NoApiKeyError(AUTH);
  }
  if (!valid.some(({ scopes }) => scopes.includes('admin'))) {
    logger.warn('no API key can manage keys: set ADMIN_API_KEY to make or revoke one');
  }
}
