import type { Client } from '@product-api/client';
import type { CliContext } from './cli-context.js';
import { UsageError } from './errors.js';

/** The options of every command. */
export interface GlobalOptions {
  readonly baseUrl: string;
  readonly json?: true | undefined;
  /** The timeout of a request in seconds. */
  readonly timeout: number;
}

/** The context of a running command. */
export interface Session extends CliContext {
  readonly client: Client;
  /** The output format: `json` for programs, `table` for people. */
  readonly format: 'json' | 'table';
}

/**
 * Creates the session of a command.
 *
 * @throws {UsageError} when the base URL is invalid. The message does not contain the URL, which
 *   may contain a password anywhere if it is mistyped.
 */
export function openSession(context: CliContext, options: GlobalOptions): Session {
  const { baseUrl, timeout, json } = options;
  try {
    const client = context.connect({ baseUrl, timeoutMs: timeout * 1000 });
    return { ...context, client, format: json ? 'json' : 'table' };
  } catch (cause) {
    throw new UsageError(
      'Base URL (--base-url or CATALOG_URL) must begin with http:// or https://, ' +
        'without user, password, query and fragment',
      { cause },
    );
  }
}
