export type { ChangeFeed, ChangeRetention } from './change-feed.js';
export type {
  ChangeLog,
  ChangeLogHead,
  ChangeLogStart,
  ProductChange,
  PruneOptions,
} from './change-log.js';
export {
  type CopyDatabaseOptions,
  type CopyProgress,
  copyDatabase,
  type DatabaseCopy,
} from './copy/copy-database.js';
export type {
  Database,
  DatabaseCondition,
  DatabaseFailure,
  DatabaseOptions,
  Dialect,
  OpenDatabaseOptions,
  ReadableCondition,
  Transaction,
} from './database.js';
export { absoluteDatabaseUrl, dialectOf } from './database-url.js';
export {
  BackupError,
  BusyDatabaseError,
  CopyError,
  DatabaseError,
  DatabaseFileError,
  DatabaseUrlError,
  DurabilityError,
  UnusableDatabaseError,
} from './errors/database-errors.js';
export {
  EditedMigrationError,
  FailedMigrationError,
  UnfinishedMigrationError,
  UnknownMigrationError,
} from './errors/migration-errors.js';
export { DatabaseServerError, StandbyServerError } from './errors/server-errors.js';
export { Prisma, type PrismaClient, type Product } from './generated/sqlite/client.js';
export { type MigrateOptions, migrate } from './migrate.js';
export { openDatabase } from './open-database.js';
export { PROMPT_CONNECTIONS } from './postgresql/prompt-connections.js';
export { seedSamples } from './samples/seed-samples.js';
export { type IndexProductsOptions, indexProducts } from './search/index-products.js';
export { type StoredWords, storedWords } from './search/stored-words.js';
export { indexedWords, wordsOf } from './search/words.js';
export { type BackUpOptions, type Backup, backUp } from './sqlite/backup/back-up.js';
export { type Restored, type RestoreOptions, restore } from './sqlite/backup/restore.js';
