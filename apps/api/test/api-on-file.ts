import { readdirSync, renameSync } from 'node:fs';
import {
  type RunningApi,
  type StartApiOptions,
  startApi,
  temporaryFolder,
} from '@product-api/testing';
import { onTestFinished } from 'vitest';
import { type RawResponse, send, sendJson } from './raw-request.js';
import { mouse } from './sample-product.js';

/** A running service, and functions that send requests to it. */
export interface Service {
  readonly api: RunningApi;
  /** Creates a product. */
  create(): Promise<RawResponse>;
  get(path: string): Promise<RawResponse>;
}

/** A service on a database file that the test may damage. */
export interface ApiOnFile extends Service {
  /** The folder of the database; it contains nothing else. */
  readonly folder: string;
  /** The database file. */
  readonly file: string;
}

/**
 * Starts a service without Redis on a new database file. It polls the change log so rarely that
 * only its own timers can notice a fault.
 */
export async function startApiOnFile(options: StartApiOptions = {}): Promise<ApiOnFile> {
  const { folder, file } = await temporaryCatalog();
  return { folder, file, ...(await startOn(file, options)) };
}

/** Returns a path for a database, in a new folder that is removed after the test. */
export async function temporaryCatalog(): Promise<{ folder: string; file: string }> {
  const parent = await temporaryFolder();
  onTestFinished(() => parent.remove());
  const folder = parent.file('data');
  return { folder, file: `${folder}/catalog.db` };
}

/** Starts a service on a file, and stops it after the test. */
export async function startOn(file: string, options: StartApiOptions = {}): Promise<Service> {
  const service = await startService(file, options);
  onTestFinished(() => service.api.stop());
  return service;
}

/** Starts a service on a file, for the caller to stop. */
export async function startService(
  file: string,
  { env, launcher = [] }: StartApiOptions = {},
): Promise<Service> {
  const settings = { DATABASE_URL: `file:${file}`, CACHE_POLL_MS: '600000', ...env };
  const api = await startApi({ env: settings, launcher });
  return {
    api,
    create: () => sendJson(api.baseUrl, 'POST', '/products', JSON.stringify(mouse)),
    get: (path: string) => send(api.baseUrl, { path }),
  };
}

/** Renames all existing files of a database. */
export function moveDatabase(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm']) {
    renameSync(from + suffix, to + suffix);
  }
}

/** Returns the sorted names in a folder. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
