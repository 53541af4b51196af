import type { Dialect } from '@product-api/database';
import { temporaryFolder } from '@product-api/testing';
import type { Catalog } from './catalog.js';
import { type PostgresCatalogs, startPostgresCatalogs } from './postgres-catalogs.js';
import { copySqlite } from './sqlite-catalog.js';

/** The databases that measurements get copies of. Each is created when it is first needed. */
export interface Catalogs {
  /** Creates a copy of the database with this many products. */
  copy(dialect: Dialect, products: number): Promise<Catalog>;
  close(): Promise<void>;
}

/**
 * @param core the core of a database server; undefined for any
 * @param onProgress receives a line for each step that takes long
 */
export async function openCatalogs(
  core: number | undefined,
  onProgress: (text: string) => void,
): Promise<Catalogs> {
  const originals = await temporaryFolder();
  let postgres: Promise<PostgresCatalogs> | undefined;
  return {
    async copy(dialect, products) {
      if (dialect === 'postgresql') {
        postgres ??= startPostgresCatalogs(core, onProgress);
        return (await postgres).copy(products);
      }
      const { file, remove } = await temporaryFolder();
      const path = file('catalog.db');
      await copySqlite(products, { folder: originals.path, path, onProgress });
      return { url: `file:${path}`, serverMicros: async () => Number.NaN, remove };
    },
    async close() {
      await (await postgres)?.stop();
      await originals.remove();
    },
  };
}
