import { Prisma } from '@product-api/database';
/** Returns the time of a number of milliseconds since 1970. */
export function timeOf(milliseconds) {
    return Prisma.sql `to_timestamp(${milliseconds}::float8 / 1000)`;
}
/** Returns the milliseconds since 1970 of a time. They are exact: `extract` returns a decimal. */
export function millisecondsOf(time) {
    return Prisma.sql `(extract(epoch FROM ${time}) * 1000)::bigint`;
}
//# sourceMappingURL=timestamps.js.map