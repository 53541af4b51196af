import { NotFoundError } from '@product-api/client';
import { ReportedError } from '../errors.js';
import { isConfirmed } from '../input/confirm.js';
import { hideSecrets } from '../output/hide-secrets.js';
import { printable } from '../output/printable.js';
import { write } from '../output/write.js';
import type { Session } from '../session.js';
import { printUndo } from './print-undo.js';

/**
 * Deletes products one after the other, if the user confirms it. A product that does not exist is
 * reported, and the others are deleted; any other error would meet them too, and ends it.
 *
 * @throws {ReportedError} when products do not exist
 * @throws {UsageError} when nobody can be asked
 */
export async function deleteSeveral(
  session: Session,
  ids: readonly string[],
  yes: boolean,
): Promise<void> {
  const { client, signal, format, stdout, stderr } = session;
  if (!(await isConfirmed(session, { question: `Delete ${ids.length} products?`, yes }))) {
    await write(stderr, 'Nothing was deleted.\n');
    return;
  }
  let deleted = 0;
  let missing: NotFoundError | undefined;
  for (const [index, id] of ids.entries()) {
    try {
      await client.products.delete(id, { signal });
      deleted += 1;
      if (format === 'table') {
        await write(stdout, `Deleted ${id}\n`);
      }
    } catch (error) {
      if (!(error instanceof NotFoundError)) {
        const left = ids.length - index;
        await write(stderr, `Stopped at ${shown(id)}: ${left} of ${ids.length} are left.\n`);
        throw error;
      }
      missing = error;
      await write(stderr, `error: Product not found: ${shown(id)}\n`);
    }
  }
  if (deleted > 0) {
    await printUndo(session, 'ID');
  }
  if (missing !== undefined) {
    throw new ReportedError(missing);
  }
}

/** Any text may be given as an id, also a key. */
function shown(id: string): string {
  return hideSecrets(printable(id));
}
