/** What a database can be used for. `reason` tells the operator what is wrong and what to do. */
export type DatabaseCondition =
  | ReadableCondition
  /** Nothing works, until the database is opened again. */
  | { readonly state: 'unusable'; readonly reason: string };

/** What a database can be used for that serves reads. */
export type ReadableCondition =
  | { readonly state: 'ok' }
  /** Writes fail until the cause is gone, and then work again by themselves. */
  | { readonly state: 'read-only' | 'full'; readonly reason: string };

/** Describes a database whose files were lost while it was open. */
export function lostFile(fault: string): DatabaseCondition {
  return {
    state: 'unusable',
    reason:
      `${fault} while the database was in use. What is written now would be lost, so nothing is read ` +
      'or written any more. Stop the service, put the file back or restore a backup, and start it again',
  };
}

/** Describes a database in which a malformed page was found. */
export function corruptFile(file: string, error: unknown): DatabaseCondition {
  return {
    state: 'unusable',
    reason:
      `${file} is damaged (${messageOf(error)}). Nothing is read or written any more. ` +
      'Stop the service, restore a backup, and start it again',
  };
}

/** Describes a database that has no room to grow. */
export function fullDisk(file: string, error: unknown): DatabaseCondition {
  return {
    state: 'full',
    reason:
      `${file} cannot grow (${messageOf(error)}). Free some space on its disk, or raise the quota or ` +
      'the limit of the file size: changes are taken again by themselves',
  };
}

/** Describes a database that this process may not write. */
export function readOnlyFile(file: string, error: unknown): DatabaseCondition {
  return {
    state: 'read-only',
    reason:
      `${file} is read-only (${messageOf(error)}). Let the user of the service write the file and its ` +
      'folder, or mount the disk writable: changes are taken again by themselves',
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
