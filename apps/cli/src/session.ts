import type { Client } from '@product-api/client';
import type { CliContext } from './cli-context.js';
import { UsageError } from './usage-error.js';

/** The options that every command has. */
export interface GlobalOptions {
  readonly baseUrl: string;
  readonly json?: true | undefined;
  /** Seconds. */
  readonly timeout: number;
}

/** What a command does its work with, once the command line has been read. */
export interface Session extends CliContext {
  readonly client: Client;
  /** `json`: for programs; `table`: for people. */
  readonly format: 'json' | 'table';
}

/**
 * Begins a command's work.
 *
 * @throws UsageError when the address is not one of a service. It does not show the address: in a
 *   mistyped one a password may be anywhere.
 */
export function openSession(context: CliContext, options: GlobalOptions): Session {
  const { baseUrl, timeout, json } = options;
  try {
    const client = context.connect({ baseUrl, timeoutMs: timeout * 1000 });
    return { ...context, client, format: json ? 'json' : 'table' };
  } catch (cause) {
    throw new UsageError(
      'The service’s address (--base-url or CATALOG_URL) must begin with http:// or https://, ' +
        'have no user and password, and end with its path',
      { cause },
    );
  }
}
