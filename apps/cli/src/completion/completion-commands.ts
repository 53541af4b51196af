import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CliContext } from '../cli-context.js';
import { oneOf } from '../input/option-values.js';
import { write } from '../output/write.js';
import { candidates, type OwnValues } from './candidates.js';
import { shellScripts, shells } from './shell-scripts.js';

const EXAMPLES = `
Examples:
  $ eval "$(catalog completion bash)"      # in ~/.bashrc
  $ eval "$(catalog completion zsh)"       # in ~/.zshrc, after compinit
  $ catalog completion fish | source       # in ~/.config/fish/config.fish`;

/** Adds the command `completion`, and the hidden one that its scripts call. */
export function addCompletionCommands(
  program: CommandUnknownOpts,
  { stdout }: CliContext,
  readOwnValues: () => Promise<OwnValues>,
): void {
  program
    .command('completion')
    .description('Print the script that completes commands and options in a shell')
    .addArgument(
      new Argument('<shell>', 'the shell').choices(shells).argParser(oneOf('Shell', shells)),
    )
    .addHelpText('after', EXAMPLES)
    .action((shell) => write(stdout, shellScripts[shell]));
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .allowUnknownOption()
    .action(async (words) => {
      const found = candidates(program, words, await readOwnValues());
      const lines =
        found === 'files'
          ? [':files']
          : found.map(({ word, description }) => `${word}\t${description}`);
      await write(stdout, lines.map((line) => `${line}\n`).join(''));
    });
}
