import Libsql from 'libsql';

/** Bytes that `testWrite` stores: more than one product and its entry in the change log. */
const TEST_BYTES = 128 * 1024;

/**
 * A connection for maintenance, apart from those that serve requests. While it is open, SQLite does
 * not delete the write-ahead log and the shared memory, as it would when the last connection
 * closes.
 *
 * It runs statements by `exec` only: the driver leaves other statements in progress until they are
 * garbage collected.
 */
export class MaintenanceConnection {
  readonly #file: string;
  #connection: Libsql.Database;

  /** @param file the path of a migrated database */
  constructor(file: string) {
    this.#file = file;
    this.#connection = connect(file);
  }

  /**
   * Takes the write lock. Writes nothing, apart from removing what a failed `testWrite` has left.
   *
   * @throws {Error} when writing is refused or the database is busy: the driver's error
   */
  probeWrite(): void {
    this.#connection.exec("DELETE FROM metadata WHERE key = 'test_write'");
  }

  /**
   * Writes 128 KiB and removes them again, on a new connection: a connection that was opened on a
   * read-only file stays read-only.
   *
   * @throws {Error} when the write fails or the database is busy: the driver's error
   */
  testWrite(): void {
    const connection = connect(this.#file);
    this.#connection.close();
    this.#connection = connection;
    connection.exec(
      `INSERT OR REPLACE INTO metadata (key, value) VALUES ('test_write', hex(zeroblob(${TEST_BYTES / 2})))`,
    );
    this.probeWrite();
  }

  /**
   * Merges the write-ahead log into the database and truncates it. While another connection reads
   * an earlier state, it merges as much as it can.
   *
   * @throws {Error} when that fails: the driver's error
   */
  truncateWal(): void {
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.close();
  }
}

/** Opens a connection and runs a statement, so that it keeps the write-ahead log open. */
function connect(file: string): Libsql.Database {
  const connection = new Libsql(file);
  connection.exec("SELECT value FROM metadata WHERE key = 'test_write'");
  return connection;
}
