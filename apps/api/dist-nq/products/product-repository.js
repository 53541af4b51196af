import { TickBatch } from '@product-api/cache';
import { commitKeyed } from '../idempotency/commit-keyed.js';
import { commitWrites } from './database/commit-writes.js';
import { decideWrites } from './database/decide-writes.js';
import { queryProducts } from './database/product-row.js';
import { queryPage } from './database/query-page.js';
import { statementsByDialect } from './database/statements-by-dialect.js';
import { KeyedBatches } from './keyed-batches.js';
import { WriteBatches } from './write-batches.js';
import { writeOutcomeSchema } from './write-outcome.js';
/**
 * Stores products in the database. Every call is atomic, and a write is on the disk when its
 * promise resolves.
 *
 * Reads by id that start in the same tick of the event loop share one statement, and so do writes
 * of the same kind. Writes of one row are made one after the other, in their order.
 */
export class ProductRepository {
    #client;
    #statements;
    #clock;
    #failureOf;
    #reads;
    #writes;
    #keyedWrites;
    /** @param clock returns the time for `created_at` and `updated_at` */
    constructor(database, clock) {
        const { client, dialect } = database;
        const statements = statementsByDialect[dialect];
        this.#client = client;
        this.#statements = statements;
        this.#clock = clock;
        this.#reads = new TickBatch((batch) => {
            const ids = batch.map(({ request }) => request);
            const found = queryProducts(client, statements.selectRows(ids));
            for (const { request: id, resolve } of batch) {
                resolve(found.then((products) => products.get(id)));
            }
        });
        this.#failureOf = database.failureOf;
        this.#writes = new WriteBatches((writes) => commitWrites(database, statements, writes), (error) => this.isUnavailable(error));
        this.#keyedWrites = new KeyedBatches((writes) => commitKeyed(writes, {
            database,
            at: clock(),
            outcome: writeOutcomeSchema,
            decide: (transaction, fresh) => decideWrites(transaction, statements, fresh),
        }), 
        // SQLite has one writer: writes that wait for it had better share its next transaction.
        dialect === 'sqlite' ? 1 : Number.POSITIVE_INFINITY);
    }
    /**
     * Returns whether an error of this repository comes from a database that is busy or cannot be
     * used, and not from the request.
     */
    isUnavailable(error) {
        const failure = this.#failureOf(error);
        return failure !== undefined && failure !== 'constraint';
    }
    /** Returns a product; undefined if no row is selected. */
    async find({ id, version }) {
        const found = await this.#reads.request(id);
        return version === undefined || version === found?.version ? found : undefined;
    }
    /** Inserts a product under a new id. */
    async insert(id, product) {
        const stored = await this.#writes.request({ kind: 'insert', id, product, at: this.#clock() });
        if (!stored) {
            throw new TypeError('The database returned no row for an insert');
        }
        return stored;
    }
    /** Updates a row and returns the new product; undefined if no row is selected. */
    update(selector, changes) {
        return this.#writes.request({ kind: 'update', ...selector, changes, at: this.#clock() });
    }
    /** Deletes a row and returns the deleted product; undefined if no row is selected. */
    delete(selector) {
        return this.#writes.request({ kind: 'delete', ...selector });
    }
    /**
     * Inserts a product under a new id, at most once for its key. Like the other writes with a key,
     * it returns the outcome of the first request with that key.
     *
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     */
    insertKeyed(id, product, keyed) {
        return this.#keyedWrites.request({ kind: 'insert', id, product, keyed, at: this.#clock() });
    }
    /**
     * Updates a product at most once for its key. Without changes, the product stays as it is.
     *
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     */
    updateKeyed(id, changes, keyed, precondition) {
        const at = this.#clock();
        return this.#keyedWrites.request({ kind: 'update', id, changes, keyed, precondition, at });
    }
    /**
     * Deletes a product at most once for its key.
     *
     * @throws {IdempotencyKeyReusedError} when the key belongs to another request
     */
    deleteKeyed(id, keyed, precondition) {
        return this.#keyedWrites.request({ kind: 'delete', id, keyed, precondition });
    }
    /** Returns a page of the list: the first page, or the page after a cursor. */
    async list(query, after) {
        const { rows, found, size } = await queryPage((statement) => this.#client.$queryRaw(statement), this.#statements.selectPage(query, after));
        const page = rows.slice(0, query.limit);
        const last = found > page.length ? page.at(-1) : undefined;
        return {
            items: page.map(({ stored }) => stored.product),
            next: last && { sort: query.sort, value: last.sortValue, id: last.stored.product.id },
            size,
        };
    }
}
//# sourceMappingURL=product-repository.js.map