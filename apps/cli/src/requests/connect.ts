import type { Client } from '@product-api/client';
import type { CliContext } from '../cli-context.js';
import { type Header, requestHeaders } from '../settings/headers.js';
import { requestHooks } from './request-hooks.js';

/** The options of requests. */
export interface RequestOptions {
  readonly header?: readonly Header[] | undefined;
  /** The timeout of a request in seconds. */
  readonly timeout: number;
  /** Whether to wait and repeat a request if the service says so. */
  readonly wait: boolean;
  readonly verbose?: true | undefined;
}

/** The address of a service, and the key for it. */
export interface Address {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
}

/**
 * Creates the client of a command. It waits for the service as long as that asks for.
 *
 * @throws {UsageError} when a header is invalid
 */
export function connect(
  { connect, config, stderr }: CliContext,
  { baseUrl, apiKey }: Address,
  { header = [], timeout, wait, verbose }: RequestOptions,
): Client {
  return connect({
    baseUrl,
    apiKey,
    headers: requestHeaders(config.headers, header),
    attemptTimeoutMs: timeout * 1000,
    timeoutMs: Infinity,
    ...(!wait && { retry: { limit: 0 } }),
    ...requestHooks({ stderr, verbose: verbose === true }),
  });
}
