import type { Client } from '@product-api/client';
import type { CliContext } from './cli-context.js';
import { checkedBaseUrl } from './settings/base-url.js';
import { type Header, requestHeaders } from './settings/headers.js';

/** The options of every command. */
export interface GlobalOptions {
  readonly baseUrl: string;
  readonly header?: readonly Header[] | undefined;
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
 * @throws {UsageError} when the base URL or a header is invalid
 */
export function openSession(context: CliContext, options: GlobalOptions): Session {
  const { baseUrl, header = [], timeout, json } = options;
  const client = context.connect({
    baseUrl: checkedBaseUrl(baseUrl),
    headers: requestHeaders(context.config.headers, header),
    timeoutMs: timeout * 1000,
  });
  return { ...context, client, format: json ? 'json' : 'table' };
}
