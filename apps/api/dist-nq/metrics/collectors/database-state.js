import { singleValue } from '../prometheus/metric-family.js';
/** Returns the current size of SQLite's write-ahead log, which all processes share. */
export function databaseState({ walBytes }) {
    const bytes = walBytes();
    if (bytes === undefined) {
        return [];
    }
    return [
        singleValue({
            name: 'product_api_database_wal_bytes',
            help: 'Size of the write-ahead log of the database.',
            type: 'gauge',
            merge: 'max',
        }, bytes),
    ];
}
//# sourceMappingURL=database-state.js.map