import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CliContext } from '../cli-context.js';
import { UsageError } from '../errors.js';
import { write } from '../output/write.js';
import type { GlobalOptions } from '../session.js';
import { findProfile, withoutProfile } from '../settings/profiles.js';
import { readProfiles, writeProfiles } from '../settings/profiles-file.js';

/** Adds the command `logout`. */
export function addLogoutCommand(
  program: CommandUnknownOpts,
  { config, stderr }: CliContext,
  readOptions: () => GlobalOptions,
): void {
  program
    .command('logout')
    .description('Remove a profile with its key from this computer; the key stays valid')
    .action(async () => {
      const profiles = await readProfiles(config.profilesFile);
      const name = readOptions().profile ?? config.profile ?? profiles.current;
      if (name === undefined) {
        throw new UsageError('No profile is in use: name one with --profile');
      }
      const { baseUrl } = findProfile(profiles, name);
      const left = withoutProfile(profiles, name);
      await writeProfiles(config.profilesFile, left);
      await write(stderr, `Removed profile ${name}, with the key for ${baseUrl}\n`);
      if (left.current === undefined && left.byName.size > 0) {
        await write(stderr, 'Choose another one: catalog profiles use NAME\n');
      }
    });
}
