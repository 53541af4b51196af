import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { quotedEntityTag } from '../entity-tag.js';
import type { Session } from '../session.js';
import { write } from '../write.js';

const EXAMPLES = `
Examples:
  $ catalog products delete 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b
  $ catalog products delete 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --if-match 5d41402abc4b2a76`;

/** Adds the command `delete`. */
export function addDeleteCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('delete')
    .description('Delete a product; with --json, print nothing')
    .argument('<id>', 'id of the product')
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .addHelpText('after', EXAMPLES)
    .action(async (id, { ifMatch }) => {
      const { client, signal, format, stdout } = open();
      await client.products.delete(id, { signal, ...(ifMatch !== undefined && { ifMatch }) });
      if (format === 'table') {
        await write(stdout, `Deleted ${id}\n`);
      }
    });
}
