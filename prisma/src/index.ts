export { isBusyError } from './busy-error.js';
export type {
  ChangeLog,
  ChangeLogHead,
  ChangeLogStart,
  ProductChange,
  PruneOptions,
} from './change-log.js';
export { isConstraintError } from './constraint-error.js';
export { DatabaseUrlError } from './database-url-error.js';
export { DurabilityError } from './durability-error.js';
export { EditedMigrationError } from './edited-migration-error.js';
export { FailedMigrationError } from './failed-migration-error.js';
export { Prisma, type PrismaClient, type Product } from './generated/client.js';
export { type MigrateOptions, migrate } from './migrate.js';
export { type Database, type DatabaseOptions, openDatabase } from './open-database.js';
export { seedSamples } from './seed-samples.js';
export { UnfinishedMigrationError } from './unfinished-migration-error.js';
