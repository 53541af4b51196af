import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that exists until it is removed. */
export interface TemporaryFolder {
  /** The absolute path of the folder. */
  readonly path: string;
  /** The absolute path of an entry inside the folder. */
  file(name: string): string;
  /** Deletes the folder with everything in it; a second call does nothing. */
  remove(): Promise<void>;
}

/** Makes a new, empty folder in the system's place for temporary files. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'product-api-'));
  return {
    path,
    file: (name) => join(path, name),
    // Windows keeps a file locked for a moment after the process that had it open is gone.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
