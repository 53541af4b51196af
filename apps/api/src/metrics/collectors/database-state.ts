import type { Database } from '@product-api/database';
import { type MetricFamily, singleValue } from '../prometheus/metric-family.js';

/** Returns the current size of SQLite's write-ahead log, which all processes share. */
export function databaseState({ walBytes }: Pick<Database, 'walBytes'>): MetricFamily[] {
  const bytes = walBytes();
  if (bytes === undefined) {
    return [];
  }
  return [
    singleValue(
      {
        name: 'product_api_database_wal_bytes',
        help: 'Size of the write-ahead log of the database.',
        type: 'gauge',
        merge: 'max',
      },
      bytes,
    ),
  ];
}
