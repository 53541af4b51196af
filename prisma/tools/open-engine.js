import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { engineAdapter } from './engine-adapter.js';

/** The tables and enums that Prisma's engine is told to overlook: none. */
export const noFilters = { externalTables: [], externalEnums: [] };

/**
 * Opens Prisma's schema engine, compiled to WebAssembly, on a SQLite database. To be called once in
 * a process: a second instance of the module overwrites the state of the first.
 *
 * @param {string} url a `file:` URL, or `:memory:` where only schemas are compared
 * @returns {Promise<bindings.SchemaEngine>}
 */
export async function openEngine(url) {
  await instantiate();
  const factory = bindMigrationAwareSqlAdapterFactory(engineAdapter(url));
  const ignoreLogs = () => {};
  return bindings.SchemaEngine.new({ datamodels: undefined }, ignoreLogs, factory);
}

/** Does by hand what the package's entry does with an `import` of the .wasm file, which Node 20 lacks. */
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
