export {
  createPostgresDatabase,
  type PostgresDatabase,
  postgresCopies,
  runSql,
  sharedPostgresUrl,
} from './postgres-databases.js';
