import type { Client } from '@product-api/client';
import type { CliContext } from './cli-context.js';
import { chosenFormat, type Format, type FormatOptions } from './output/format.js';
import { checkedBaseUrl } from './settings/base-url.js';
import { type Header, requestHeaders } from './settings/headers.js';

/** The options of every command. */
export interface GlobalOptions extends FormatOptions {
  readonly baseUrl: string;
  readonly header?: readonly Header[] | undefined;
  /** The timeout of a request in seconds. */
  readonly timeout: number;
}

/** The context of a running command. */
export interface Session extends CliContext {
  readonly client: Client;
  readonly format: Format;
}

/** Creates the session of the command that runs. */
export type OpenSession = () => Promise<Session>;

/**
 * Creates the session of a command.
 *
 * @throws {UsageError} when the base URL, a header or the format is invalid
 */
export async function openSession(context: CliContext, options: GlobalOptions): Promise<Session> {
  const { baseUrl, header = [], timeout } = options;
  const format = chosenFormat(options);
  const client = context.connect({
    baseUrl: checkedBaseUrl(baseUrl),
    headers: requestHeaders(context.config.headers, header),
    timeoutMs: timeout * 1000,
  });
  return { ...context, client, format };
}
