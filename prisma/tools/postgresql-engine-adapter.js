import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, isDriverAdapterError } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * Creates a PostgreSQL adapter for the schema engine, which compares schemas in a shadow database
 * of its own and never changes the database of the URL: that one is only read. The original adapter
 * would use the database of the URL as the shadow, because the driver prefers a connection string
 * to a database name.
 *
 * @param {string} url
 */
export function postgresqlEngineAdapter(url) {
  const factory = new PrismaPg({
    ...settingsOf(url),
    options: '-c default_transaction_read_only=on',
    // The engine never closes this pool; an idle connection would keep the process for ten seconds.
    allowExitOnIdle: true,
  });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => correct(await connect());
  factory.connectToShadowDb = () => connectToShadow(url);
  return factory;
}

/**
 * Creates an empty database, and drops it when the connection is disposed of.
 *
 * @param {string} url
 */
async function connectToShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await runOn(url, `CREATE DATABASE "${name}" TEMPLATE template0`);
  const shadow = correct(await new PrismaPg({ ...settingsOf(url), database: name }).connect());
  const dispose = shadow.dispose.bind(shadow);
  shadow.dispose = async () => {
    await dispose();
    await runOn(url, `DROP DATABASE "${name}" WITH (FORCE)`);
  };
  return shadow;
}

/**
 * Returns the parts of a URL as settings of the driver.
 *
 * @param {string} url
 */
function settingsOf(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? 5432 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/**
 * @param {string} url
 * @param {string} sql
 */
async function runOn(url, sql) {
  const client = new pg.Client(settingsOf(url));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Corrects two faults of the adapter: it splits a script at every semicolon, also within comments
 * and functions; and it does not know the type "char" of the system tables.
 *
 * @param {Awaited<ReturnType<PrismaPg['connect']>>} connection
 */
function correct(connection) {
  const queryRaw = connection.queryRaw.bind(connection);
  const driver = connection.underlyingDriver();
  return Object.assign(connection, {
    /** @param {string} script */
    executeScript: async (script) => {
      await driver.query(script);
    },
    /** @param {Parameters<typeof queryRaw>[0]} query */
    queryRaw: async (query) => {
      try {
        return await queryRaw(query);
      } catch (error) {
        const isUnknownType =
          isDriverAdapterError(error) && error.cause.kind === 'UnsupportedNativeDataType';
        if (!isUnknownType) {
          throw error;
        }
      }
      const { sql: text, args: values } = query;
      const { fields, rows } = await driver.query({ text, values, rowMode: 'array' });
      return {
        columnNames: fields.map(({ name }) => name),
        columnTypes: fields.map(({ dataTypeID }) => columnTypes[dataTypeID] ?? ColumnTypeEnum.Text),
        rows,
      };
    },
  });
}

/** The types of the columns of PostgreSQL's system tables, by OID. */
const columnTypes = {
  16: ColumnTypeEnum.Boolean,
  18: ColumnTypeEnum.Character,
  20: ColumnTypeEnum.Int64,
  21: ColumnTypeEnum.Int32,
  23: ColumnTypeEnum.Int32,
  26: ColumnTypeEnum.Int64,
  1000: ColumnTypeEnum.BooleanArray,
  1002: ColumnTypeEnum.CharacterArray,
  1003: ColumnTypeEnum.TextArray,
  1005: ColumnTypeEnum.Int32Array,
  1007: ColumnTypeEnum.Int32Array,
  1009: ColumnTypeEnum.TextArray,
};
