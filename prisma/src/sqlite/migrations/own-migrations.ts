import { fileURLToPath } from 'node:url';

/** The folder with this package's migrations for SQLite. */
export const ownMigrations = fileURLToPath(new URL('../../../migrations', import.meta.url));
