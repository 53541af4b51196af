import { type Dialect, Prisma } from '@product-api/database';
import { millisecondsOf } from '../../products/database/postgresql/timestamps.js';
import type { EntrySyntax } from './select-entries.js';

/** How each dialect writes the statement of `selectEntries`. */
export const entrySyntax: Readonly<Record<Dialect, EntrySyntax>> = {
  sqlite: {
    number: Prisma.sql`seq`,
    isReadable: Prisma.sql`
      typeof(version) = 'integer' AND version BETWEEN 1 AND 9007199254740991
      AND typeof(changed_at) = 'integer'
      AND changed_at BETWEEN -62135596800000 AND 253402300799999`,
    idOf: (id) => Prisma.sql`${id}`,
    integer: (value) => Prisma.sql`${value}`,
    milliseconds: (time) => time,
    asArrays: (columns, order) => Prisma.sql`
      json_group_array(json_array(${Prisma.join(columns)}) ORDER BY ${order})`,
  },
  postgresql: {
    number: Prisma.sql`product_changes.id`,
    isReadable: Prisma.sql`
      version BETWEEN 1 AND 9007199254740991
      AND changed_at BETWEEN '0001-01-01Z' AND '9999-12-31 23:59:59.999Z'`,
    idOf: (id) => Prisma.sql`${id}::uuid`,
    integer: (value) => Prisma.sql`${value}::bigint`,
    milliseconds: millisecondsOf,
    asArrays: (columns, order) => Prisma.sql`
      coalesce(json_agg(json_build_array(${Prisma.join(columns)}) ORDER BY ${order}), '[]')::text`,
  },
};
