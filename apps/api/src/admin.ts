#!/usr/bin/env node
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupError, backUp, dialectOf, restore } from '@product-api/database';
import { processEnvironment, readConfig } from './config/config.js';
import { endWithFailure } from './startup/end-with-failure.js';

const USAGE = `USAGE: catalog-admin COMMAND FILE

  backup FILE [--overwrite]  copy the catalog to FILE; the service can keep running
  restore FILE               replace the catalog by the backup FILE; stop the service first

DATABASE_URL names the catalog, as for the service.
`;

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  endWithFailure(error, 'The command');
}

/** Runs a command, and returns the exit code: 2 for an invalid command line. */
async function run(args: string[]): Promise<number> {
  const { command, file, overwrite } = readArguments(args);
  if (file === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const url = readConfig(processEnvironment()).DATABASE_URL;
  requireFile(url);
  const path = resolve(file);
  switch (command) {
    case 'backup': {
      const { products, bytes } = await backUp({ url, target: path, overwrite });
      process.stdout.write(`Backup of ${products} products in ${path}, ${bytes} bytes\n`);
      return 0;
    }
    case 'restore': {
      const { products, former } = await restore({ url, source: path });
      const kept = former === undefined ? '' : `; the former catalog is kept as ${former}`;
      process.stdout.write(`Restored ${products} products from ${path}${kept}\n`);
      return 0;
    }
    default:
      process.stderr.write(USAGE);
      return 2;
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

interface Arguments {
  readonly command: string | undefined;
  readonly file: string | undefined;
  readonly overwrite: boolean;
}

/**
 * Reads the command line. With an unknown option, or not exactly two words, `file` is undefined.
 */
function readArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    options: { overwrite: { type: 'boolean', default: false } },
    allowPositionals: true,
    strict: false,
  });
  const [command, file] = positionals;
  const { overwrite, ...unknown } = values;
  const isKnown = Object.keys(unknown).length === 0 && positionals.length === 2;
  return { command, file: isKnown ? file : undefined, overwrite: overwrite === true };
}
