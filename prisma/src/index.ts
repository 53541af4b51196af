export { type BackUpOptions, type Backup, backUp } from './backup/back-up.js';
export { type Restored, type RestoreOptions, restore } from './backup/restore.js';
export type {
  ChangeLog,
  ChangeLogHead,
  ChangeLogStart,
  ProductChange,
  PruneOptions,
} from './change-log.js';
export type { DatabaseCondition, ReadableCondition } from './condition/database-condition.js';
export { type DatabaseFailure, databaseFailure } from './condition/database-failure.js';
export { databaseFile } from './database-file.js';
export {
  BackupError,
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
export { Prisma, type PrismaClient, type Product } from './generated/client.js';
export { type MigrateOptions, migrate } from './migrations/migrate.js';
export {
  type Database,
  type DatabaseOptions,
  type OpenDatabaseOptions,
  openDatabase,
} from './open-database.js';
export { seedSamples } from './samples/seed-samples.js';
