/**
 * Checks that the migrations produce schema.prisma; otherwise prints the missing SQL and exits with
 * 1. Without an argument it checks this package.
 *
 *     node tools/check-drift.js [PACKAGE_FOLDER]
 */
import { argv, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { migrationDiff } from './migration-diff.js';

const missing = await migrationDiff(argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
if (missing === undefined) {
  stdout.write('The migrations match schema.prisma.\n');
} else {
  stderr.write(
    `The migrations do not match schema.prisma. Create one with the missing SQL:\n\n${missing}`,
  );
  process.exitCode = 1;
}
