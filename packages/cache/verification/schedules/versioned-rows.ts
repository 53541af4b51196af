import Database from 'libsql';
import type { Change, ChangeLog } from '../../src/relay/change-log.js';
import type { Watermark } from '../../src/relay/watermark.js';

const SCHEMA = `
  CREATE TABLE rows (key TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, version INTEGER NOT NULL
  ) STRICT;
  CREATE TRIGGER inserted AFTER INSERT ON rows BEGIN
    INSERT INTO changes (key, version) VALUES (NEW.key, NEW.version);
  END;
  CREATE TRIGGER updated AFTER UPDATE ON rows BEGIN
    INSERT INTO changes (key, version) VALUES (NEW.key, NEW.version);
  END;
  CREATE TRIGGER deleted AFTER DELETE ON rows BEGIN
    INSERT INTO changes (key, version) VALUES (OLD.key, OLD.version + 1);
  END;
`;

const DATABASE_ID = 'rows';

/**
 * An in-memory SQLite database of rows whose value is their version. A trigger logs each write in
 * its transaction. The versions of a key strictly increase, even when the row is deleted and
 * created again.
 */
export class VersionedRows {
  readonly #database = new Database(':memory:');

  constructor() {
    this.#database.exec(SCHEMA);
  }

  /** Returns the version of a row, or undefined if it does not exist. */
  read(key: string): number | undefined {
    return this.#number('SELECT version FROM rows WHERE key = ?', key);
  }

  /** Inserts or updates a row, and returns its new version. */
  put(key: string): number {
    const sql = `
      INSERT INTO rows SELECT ?1, 1 + coalesce(max(version), 0) FROM changes WHERE key = ?1
      ON CONFLICT DO UPDATE SET version = excluded.version`;
    this.#database.prepare(sql).run(key);
    return this.#lastVersion(key);
  }

  /** Deletes a row if it exists, and returns the version of its absence. */
  delete(key: string): number {
    this.#database.prepare('DELETE FROM rows WHERE key = ?').run(key);
    return this.#lastVersion(key);
  }

  /** Deletes all entries of the log, as pruning does; sequence numbers continue. */
  deleteChanges(): void {
    this.#database.exec('DELETE FROM changes');
  }

  /** Returns the watermark of the last change of a key up to a version. */
  watermarkOf(key: string, version: number): Watermark {
    const sql = 'SELECT max(seq) FROM changes WHERE key = ? AND version <= ?';
    const seq = this.#number(sql, key, version) ?? 0;
    return { databaseId: DATABASE_ID, seq, mark: markOf(seq) };
  }

  /** The change log that relays read. It claims to be complete. */
  readonly log: ChangeLog = {
    head: async () => {
      const seq = this.#lastSeq();
      return { databaseId: DATABASE_ID, seq, mark: this.#changesAfter(seq - 1, 1)[0]?.mark };
    },
    start: async () => {
      const seq = this.#number('SELECT min(seq) FROM changes') ?? this.#lastSeq() + 1;
      return { seq, reachMs: Number.POSITIVE_INFINITY };
    },
    read: async (after, limit) => this.#changesAfter(after, limit),
    prune: async () => undefined,
  };

  close(): void {
    this.#database.close();
  }

  #changesAfter(after: number, limit: number): Change[] {
    const rows = this.#database
      .prepare('SELECT seq, key, version FROM changes WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(after, limit);
    // The driver does not know column types; the STRICT table enforces these.
    return (rows as Omit<Change, 'mark'>[]).map((row) => ({ ...row, mark: markOf(row.seq) }));
  }

  #lastVersion(key: string): number {
    return this.#number('SELECT max(version) FROM changes WHERE key = ?', key) ?? 0;
  }

  #lastSeq(): number {
    return this.#number("SELECT seq FROM sqlite_sequence WHERE name = 'changes'") ?? 0;
  }

  #number(sql: string, ...parameters: (string | number)[]): number | undefined {
    const row: unknown = this.#database
      .prepare(sql)
      .raw()
      .get(...parameters);
    const value: unknown = Array.isArray(row) ? row[0] : undefined;
    return typeof value === 'number' ? value : undefined;
  }
}

function markOf(seq: number): string {
  return `mark-${seq}`;
}
