import type { Database } from '@product-api/database';
import { type MetricFamily, singleValue } from '../prometheus/metric-family.js';

/** Returns the current size of the database's write-ahead log. All processes share the file. */
export function databaseState({ walBytes }: Pick<Database, 'walBytes'>): MetricFamily[] {
  return [
    singleValue(
      {
        name: 'product_api_database_wal_bytes',
        help: 'Size of the write-ahead log of the database.',
        type: 'gauge',
        merge: 'max',
      },
      walBytes(),
    ),
  ];
}
