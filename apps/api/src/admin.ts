#!/usr/bin/env node
import {
  BackupError,
  backUp,
  copyDatabase,
  dialectOf,
  indexProducts,
  migrate,
  openDatabase,
  restore,
} from '@product-api/database';
import { progressBar } from './admin/progress-bar.js';
import { type Command, readCommand } from './admin/read-command.js';
import { processEnvironment, readConfig } from './config/config.js';
import { endWithFailure } from './startup/end-with-failure.js';

const USAGE = `USAGE: catalog-admin COMMAND [FILE]

  migrate                    apply the pending migrations and index products for the search, as a
                             start does, and end
  backup FILE [--overwrite]  copy the catalog to FILE; the service can keep running
  restore FILE               replace the catalog by the backup FILE; stop the service first
  copy-database --from file:FILE [--to postgres://HOST/DATABASE]
                             copy the catalog to an empty PostgreSQL database, by default to that
                             of DATABASE_URL; meanwhile the service can read and not write

DATABASE_URL names the catalog, as for the service. In the root folder of the sources,
npm run backup -- FILE runs the command backup; npm runs restore and copy-database likewise.
`;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  endWithFailure(error, 'The command');
}

/** Runs a command, and returns the exit code: 2 for an invalid command line. */
async function run(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const url = readConfig(processEnvironment()).DATABASE_URL;
  process.stdout.write(`${await runCommand(command, url)}\n`);
  return 0;
}

/** Runs a command on a database, and returns a sentence about what it did. */
async function runCommand(command: Command, url: string): Promise<string> {
  switch (command.name) {
    case 'migrate': {
      const applied = await migrate({ url });
      await indexCatalog(url);
      return applied.length === 0
        ? 'No migration is pending'
        : `Applied ${count(applied.length, 'migration')}, the last is ${applied.at(-1)}`;
    }
    case 'backup': {
      requireFile(url);
      const { file, overwrite } = command;
      const { products, bytes } = await backUp({ url, target: file, overwrite });
      return `Backup of ${count(products, 'product')} in ${file}, ${bytes} bytes`;
    }
    case 'restore': {
      requireFile(url);
      const { products, former } = await restore({ url, source: command.file });
      const kept = former === undefined ? '' : `; the former catalog is kept as ${former}`;
      return `Restored ${count(products, 'product')} from ${command.file}${kept}`;
    }
    case 'copy-database': {
      const { from, to = url } = command;
      const onProgress = progressBar(process.stderr);
      const { products, checksum } = await copyDatabase({ from, to, onProgress });
      return `Copied ${count(products, 'product')}; SHA-256 of both catalogs: ${checksum}`;
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Indexes the products that the search does not have, so that the next start need not. */
async function indexCatalog(url: string): Promise<void> {
  const database = await openDatabase({ url });
  try {
    await indexProducts(database, { optimize: true });
  } finally {
    await database.close();
  }
}

/** @throws {BackupError} when the catalog is not in a file */
function requireFile(url: string): void {
  if (dialectOf(url) !== 'sqlite') {
    throw new BackupError(
      'DATABASE_URL leads to PostgreSQL: back it up with pg_dump, and restore it with pg_restore',
    );
  }
}
