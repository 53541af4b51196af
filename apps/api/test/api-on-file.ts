import { readdirSync, renameSync } from 'node:fs';
import {
  type RunningApi,
  type StartApiOptions,
  startApi,
  temporaryFolder,
} from '@product-api/testing';
import { onTestFinished } from 'vitest';
import { type RawAnswer, send, sendJson } from './raw-request.js';
import { mouse } from './sample-product.js';

/** A service on a database file that the test may damage. */
export interface ApiOnFile {
  readonly api: RunningApi;
  /** The database's folder; nothing else is in it. */
  readonly folder: string;
  /** The database file. */
  readonly file: string;
  create(): Promise<RawAnswer>;
  get(path: string): Promise<RawAnswer>;
}

/**
 * Starts a service without Redis on a new database file. It polls the change log so rarely that only
 * its own timers can notice a fault.
 */
export async function startApiOnFile(options: StartApiOptions = {}): Promise<ApiOnFile> {
  const { folder, file } = await temporaryCatalog();
  return { folder, file, ...(await startOn(file, options)) };
}

/** A path for a database, in a folder of its own that is removed after the test. */
export async function temporaryCatalog(): Promise<{ folder: string; file: string }> {
  const parent = await temporaryFolder();
  onTestFinished(() => parent.remove());
  const folder = parent.file('data');
  return { folder, file: `${folder}/catalog.db` };
}

/** Starts a service on a file, stopped after the test. */
export async function startOn(file: string, { env, launcher = [] }: StartApiOptions = {}) {
  const settings = { DATABASE_URL: `file:${file}`, REDIS_URL: '', CACHE_POLL_MS: '600000', ...env };
  const api = await startApi({ env: settings, launcher });
  onTestFinished(() => api.stop());
  return {
    api,
    create: () => sendJson(api.baseUrl, 'POST', '/products', JSON.stringify(mouse)),
    get: (path: string) => send(api.baseUrl, { path }),
  };
}

/** Moves the database's files, whichever there are, to another name. */
export function moveDatabase(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    renameSync(from + suffix, to + suffix);
  }
}

/** The names in a folder, in their order. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
