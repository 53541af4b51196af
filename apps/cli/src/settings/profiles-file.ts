import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';
import { noProfiles, type Profile, type Profiles } from './profiles.js';

/** The permissions of group and others. */
const OTHERS = 0o077;

/**
 * Reads the profiles of a user; none if there is no file.
 *
 * @throws {UsageError} when others may read the file, as it has secrets, or it is not valid
 */
export async function readProfiles(path: string): Promise<Profiles> {
  const text = await readOwnFile(path);
  return text === undefined ? noProfiles : parseProfiles(text, path);
}

/** Writes the profiles so that only the user can read them, and never half of them. */
export async function writeProfiles(path: string, { current, byName }: Profiles): Promise<void> {
  const profiles = [...byName].map(([name, { baseUrl, apiKey }]) => [
    name,
    { base_url: baseUrl, api_key: apiKey },
  ]);
  const text = JSON.stringify({ current, profiles: Object.fromEntries(profiles) }, null, 2);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const newPath = `${path}.${randomUUID()}`;
  try {
    const file = await open(newPath, 'wx', 0o600);
    try {
      await file.writeFile(`${text}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(newPath, path);
  } catch (error) {
    await rm(newPath, { force: true });
    throw error;
  }
}

async function readOwnFile(path: string): Promise<string | undefined> {
  const file = await open(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw new UsageError(`${path} cannot be read: check its permissions`, { cause: error });
  });
  try {
    const mode = (await file?.stat())?.mode ?? 0;
    // Windows has no such permissions: the folder is the user's own.
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      const permissions = (mode & 0o777).toString(8).padStart(4, '0');
      throw new UsageError(
        `${path} has API keys, and the permissions ${permissions} let others read it. ` +
          `Run: chmod 600 ${path}`,
      );
    }
    return await file?.readFile('utf8');
  } finally {
    await file?.close();
  }
}

function parseProfiles(text: string, path: string): Profiles {
  try {
    const { current, profiles } = JSON.parse(text);
    const byName = new Map(Object.entries(profiles).map(([name, each]) => [name, profile(each)]));
    return { current: current === undefined ? undefined : String(current), byName };
  } catch (cause) {
    throw new UsageError(`${path} is not a file of profiles: repair it, or remove it`, { cause });
  }
}

function profile(value: unknown): Profile {
  if (
    typeof value === 'object' &&
    value !== null &&
    'base_url' in value &&
    typeof value.base_url === 'string' &&
    'api_key' in value &&
    typeof value.api_key === 'string'
  ) {
    return { baseUrl: value.base_url, apiKey: value.api_key };
  }
  throw new TypeError('A profile must have base_url and api_key');
}
