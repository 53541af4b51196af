import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { quotedEntityTag } from '../entity-tag.js';
import type { Session } from '../session.js';
import { write } from '../write.js';

const EXAMPLES = `
Examples:
  $ catalog products delete $ID
  $ catalog products delete $ID --if-match $ETAG`;

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
