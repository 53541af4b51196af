import Libsql from 'libsql';
import { onTestFinished } from 'vitest';
import type { Change, ChangeLog, Load } from '../src/index.js';
import type { Note } from './notes.js';

/** Notes in a real SQLite database, whose triggers log every change. */
export interface SqliteNotes {
  readonly changeLog: ChangeLog;
  readonly load: Load<Note>;
  /** Writes a text, and returns its version. */
  write(id: string, text: string): number;
  /** Executes SQL, like a program that does not know about the cache. */
  sql(statements: string): void;
  /** Returns the last sequence number of the log. */
  head(): number;
  /** Milliseconds for which the log claims to be complete after an entry was pruned. */
  reachMs: number;
  /** Whether every call of the change log fails. */
  failing: boolean;
  /** The argument of each call of `prune`. */
  readonly pruned: number[];
}

const SCHEMA = `
  CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1);
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, version INTEGER NOT NULL,
    mark TEXT NOT NULL DEFAULT (hex(randomblob(4)))
  );
  CREATE TABLE identity (id TEXT NOT NULL);
  INSERT INTO identity VALUES (lower(hex(randomblob(16))));
  CREATE TRIGGER created AFTER INSERT ON notes BEGIN
    INSERT INTO changes (id, version) VALUES (NEW.id, NEW.version);
  END;
  CREATE TRIGGER updated AFTER UPDATE OF text ON notes BEGIN
    UPDATE notes SET version = OLD.version + 1 WHERE id = NEW.id;
    INSERT INTO changes (id, version) VALUES (NEW.id, OLD.version + 1);
  END;
  CREATE TRIGGER deleted AFTER DELETE ON notes BEGIN
    INSERT INTO changes (id, version) VALUES (OLD.id, OLD.version + 1);
  END;`;

/** Opens an empty in-memory database for the current test. */
export function openSqliteNotes(): SqliteNotes {
  const database = new Libsql(':memory:');
  onTestFinished(() => {
    database.close();
  });
  database.exec(SCHEMA);
  const select: Select = (sql, ...values) =>
    // `Row` is the caller's description of the columns of its own query.
    database.prepare(sql).all(...values) as never[];
  const noteOf = (id: string) =>
    select<NoteRow>('SELECT text, version FROM notes WHERE id = ?', id)[0];
  const notes: SqliteNotes = {
    changeLog: createLog(select, () => notes),
    load: async (id) => {
      const row = noteOf(id);
      return row && { value: { id, text: row.text }, version: row.version };
    },
    write(id, text) {
      const upsert = `INSERT INTO notes (id, text) VALUES (?, ?)
        ON CONFLICT (id) DO UPDATE SET text = excluded.text`;
      database.prepare(upsert).run(id, text);
      return noteOf(id)?.version ?? 0;
    },
    sql: (statements) => {
      database.exec(statements);
    },
    head: () => select<{ seq: number }>('SELECT seq FROM sqlite_sequence')[0]?.seq ?? 0,
    reachMs: 0,
    failing: false,
    pruned: [],
  };
  return notes;
}

/** Returns the rows of a query. The caller describes their columns in `Row`. */
type Select = <Row>(sql: string, ...values: (string | number)[]) => Row[];

type NoteRow = { readonly text: string; readonly version: number };

function createLog(select: Select, notes: () => SqliteNotes): ChangeLog {
  const unlessFailing = async <T>(query: () => T) => {
    if (notes().failing) {
      throw new Error('The disk is gone');
    }
    return query();
  };
  const markOf = (seq: number) =>
    select<{ mark: string }>('SELECT mark FROM changes WHERE seq = ?', seq)[0]?.mark;
  return {
    head: () =>
      unlessFailing(() => {
        const [{ id } = { id: '' }] = select<{ id: string }>('SELECT id FROM identity');
        const seq = notes().head();
        return { databaseId: id, seq, mark: markOf(seq) };
      }),
    start: () =>
      unlessFailing(() => {
        const [first] = select<{ seq: number | null }>('SELECT min(seq) AS seq FROM changes');
        const seq = first?.seq ?? notes().head() + 1;
        return { seq, reachMs: seq === 1 ? Number.POSITIVE_INFINITY : notes().reachMs };
      }),
    read: (after, limit) =>
      unlessFailing(() =>
        select<Change>(
          'SELECT seq, id AS key, version, mark FROM changes WHERE seq > ? ORDER BY seq LIMIT ?',
          after,
          limit,
        ),
      ),
    prune: (before) =>
      unlessFailing(() => {
        notes().pruned.push(before);
      }),
  };
}
