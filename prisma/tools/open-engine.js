import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { engineAdapter } from './engine-adapter.js';

/** Tells Prisma's engine to ignore no tables and no enums. */
export const noFilters = { externalTables: [], externalEnums: [] };

/** Tells Prisma's engine to ignore the tables of SQLite that only triggers and statements use. */
export const sqliteFilters = {
  externalTables: [
    ...['', '_config', '_data', '_docsize', '_idx', '_pending'].map(
      (suffix) => `product_search${suffix}`,
    ),
    'product_replacements',
  ],
  externalEnums: [],
};

/**
 * Opens Prisma's schema engine, compiled to WebAssembly, on a database. Call it once in a
 * process: a second instance of the module overwrites the state of the first.
 *
 * @param {string} url a `file:` URL, `:memory:` to compare schemas only, or the URL of any database
 *   of a PostgreSQL server
 * @returns {Promise<bindings.SchemaEngine>}
 */
export async function openEngine(url) {
  await instantiate();
  const factory = bindMigrationAwareSqlAdapterFactory(engineAdapter(url));
  const ignoreLogs = () => {};
  return bindings.SchemaEngine.new({ datamodels: undefined }, ignoreLogs, factory);
}

/** Instantiates the module as the package's entry does by importing .wasm, which Node 20 cannot. */
async function instantiate() {
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = /** @type {() => void} */ (instance.exports['__wbindgen_start']);
  start();
}
