import { Command } from '@commander-js/extra-typings';
import { seconds } from './input/option-values.js';
import { outputOption } from './output/format.js';
import { type Header, parseHeader } from './settings/headers.js';
import { profileName } from './settings/profiles.js';

/** Creates the `catalog` command with the options of every command. */
export function createRootCommand() {
  return new Command('catalog')
    .option(
      '--base-url <url>',
      'base URL of the service (default: CATALOG_URL, the profile’s, or http://localhost:8080)',
    )
    .option(
      '--profile <name>',
      'use the service and the key of a profile (env: CATALOG_PROFILE)',
      profileName,
    )
    .option(
      '--api-key-file <path>',
      'read the API key from a file, or from standard input (-) (default: CATALOG_API_KEY, or the profile’s)',
    )
    .option(
      '--header <header>',
      "header of every request, such as 'X-Shop: 1'; repeatable (env: CATALOG_HEADERS)",
      (text, headers: readonly Header[] | undefined) => [...(headers ?? []), parseHeader(text)],
    )
    .option('--timeout <seconds>', 'timeout of each request', seconds('Timeout'), 10)
    .option('--no-wait', 'fail at once when the service says to wait (429, 503)')
    .addOption(outputOption())
    .option('--json', 'the short form of --output json')
    .option('--verbose', 'show requests and responses on standard error');
}
