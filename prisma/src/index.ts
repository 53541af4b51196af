export { type BackUpOptions, type Backup, backUp } from './backup/back-up.js';
export { BackupError } from './backup/backup-error.js';
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
export { DatabaseError } from './errors/database-error.js';
export { DatabaseFileError } from './errors/database-file-error.js';
export { DatabaseUrlError } from './errors/database-url-error.js';
export { DurabilityError } from './errors/durability-error.js';
export { EditedMigrationError } from './errors/edited-migration-error.js';
export { FailedMigrationError } from './errors/failed-migration-error.js';
export { UnfinishedMigrationError } from './errors/unfinished-migration-error.js';
export { UnknownMigrationError } from './errors/unknown-migration-error.js';
export { UnusableDatabaseError } from './errors/unusable-database-error.js';
export { Prisma, type PrismaClient, type Product } from './generated/client.js';
export { type MigrateOptions, migrate } from './migrate.js';
export {
  type Database,
  type DatabaseOptions,
  type OpenDatabaseOptions,
  openDatabase,
} from './open-database.js';
export { seedSamples } from './seed-samples.js';
