import type { DatabaseCondition } from '../../database.js';

/** The condition of a database in a file. */
export type FileCondition = Exclude<DatabaseCondition, { state: 'unreachable' }>;

/** Describes a database whose files were lost while it was open. */
export function lostFile(fault: string): FileCondition {
  return {
    state: 'unusable',
    reason:
      `${fault} while the database was in use. New writes would be lost, so nothing is read or ` +
      'written any more. Stop the service, put the file back or restore a backup, and start it again',
  };
}

/** Describes a database in which SQLite found a malformed page. */
export function corruptFile(file: string, error: unknown): FileCondition {
  return {
    state: 'unusable',
    reason:
      `${file} is damaged (${messageOf(error)}). Nothing is read or written any more. ` +
      'Stop the service, restore a backup, and start it again',
  };
}

/** Describes a database that has no room to grow. */
export function fullDisk(file: string, error: unknown): FileCondition {
  return {
    state: 'full',
    reason:
      `${file} cannot grow (${messageOf(error)}). Free some space on its disk, or raise the quota or ` +
      'the limit of the file size: the service then accepts changes again without a restart',
  };
}

/** Describes a database that this process cannot write. */
export function readOnlyFile(file: string, error: unknown): FileCondition {
  return {
    state: 'read-only',
    reason:
      `${file} is read-only (${messageOf(error)}). Give the user of the service write access to the ` +
      'file and its folder, or mount the disk writable: the service then accepts changes again ' +
      'without a restart',
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
