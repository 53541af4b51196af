import Libsql from 'libsql';

/** The text that `testWrite` stores: longer than one product and what is logged for it. */
const testBytes = 128 * 1024;

/**
 * A connection of its own for what is no request. While it is open, SQLite does not delete the
 * write-ahead log and the shared memory, as it does when the last connection is closed.
 *
 * It runs statements by `exec` alone: others stay in progress until they are garbage collected.
 */
export class SpareConnection {
  readonly #file: string;
  #connection: Libsql.Database;

  /** @param file the path of a migrated database */
  constructor(file: string) {
    this.#file = file;
    this.#connection = connect(file);
  }

  /**
   * Asks for the permission to write, and writes nothing but what a failed `testWrite` left.
   * @throws the driver's error where that is refused, as busy too
   */
  requestWrite(): void {
    this.#connection.exec("DELETE FROM metadata WHERE key = 'test_write'");
  }

  /**
   * Writes 128 KiB, and removes them again, on a new connection: one that was opened on a read-only
   * file stays read-only.
   * @throws the driver's error where that fails, as busy too
   */
  testWrite(): void {
    const connection = connect(this.#file);
    this.#connection.close();
    this.#connection = connection;
    connection.exec(
      `INSERT OR REPLACE INTO metadata (key, value) VALUES ('test_write', hex(zeroblob(${testBytes / 2})))`,
    );
    this.requestWrite();
  }

  /**
   * Moves the write-ahead log into the database and empties it; does what it can of that while
   * another connection reads an earlier state.
   * @throws the driver's error where that fails
   */
  emptyWal(): void {
    this.#connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Closes the connection. */
  close(): void {
    this.#connection.close();
  }
}

/** A connection takes part in the write-ahead log from its first statement on. */
function connect(file: string): Libsql.Database {
  const connection = new Libsql(file);
  connection.exec("SELECT value FROM metadata WHERE key = 'test_write'");
  return connection;
}
