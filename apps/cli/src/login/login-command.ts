import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CliContext } from '../cli-context.js';
import { UsageError } from '../errors.js';
import { askSecret } from '../input/ask-secret.js';
import { printable } from '../output/printable.js';
import { write } from '../output/write.js';
import { connect } from '../requests/connect.js';
import type { GlobalOptions } from '../session.js';
import { checkedApiKey, readApiKey } from '../settings/api-key.js';
import { isUnencrypted } from '../settings/base-url.js';
import { hasAuthorization, requestHeaders } from '../settings/headers.js';
import { FIRST_PROFILE, isSameService, withProfile } from '../settings/profiles.js';
import { readProfiles, writeProfiles } from '../settings/profiles-file.js';
import { chooseBaseUrl } from '../settings/service.js';

const EXAMPLES = `
Examples:
  $ catalog login
  $ catalog login --profile shop --base-url https://catalog.example.com
  $ vault kv get -field=key secret/shop | catalog login`;

const UNENCRYPTED =
  'is not encrypted: everybody on the way can read the key. Use https:// if the service has it.';

const KEY_IN_ENVIRONMENT =
  'CATALOG_API_KEY is set, and is used instead of this key: unset it, or add';

/** Adds the command `login`. */
export function addLoginCommand(
  program: CommandUnknownOpts,
  context: CliContext,
  readOptions: () => GlobalOptions,
): void {
  program
    .command('login')
    .description('Ask for an API key, check it, and keep it in a profile')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const options = readOptions();
      const { config, signal, stderr } = context;
      const profiles = await readProfiles(config.profilesFile);
      const name = options.profile ?? config.profile ?? profiles.current ?? FIRST_PROFILE;
      const known = profiles.byName.get(name);
      const baseUrl = chooseBaseUrl(options, config, known);
      // A login to one service must not silently replace the key for another one.
      if (options.profile === undefined && known && !isSameService(known.baseUrl, baseUrl)) {
        throw new UsageError(
          `Profile ${name} is for ${known.baseUrl}. ` +
            `Name a profile for ${baseUrl}: catalog login --profile NAME`,
        );
      }
      // The header would be checked instead of the key.
      if (hasAuthorization(requestHeaders(config.headers, options.header ?? []))) {
        throw new UsageError(
          'Leave out the Authorization header (--header or CATALOG_HEADERS): it replaces the key',
        );
      }
      if (isUnencrypted(baseUrl)) {
        await write(stderr, `${baseUrl} ${UNENCRYPTED}\n`);
      }
      const apiKey = await givenKey(context, options, baseUrl);
      const self = await connect(context, { baseUrl, apiKey }, options).apiKeys.self({ signal });
      // Another login may have added a profile while this one waited for the key.
      const latest = await readProfiles(config.profilesFile);
      await writeProfiles(config.profilesFile, withProfile(latest, name, { baseUrl, apiKey }));
      const key = `${printable(self.name)} (${self.id})`;
      await write(stderr, `Logged in to ${baseUrl} as ${key}, profile ${name}\n`);
      if (config.apiKey !== undefined) {
        await write(stderr, `${KEY_IN_ENVIRONMENT} --profile ${name}\n`);
      }
    });
}

async function givenKey(
  context: CliContext,
  { apiKeyFile }: GlobalOptions,
  baseUrl: string,
): Promise<string> {
  return apiKeyFile === undefined && context.stdin.isTTY
    ? checkedApiKey(await askSecret(context, `API key for ${baseUrl}: `), 'The text')
    : readApiKey({ ...context, path: apiKeyFile ?? '-' });
}
