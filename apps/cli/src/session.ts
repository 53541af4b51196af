import type { Client } from '@product-api/client';
import type { CliContext } from './cli-context.js';
import { chosenFormat, type Format, type FormatOptions } from './output/format.js';
import { connect, type RequestOptions } from './requests/connect.js';
import { findService, type Service, type ServiceOptions } from './settings/service.js';

/** The options of every command. */
export interface GlobalOptions extends FormatOptions, RequestOptions, ServiceOptions {}

/** The context of a running command. */
export interface Session extends CliContext {
  readonly options: GlobalOptions;
  readonly service: Service;
  readonly client: Client;
  readonly format: Format;
}

/** Creates the session of the command that runs. */
export type OpenSession = () => Promise<Session>;

/**
 * Creates the session of a command.
 *
 * @throws {UsageError} when a setting is invalid
 */
export async function openSession(context: CliContext, options: GlobalOptions): Promise<Session> {
  const format = chosenFormat(options);
  const service = await findService(options, context);
  if (options.verbose) {
    context.stderr.write(`  API key: ${service.keySource}\n`);
  }
  return { ...context, options, service, client: connect(context, service, options), format };
}
