import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { OpenSession } from '../session.js';
import { addFollowCommand } from './follow-command.js';
import { addListCommand } from './list-command.js';

const EXAMPLES = `
Examples:
  $ catalog changes follow
  $ catalog changes follow --json --cursor-file changes.cursor | while read -r change; do …; done
  $ catalog changes list --all --json --cursor-file changes.cursor`;

/** Adds the commands of `changes`. */
export function addChangesCommands(program: CommandUnknownOpts, open: OpenSession): void {
  const changes = program
    .command('changes')
    .description('List or follow the changes of products, whoever makes them')
    .addHelpText('after', EXAMPLES);
  addListCommand(changes, open);
  addFollowCommand(changes, open);
}
