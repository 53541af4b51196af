export {
  createPostgresDatabase,
  createPostgresTemplate,
  type PostgresDatabase,
  type PostgresTemplate,
  runSql,
  sharedPostgresUrl,
} from './postgres-databases.js';
