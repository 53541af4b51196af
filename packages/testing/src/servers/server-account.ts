import { chown } from 'node:fs/promises';

/** A user of the operating system. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** The user and group `nobody` on Linux. */
const nobody: ServerAccount = { uid: 65_534, gid: 65_534 };

/**
 * Returns the account for a server that refuses to run as root, such as PostgreSQL: `nobody` if
 * this process runs as root, else undefined, for the user of this process. The account gets the
 * folder.
 */
export async function accountFor(folder: string): Promise<ServerAccount | undefined> {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  await chown(folder, nobody.uid, nobody.gid);
  return nobody;
}
