import { statementsByDialect } from './statements-by-dialect.js';
/** A key got its record from another transaction, which has committed it. */
export class RecordedMeanwhileError extends Error {
    name = 'RecordedMeanwhileError';
}
/** Returns a text that identifies a key and its scope. A key has no line breaks. */
export function identityOf({ scope, key }) {
    return `${scope}\n${key}`;
}
/** The records as one transaction reads and writes them. */
export class IdempotencyRecords {
    #transaction;
    #statements;
    constructor(transaction, dialect) {
        this.#transaction = transaction;
        this.#statements = statementsByDialect[dialect];
    }
    /** Returns the records of keys that have one, by `identityOf`. */
    async read(keys) {
        if (keys.length === 0) {
            return new Map();
        }
        const rows = await this.#transaction.$queryRaw(this.#statements.select(keys));
        return new Map(rows.map((row) => [identityOf(row), row]));
    }
    /**
     * Inserts records of different keys.
     *
     * @throws {RecordedMeanwhileError} when one of the keys has a record by now
     */
    async insert(records, at) {
        if (records.length === 0) {
            return;
        }
        const inserted = await this.#transaction.$executeRaw(this.#statements.insert(records, at));
        if (inserted < records.length) {
            throw new RecordedMeanwhileError('A key of the transaction has a record of another one');
        }
    }
}
//# sourceMappingURL=idempotency-records.js.map