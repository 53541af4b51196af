import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of one test. */
export interface TemporaryFolder {
  /** The absolute path of the folder. */
  readonly path: string;
  /** Returns the absolute path of an entry in the folder. */
  file(name: string): string;
  /** Deletes the folder and its content; a second call does nothing. */
  remove(): Promise<void>;
}

/** Creates an empty folder in the system's folder for temporary files. */
export function temporaryFolder(): Promise<TemporaryFolder> {
  return folderIn(tmpdir());
}

/**
 * Creates an empty folder in memory, for a server that writes much. If the system has no folder in
 * memory, or less than 2 GiB are free there, the folder is where `temporaryFolder` creates one.
 */
export async function temporaryFolderInMemory(): Promise<TemporaryFolder> {
  const { type, bavail, bsize } = await statfs(MEMORY).catch(() => nothing);
  return folderIn(type === TMPFS && bavail * bsize >= MIN_FREE_BYTES ? MEMORY : tmpdir());
}

const MEMORY = '/dev/shm';
/** TMPFS_MAGIC of Linux, see statfs(2). */
const TMPFS = 0x01021994;
const MIN_FREE_BYTES = 2 * 1024 ** 3;
const nothing = { type: 0, bavail: 0, bsize: 0 };

async function folderIn(parent: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(parent, 'product-api-'));
  return {
    path,
    file: (name) => join(path, name),
    // Windows keeps a file locked for a moment after the process that opened it has ended.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
