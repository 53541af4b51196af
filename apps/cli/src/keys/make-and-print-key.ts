import type { CreatedApiKey } from '@product-api/client';
import { printRecord } from '../output/print-record.js';
import { printable } from '../output/printable.js';
import { write } from '../output/write.js';
import { isUnconfirmed } from '../requests/unconfirmed-write.js';
import type { Session } from '../session.js';

/**
 * Makes a key and prints it. A request without a response may have made a key whose secret nobody
 * has: the user is told.
 *
 * @throws {Error} when nobody reads the secret, or it cannot be written
 */
export async function makeAndPrintKey(
  session: Session,
  make: () => PromiseLike<CreatedApiKey>,
): Promise<void> {
  let created: CreatedApiKey;
  try {
    created = await make();
  } catch (error) {
    if (isUnconfirmed(error)) {
      await write(session.stderr, LOST_KEY);
    }
    throw error;
  }
  try {
    await printNewKey(session, created);
  } catch (cause) {
    // Also a closed pipe, which ends other commands without an error.
    throw new Error(
      `The secret of key ${created.id} could not be printed, and is lost. ` +
        `Revoke it: catalog keys revoke ${created.id}`,
      { cause },
    );
  }
}

const LOST_KEY =
  'The key may have been made, but its secret is lost: ' +
  'look for it with catalog keys list, and revoke it.\n';

/**
 * Prints a new key. For people, standard output has only the secret, so that a program which keeps
 * secrets can read it; the rest is on standard error.
 */
async function printNewKey(session: Session, created: CreatedApiKey): Promise<void> {
  const { id, name, scopes, expires_at, key } = created;
  const end = expires_at === null ? 'does not expire' : `expires at ${expires_at}`;
  await write(
    session.stderr,
    `Key ${id} (${printable(name)}: ${scopes.join(', ')}) ${end}.\n` +
      'Keep its secret now: it is not shown again.\n',
  );
  await printRecord(session, created, {
    fields: ['id', 'name', 'scopes', 'created_at', 'expires_at', 'key'],
    text: () => key,
  });
}
