/**
 * A product as a copy transfers it: id, name, description, price units, stock, version, and the
 * times of creation and of the last update in milliseconds since 1970.
 */
export type ProductRow = readonly [string, string, string, number, number, number, number, number];

/**
 * An entry of the change log: number, product, version, kind, and time in milliseconds; the name,
 * description, price units, stock, and times of creation and update that it replaced; the id of the
 * API key.
 */
export type ChangeRow = readonly [
  number,
  string,
  number,
  string,
  number,
  string | null,
  string | null,
  number | null,
  number | null,
  number | null,
  number | null,
  string | null,
];

/**
 * A line of a stock ledger: number, product, delta, quantity after it, reason, reference, and time
 * in milliseconds.
 */
export type LedgerRow = readonly [
  number,
  string,
  number,
  number,
  string | null,
  string | null,
  number,
];

/**
 * An API key: id, hash, name, scopes, and the times of its creation and expiry in milliseconds;
 * without an expiry null.
 */
export type ApiKeyRow = readonly [string, string, string, string, number, number | null];

/** A fact about the database: key and value. */
export type MetadataRow = readonly [string, string];

/** The catalog that is copied. Nobody can change it meanwhile. */
export interface CopySource {
  countProducts(): number;
  /** Returns the products after an id, in the order of the ids. */
  readProducts(after: string, limit: number): readonly ProductRow[];
  /** Returns the valid entries of the log after a number, in order. */
  readChanges(after: number, limit: number): readonly ChangeRow[];
  /** Returns the lines of the stock ledgers after a number, in order. */
  readLedger(after: number, limit: number): readonly LedgerRow[];
  /** Returns all API keys. */
  readApiKeys(): readonly ApiKeyRow[];
  /** Returns the last number of the log. */
  lastChange(): number;
  readMetadata(): readonly MetadataRow[];
  /** Lets others change the catalog again. */
  release(): void;
}

/** The empty catalog that becomes the copy, all of it at once. */
export interface CopyTarget {
  writeProducts(rows: readonly ProductRow[]): Promise<void>;
  writeChanges(rows: readonly ChangeRow[]): Promise<void>;
  /** Writes lines, at least one, in the order of their numbers. */
  writeLedger(rows: readonly LedgerRow[]): Promise<void>;
  writeApiKeys(rows: readonly ApiKeyRow[]): Promise<void>;
  /** Writes the last number of the log, and the facts about the database. */
  writeMetadata(lastChange: number, rows: readonly MetadataRow[]): Promise<void>;
  readProducts(after: string, limit: number): Promise<readonly ProductRow[]>;
  /** Makes the copy visible. */
  commit(): Promise<void>;
  /** Ends the connection; without `commit`, the target stays empty. */
  close(): Promise<void>;
}
