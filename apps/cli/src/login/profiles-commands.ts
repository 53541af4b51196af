import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CliContext } from '../cli-context.js';
import { type Column, eachCell } from '../output/column.js';
import { columnsOption } from '../output/columns-option.js';
import { chosenFormat } from '../output/format.js';
import { printList } from '../output/print-list.js';
import { write } from '../output/write.js';
import type { GlobalOptions } from '../session.js';
import { findProfile, profileName } from '../settings/profiles.js';
import { readProfiles, writeProfiles } from '../settings/profiles-file.js';

const EXAMPLES = `
Examples:
  $ catalog profiles
  $ catalog profiles use shop
  $ catalog products list --profile shop`;

/** A profile as the list shows it: without its key. */
interface ListedProfile {
  readonly name: string;
  readonly base_url: string;
  /** Whether it is used unless another one is named. */
  readonly current: boolean;
}

const columns: readonly Column<ListedProfile>[] = [
  { field: 'current', heading: '', cells: eachCell(({ current }) => (current ? '*' : '')) },
  { field: 'name', heading: 'NAME', cells: eachCell(({ name }) => name) },
  { field: 'base_url', heading: 'BASE URL', cells: eachCell(({ base_url }) => base_url) },
];

/** Adds the commands of `profiles`. */
export function addProfilesCommands(
  program: CommandUnknownOpts,
  context: CliContext,
  readOptions: () => GlobalOptions,
): void {
  const { config, stderr } = context;
  const profiles = program
    .command('profiles')
    .description('List the profiles, or choose the one that is used')
    .addHelpText('after', EXAMPLES);
  profiles
    .command('list', { isDefault: true })
    .description('List the profiles; a * marks the one that is used')
    .addOption(columnsOption(columns))
    .action(async ({ columns: chosen }) => {
      const { current, byName } = await readProfiles(config.profilesFile);
      const used = config.profile ?? current;
      const listed = [...byName].map(([name, { baseUrl: base_url }]) => {
        return { name, base_url, current: name === used };
      });
      const format = chosenFormat(readOptions());
      await printList({ ...context, format }, [listed], { columns, chosen });
    });
  profiles
    .command('use')
    .description('Use a profile in all commands that name none')
    .argument('<profile>', 'name of the profile', profileName)
    .action(async (name) => {
      const known = await readProfiles(config.profilesFile);
      const { baseUrl } = findProfile(known, name);
      await writeProfiles(config.profilesFile, { ...known, current: name });
      await write(stderr, `Profile ${name} is used from now on: ${baseUrl}\n`);
    });
}
