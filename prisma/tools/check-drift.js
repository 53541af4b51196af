/**
 * Checks that the migrations produce schema.prisma; otherwise prints the missing SQL and exits with
 * 1. Without an argument it checks this package. With the URL of any database of a PostgreSQL
 * server it checks the migrations for PostgreSQL, in a database of its own.
 *
 *     node tools/check-drift.js [PACKAGE_FOLDER [SERVER_URL]]
 */
import { argv, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { migrationDiff } from './migration-diff.js';

const [packageFolder = fileURLToPath(new URL('..', import.meta.url)), serverUrl] = argv.slice(2);
const missing = await migrationDiff(packageFolder, serverUrl);
if (missing === undefined) {
  stdout.write('The migrations match schema.prisma.\n');
} else {
  stderr.write(
    `The migrations do not match schema.prisma. Create one with the missing SQL:\n\n${missing}`,
  );
  process.exitCode = 1;
}
