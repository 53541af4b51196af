import { mkdtemp, rm } from 'node:fs/promises';
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
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'product-api-'));
  return {
    path,
    file: (name) => join(path, name),
    // Windows keeps a file locked for a moment after the process that opened it has ended.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
